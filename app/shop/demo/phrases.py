"""What the people of a demo write, by their language: about themselves, to a shop, to the platform."""

from collections.abc import Mapping
from random import Random

from app.shop.rules.orders import Role

Phrases = Mapping[str, tuple[str, ...]]
"""By language."""

BIOS = {
    "en": (
        "Collects mugs and finds the best live deals.",
        "Mum of two. Fast payer, slow decider.",
        "Here for the unboxings.",
    ),
    "id": (
        "Kopi, senja, dan keranjang belanja.",
        "Suka warna-warna tanah.",
        "Checkout dulu, mikir belakangan.",
    ),
    "vi": (
        "Mê đồ gốm và săn sale lúc nửa đêm.",
        "Ngắm trước, chốt đơn sau.",
        "Nghiện xem livestream bán hàng.",
    ),
}
BUYERS = {
    "en": (
        "Sorry, I picked the wrong one 🙏",
        "My sister already bought it for me.",
        "I found my old one again.",
    ),
    "id": (
        "Maaf kak, saya salah pilih 🙏",
        "Saya sudah dapat dari teman, terima kasih",
        "Tidak jadi kak, uangnya untuk keperluan lain",
    ),
    "vi": (
        "Mình đặt nhầm, shop huỷ giúp nhé 🙏",
        "Mình không cần nữa ạ",
        "Em được tặng một cái rồi ạ",
    ),
}
SELLERS = {
    "SP_OUT_OF_STOCK": {
        "en": ("We counted the shelf again: the last pieces are gone.",),
        "id": ("Stok di gudang ternyata kosong setelah dicek ulang oleh tim kami.",),
        "vi": ("Kho vừa kiểm lại, mẫu này đã hết hàng nên không thể giao cho khách.",),
    },
    "SP_BUYER_REQUESTED": {
        "en": ("The buyer wrote to us in the chat and asked to cancel this order.",),
        "id": ("Pembeli menghubungi kami lewat chat dan minta pesanan dibatalkan.",),
        "vi": ("Khách đã nhắn tin và nhờ shop huỷ đơn này giúp.",),
    },
    "SP_UNDELIVERABLE": {
        "en": ("The courier does not serve this address, we tried two companies.",),
        "id": ("Kurir tidak melayani alamat ini, sudah kami coba dua kali.",),
        "vi": ("Bên vận chuyển không giao tới địa chỉ này, shop đã thử hai hãng.",),
    },
    "SP_PRICING_ERROR": {
        "en": ("The price was entered with one digit too few.",),
        "id": ("Harga salah ketik, kurang satu angka nol.",),
        "vi": ("Shop nhập giá bị thiếu một chữ số.",),
    },
    "SP_RISK": {
        "en": ("Five orders to the same address within an hour, all by new accounts.",),
        "id": ("Lima pesanan ke alamat yang sama dalam satu jam, semuanya akun baru.",),
        "vi": ("Năm đơn tới cùng một địa chỉ trong một giờ, toàn tài khoản mới.",),
    },
}
"""What sellers tell the platform, by reason."""
ANSWERS = {
    "en": ("The parcel is packed already and the courier is on the way.",),
    "id": ("Paket sudah dikemas dan menunggu kurir.",),
    "vi": ("Đơn đã đóng gói xong, bên vận chuyển sắp tới lấy.",),
}
OFFERS = {
    "en": ("We can send another colour instead, tell us which one.",),
    "id": ("Kami bisa ganti ukurannya, mau yang mana kak?",),
    "vi": ("Shop đổi màu khác cho mình được không ạ?",),
}
TALKS: Mapping[str, tuple[tuple[tuple[Role, str], ...], ...]] = {
    "en": (
        (
            (Role.BUYER, "Hi, I picked the wrong colour. Can it still be changed?"),
            (Role.SELLER, "Hello, thank you for writing. Which colour would you like?"),
            (Role.BUYER, "The green one please 🙏"),
            (Role.SELLER, "Noted. You get the answer here today."),
        ),
        (
            (Role.BUYER, "When will you send it?"),
            (Role.SELLER, "It leaves us tomorrow morning."),
            (Role.BUYER, "Perfect, thank you"),
        ),
        ((Role.SELLER, "Thank you for your order. Tell us if anything should be different."),),
    ),
    "id": (
        (
            (Role.BUYER, "Kak, saya salah pilih warna. Masih bisa diganti?"),
            (Role.SELLER, "Halo kak, bisa. Mau warna yang mana?"),
            (Role.BUYER, "Yang hijau ya kak 🙏"),
            (Role.SELLER, "Siap, kami kabari di sini hari ini."),
        ),
        (
            (Role.BUYER, "Kapan dikirim kak?"),
            (Role.SELLER, "Besok pagi kami serahkan ke kurir."),
            (Role.BUYER, "Oke, terima kasih"),
        ),
        ((Role.SELLER, "Terima kasih sudah pesan. Kabari kami kalau ada yang perlu diubah."),),
    ),
    "vi": (
        (
            (Role.BUYER, "Shop ơi, mình chọn nhầm màu, còn đổi được không ạ?"),
            (Role.SELLER, "Chào bạn, được ạ. Bạn muốn màu nào?"),
            (Role.BUYER, "Cho mình màu xanh lá nhé 🙏"),
            (Role.SELLER, "Dạ, hôm nay shop báo lại bạn ở đây."),
        ),
        (
            (Role.BUYER, "Khi nào shop gửi hàng ạ?"),
            (Role.SELLER, "Sáng mai shop giao cho bên vận chuyển."),
            (Role.BUYER, "Vâng, cảm ơn shop"),
        ),
        ((Role.SELLER, "Cảm ơn bạn đã đặt hàng. Cần đổi gì bạn cứ nhắn shop nhé."),),
    ),
}
"""What buyer and seller write to each other about an order, one after the other."""
CARRIERS = ("JT", "SPX", "GHN", "NV", "LBC", "ARX")
CREATORS = (
    "kayla.finds",
    "rarahaul",
    "thaonguyen.review",
    "mira.unboxes",
    "jomar.tries",
    "bali.bargains",
    "deskbydana",
    "kopi.kak",
    "hanoi.hauls",
    "linh.mac.gi",
    "angel.picks",
    "sundaywithsokha",
    "noor.scents",
    "bayu.gadget",
)


def phrase(chance: Random, phrases: Phrases, language: str) -> str:
    """One of the phrases in `language`."""
    return chance.choice(phrases[language])
