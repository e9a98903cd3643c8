"""What the shops of a demo sell: kinds of things in three languages, with looks, sizes and prices."""

from dataclasses import dataclass

LANGUAGES = ("en", "id", "vi")
"""The order of the words in every `Words`."""

Words = tuple[str, str, str]

COLOURS: tuple[Words, ...] = (
    ("Black", "Hitam", "Đen"),
    ("Cream", "Krem", "Kem"),
    ("Sage green", "Hijau sage", "Xanh rêu"),
    ("Dusty pink", "Merah muda", "Hồng đất"),
    ("Navy", "Biru dongker", "Xanh navy"),
    ("Terracotta", "Terakota", "Cam đất"),
    ("White", "Putih", "Trắng"),
    ("Lilac", "Ungu muda", "Tím nhạt"),
)
FLAVOURS: tuple[Words, ...] = (
    ("Original", "Original", "Nguyên bản"),
    ("Mango", "Mangga", "Xoài"),
    ("Chilli lime", "Pedas jeruk", "Chanh ớt"),
    ("Pandan coconut", "Pandan kelapa", "Lá dứa dừa"),
    ("Sea salt", "Garam laut", "Muối biển"),
)
_WORN: tuple[Words, ...] = (
    ("Everyday", "sehari-hari", "hằng ngày"),
    ("Korean-style", "gaya Korea", "kiểu Hàn"),
    ("Minimalist", "minimalis", "tối giản"),
    ("Vintage", "vintage", "vintage"),
    ("Classic", "klasik", "cổ điển"),
    ("Lightweight", "ringan", "siêu nhẹ"),
    ("Premium", "premium", "cao cấp"),
)
_USED_UP: tuple[Words, ...] = (
    ("Organic", "organik", "hữu cơ"),
    ("Natural", "alami", "tự nhiên"),
    ("Premium", "premium", "cao cấp"),
    ("Homemade", "buatan rumah", "nhà làm"),
    ("Family-size", "ukuran keluarga", "cỡ gia đình"),
    ("Limited", "edisi terbatas", "bản giới hạn"),
)
_CARED_FOR: tuple[Words, ...] = (
    ("Gentle", "lembut", "dịu nhẹ"),
    ("Natural", "alami", "tự nhiên"),
    ("Premium", "premium", "cao cấp"),
    ("Travel-size", "ukuran travel", "cỡ du lịch"),
    ("Limited", "edisi terbatas", "bản giới hạn"),
)
_AT_HOME: tuple[Words, ...] = (
    ("Handmade", "buatan tangan", "thủ công"),
    ("Minimalist", "minimalis", "tối giản"),
    ("Vintage", "vintage", "vintage"),
    ("Scandinavian", "skandinavia", "Bắc Âu"),
    ("Premium", "premium", "cao cấp"),
)
_CARRIED: tuple[Words, ...] = (
    ("Slim", "tipis", "siêu mỏng"),
    ("Shockproof", "anti benturan", "chống sốc"),
    ("Premium", "premium", "cao cấp"),
    ("Travel", "travel", "du lịch"),
    ("Limited", "edisi terbatas", "bản giới hạn"),
)
_STYLES = {
    "fashion": _WORN,
    "shoes": _WORN,
    "bags": _WORN,
    "kids": _WORN,
    "food": _USED_UP,
    "beauty": _CARED_FOR,
    "make-up": _CARED_FOR,
    "home": _AT_HOME,
    "phones": _CARRIED,
}
_SIZES, _SHOES = ("S", "M", "L", "XL"), ("37", "38", "39", "40", "41", "42")
_VOLUMES, _WEIGHTS = ("30 ml", "50 ml", "100 ml"), ("100 g", "250 g", "500 g")
_PHONES = ("15 Pro", "16", "16 Pro", "A55", "Note 14")
_BEDS, _ONE = ("120 × 200", "160 × 200", "180 × 200"), ("",)


@dataclass(frozen=True, slots=True)
class Ware:
    """A kind of thing: what it is called, what it costs in US dollars, which variants and styles it has.

    `slug` is what its pictures are called.
    """

    slug: str
    category: str
    title: Words
    cheapest: float
    dearest: float
    looks: tuple[Words, ...]
    sizes: tuple[str, ...]

    @property
    def styles(self) -> tuple[Words, ...]:
        """Words that go with it."""
        return _STYLES[self.category]

    def picture(self, look: int) -> str:
        """Where the picture of its n-th look lies, below the assets; a size looks like the others."""
        return f"goods/{self.slug}-{look}.svg"


def _wares(
    category: str,
    cheapest: float,
    dearest: float,
    looks: tuple[Words, ...],
    sizes: tuple[str, ...],
    titles: str,
) -> tuple[Ware, ...]:
    rows = (tuple(part.strip() for part in row.split("|")) for row in titles.strip().splitlines())
    return tuple(
        Ware(slug, category, (en, id_, vi), cheapest, dearest, looks, sizes) for slug, en, id_, vi in rows
    )


WARES: tuple[Ware, ...] = (
    *_wares("fashion", 4, 24, COLOURS, _SIZES, """
        shirt | linen shirt | kemeja linen | áo sơ mi linen
        crop | crop top | atasan crop | áo croptop
        dress | wrap dress | gaun lilit | đầm quấn
        skirt | pleated skirt | rok plisket | chân váy xếp ly
        trousers | wide-leg trousers | celana kulot | quần ống rộng
        hoodie | oversized hoodie | hoodie oversize | áo hoodie rộng
        cardigan | cotton cardigan | kardigan katun | áo cardigan cotton
        pyjamas | pyjama set | setelan piyama | bộ đồ ngủ
        shawl | hijab shawl | pashmina | khăn choàng"""),
    *_wares("shoes", 6, 35, COLOURS[:5], _SHOES, """
        sneakers | canvas sneakers | sepatu kanvas | giày vải
        sandals | strappy sandals | sandal tali | sandal quai mảnh
        loafers | slip-on loafers | sepatu slip-on | giày lười
        runners | running shoes | sepatu lari | giày chạy bộ"""),
    *_wares("bags", 5, 30, COLOURS, _ONE, """
        tote | tote bag | tas tote | túi tote
        crossbody | crossbody bag | tas selempang | túi đeo chéo
        backpack | mini backpack | ransel mini | balo mini
        rattan | rattan basket bag | tas rotan | túi mây"""),
    *_wares("beauty", 2, 18, FLAVOURS[:1], _VOLUMES, """
        serum | vitamin C serum | serum vitamin C | serum vitamin C
        sunscreen | sunscreen SPF 50 | tabir surya SPF 50 | kem chống nắng SPF 50
        facewash | rice face wash | sabun muka beras | sữa rửa mặt gạo
        hairoil | hair oil | minyak rambut | dầu dưỡng tóc
        mist | body mist | body mist | xịt thơm toàn thân"""),
    *_wares("make-up", 2, 12, COLOURS[3:], _ONE, """
        tint | matte lip tint | lip tint matte | son tint lì
        cushion | cushion foundation | cushion | phấn nước
        blush | cream blush | blush krim | má hồng kem"""),
    *_wares("food", 1, 9, FLAVOURS, _WEIGHTS, """
        chips | cassava chips | keripik singkong | bim bim sắn
        coffee | roasted coffee beans | biji kopi sangrai | cà phê rang xay
        fruit | dried fruit | buah kering | trái cây sấy
        granola | granola | granola | ngũ cốc granola
        cashews | cashew nuts | kacang mete | hạt điều"""),
    *_wares("home", 4, 40, COLOURS, _BEDS, """
        sheets | bed sheet set | set sprei | bộ ga giường
        blanket | muslin blanket | selimut muslin | chăn muslin"""),
    *_wares("home", 2, 22, COLOURS, _ONE, """
        mug | ceramic mug | mug keramik | cốc gốm
        candle | scented candle | lilin aroma | nến thơm
        lamp | desk lamp | lampu meja | đèn bàn
        basket | storage basket | keranjang | giỏ đựng đồ
        plate | stoneware plate | piring keramik | đĩa gốm"""),
    *_wares("phones", 1, 14, COLOURS, _PHONES, """
        case | phone case | casing ponsel | ốp điện thoại
        glass | tempered glass | pelindung layar | kính cường lực"""),
    *_wares("phones", 5, 45, COLOURS[:4], _ONE, """
        earbuds | wireless earbuds | earbuds nirkabel | tai nghe không dây
        power | power bank | power bank | sạc dự phòng
        gimbal | phone gimbal | gimbal ponsel | gimbal điện thoại"""),
    *_wares("kids", 3, 20, COLOURS, _SIZES, """
        romper | baby romper | jumper bayi | bộ liền thân cho bé
        school | school backpack | ransel sekolah | balo đi học"""),
)  # fmt: skip

SERIES = ("", "", "", "Sora", "Luna", "Kaya", "Nori", "Mira", "Aster", "Vela", "Juno", "Tala", "Rumi", "Opal")
