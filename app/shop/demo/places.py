"""Where the people and shops of a demo are: names, streets, money and time of five countries."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Market:
    """A country of the demo: `rate` minor units are a US dollar, its prices are multiples of `step`."""

    country: str
    currency: str
    language: str
    zone: str
    rate: float
    step: int
    first_names: tuple[str, ...]
    last_names: tuple[str, ...]
    shop_words: tuple[str, ...]
    streets: tuple[str, ...]
    cities: tuple[tuple[str, str], ...]


def _of(words: str) -> tuple[str, ...]:
    return tuple(words.split())


VIETNAM = Market(
    "VN",
    "VND",
    "vi",
    "Asia/Ho_Chi_Minh",
    25_000,
    1_000,
    _of("Linh Hương Trang Ngọc Thảo Phương Quỳnh Anh Vy Hà Minh Tuấn Dũng Hải Long Khoa Bảo Phúc"),
    _of("Nguyễn Trần Lê Phạm Hoàng Phan Vũ Đặng Bùi Đỗ Hồ Ngô Dương Lý"),
    _of("Saigon Hanoi Sen Tre Mây Gốm Lụa Nắng Phố Nhà Mộc Trà Biển Hoa"),
    (
        "Nguyễn Huệ",
        "Lê Lợi",
        "Hai Bà Trưng",
        "Trần Hưng Đạo",
        "Phan Chu Trinh",
        "Võ Văn Tần",
        "Lý Thường Kiệt",
    ),
    (
        ("Hồ Chí Minh", "700000"),
        ("Hà Nội", "100000"),
        ("Đà Nẵng", "550000"),
        ("Cần Thơ", "900000"),
        ("Huế", "530000"),
    ),
)
INDONESIA = Market(
    "ID",
    "IDR",
    "id",
    "Asia/Jakarta",
    16_000,
    500,
    _of("Dewi Putri Ayu Rina Wulan Intan Fitri Nadia Budi Agus Eko Rizky Bayu Dimas Fajar Andi Galih Hendra"),
    _of("Santoso Wijaya Pratama Lestari Kusuma Hidayat Saputra Siregar Nasution Permata Halim Utami"),
    _of("Batik Kopi Senja Nusantara Melati Rempah Jaya Kita Bumi Rumah Warna Pelangi Laut Bali"),
    ("Jl. Melati", "Jl. Sudirman", "Jl. Diponegoro", "Jl. Kenanga", "Jl. Gajah Mada", "Jl. Ahmad Yani"),
    (
        ("Jakarta", "10110"),
        ("Bandung", "40111"),
        ("Surabaya", "60271"),
        ("Yogyakarta", "55111"),
        ("Medan", "20111"),
    ),
)
PHILIPPINES = Market(
    "PH",
    "PHP",
    "en",
    "Asia/Manila",
    5_700,
    100,
    _of("Angel Maricel Joy Bea Kristine Jasmine Carla Rhea Jun Paolo Miguel Carlo Mark Enzo Rico Jomar"),
    _of("Reyes Santos Cruz Bautista Garcia Mendoza Torres Flores Ramos Aquino Villanueva Salazar"),
    _of("Manila Tala Bayani Sari Isla Habi Ligaya Dalisay Mango Sampaguita Luna Hiyas"),
    ("Mabini St.", "Rizal Ave.", "Bonifacio St.", "Katipunan Ave.", "Taft Ave.", "Osmeña Blvd."),
    (
        ("Quezon City", "1100"),
        ("Cebu City", "6000"),
        ("Davao City", "8000"),
        ("Makati", "1200"),
        ("Iloilo City", "5000"),
    ),
)
CAMBODIA = Market(
    "KH",
    "USD",
    "en",
    "Asia/Phnom_Penh",
    100,
    10,
    _of("Sophea Bopha Chanthy Kunthea Sreyneang Malis Dara Sokha Vannak Rithy Piseth Visal"),
    _of("Chea Sok Kim Heng Chan Ly Mao Prak Keo Sam Ouk"),
    _of("Mekong Angkor Lotus Riverside Phnom Kampot Silk Pepper Daun Mlis"),
    ("Street 240", "Street 178", "Norodom Blvd.", "Sisowath Quay", "Street 63"),
    (("Phnom Penh", "120211"), ("Siem Reap", "171204"), ("Battambang", "020101"), ("Kampot", "070101")),
)
KUWAIT = Market(
    "KW",
    "KWD",
    "en",
    "Asia/Kuwait",
    310,
    50,
    _of("Noor Fatima Maryam Dana Sara Ahmad Yousef Khaled Omar Liza Grace Rowena"),
    _of("Al-Sabah Al-Mutairi Al-Enezi Al-Rashid Haddad Khoury Manalo Fernandez"),
    _of("Oud Bakhoor Pearl Dhow Dana Souq Noor Marjan Gulf Zahra"),
    ("Salem Al-Mubarak St.", "Gulf Rd.", "Beirut St.", "Tunis St."),
    (("Salmiya", "22001"), ("Hawally", "32001"), ("Kuwait City", "13001")),
)

MARKETS = (INDONESIA, VIETNAM, PHILIPPINES, CAMBODIA, KUWAIT)
