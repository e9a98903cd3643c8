"""What the people of a demo write: about themselves, to a shop, to the platform."""

BIOS = (
    "Collects mugs and finds the best live deals.",
    "Kopi, senja, dan keranjang belanja.",
    "Mê đồ gốm và săn sale lúc nửa đêm.",
    "Mum of two. Fast payer, slow decider.",
    "Ngắm trước, chốt đơn sau.",
    "Suka warna-warna tanah.",
)
BUYER_TEXTS = (
    "Sorry, I picked the wrong one 🙏",
    "Maaf kak, saya salah pilih",
    "Mình đặt nhầm, shop huỷ giúp nhé",
    "My sister already bought it for me.",
    "Saya sudah dapat dari teman, terima kasih",
    "Mình không cần nữa ạ",
)
SELLER_NOTES = {
    "SP_OUT_OF_STOCK": (
        "We counted the shelf again: the last pieces are gone.",
        "Stok di gudang ternyata kosong setelah dicek ulang oleh tim kami.",
        "Kho vừa kiểm lại, mẫu này đã hết hàng nên không thể giao cho khách.",
    ),
    "SP_BUYER_REQUESTED": (
        "The buyer wrote to us in the chat and asked to cancel this order.",
        "Pembeli menghubungi kami lewat chat dan minta pesanan dibatalkan.",
        "Khách đã nhắn tin và nhờ shop huỷ đơn này giúp.",
    ),
    "SP_UNDELIVERABLE": (
        "The courier does not serve this address, we tried two companies.",
        "Kurir tidak melayani alamat ini, sudah kami coba dua kali.",
    ),
    "SP_PRICING_ERROR": ("The price was entered with one digit too few.",),
    "SP_RISK": ("Five orders to the same address within an hour, all by new accounts.",),
}
"""What sellers tell the platform, by reason."""
ANSWERS = (
    "The parcel is packed already and the courier is on the way.",
    "Paket sudah dikemas dan menunggu kurir.",
    "Đơn đã đóng gói xong, bên vận chuyển sắp tới lấy.",
)
OFFERS = (
    "We can send another colour instead, tell us which one.",
    "Kami bisa ganti ukurannya, mau yang mana kak?",
    "Shop đổi màu khác cho mình được không ạ?",
)
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
