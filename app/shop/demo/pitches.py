"""What the creators of a demo say of goods, by their category and the language of the shop's market."""

from collections.abc import Mapping

from app.shop.demo.phrases import Phrases

PITCHES: Mapping[str, Phrases] = {
    "fashion": {
        "en": (
            "I wore it three days in a row and nobody noticed a crease.",
            "True to size, and the colour is the one you see here.",
            "Soft from the first wash. I own two by now.",
        ),
        "id": (
            "Sudah aku pakai tiga hari, tetap adem dan tidak gampang kusut.",
            "Ukurannya pas, warnanya sama persis seperti di video.",
            "Bahannya jatuh, enak dipakai kerja maupun jalan.",
        ),
        "vi": (
            "Mình mặc cả tuần rồi, vải mát và không nhăn.",
            "Đúng form, màu ngoài đời y như trong clip.",
            "Giặt máy thoải mái mà vẫn mềm như lúc mới mua.",
        ),
    },
    "shoes": {
        "en": (
            "Ten thousand steps on day one and not a single blister.",
            "Half a size up if your feet are wide, else take your own.",
            "Light as air and they still look new after a month.",
        ),
        "id": (
            "Dipakai jalan seharian, kaki tidak lecet sama sekali.",
            "Kalau kakimu lebar, naik satu ukuran ya.",
            "Ringan banget, solnya juga tidak licin.",
        ),
        "vi": (
            "Đi bộ cả ngày mà không hề đau chân.",
            "Chân bè thì bạn lên một cỡ nhé.",
            "Đế êm, nhẹ, đi mưa cũng không trơn.",
        ),
    },
    "bags": {
        "en": (
            "Laptop, bottle, umbrella: everything fits, and it closes.",
            "The zip runs smoothly and the strap does not cut in.",
            "I take it to work and to the beach.",
        ),
        "id": (
            "Laptop, botol minum, payung, semua muat.",
            "Resletingnya lancar, talinya nyaman di bahu.",
            "Dipakai kerja cocok, dibawa jalan juga cantik.",
        ),
        "vi": (
            "Laptop, bình nước, ô, cái gì cũng vừa.",
            "Khoá kéo trơn, quai đeo không hằn vai.",
            "Đi làm hay đi chơi mình đều mang em này.",
        ),
    },
    "beauty": {
        "en": (
            "No sting, no shine, and it sinks in within a minute.",
            "My skin calmed down after a week of it.",
            "A pea-sized drop is enough for the whole face.",
        ),
        "id": (
            "Cepat meresap, tidak lengket, tidak perih.",
            "Seminggu dipakai, kulitku jauh lebih tenang.",
            "Cukup setetes untuk seluruh wajah.",
        ),
        "vi": (
            "Thấm nhanh, không bết, không cay da.",
            "Dùng một tuần là da mình dịu hẳn.",
            "Chỉ cần một giọt là đủ cho cả mặt.",
        ),
    },
    "make-up": {
        "en": (
            "It survived lunch, coffee and a three-hour live.",
            "The shade melts into the skin, no mirror needed.",
            "One layer for the day, two for the evening.",
        ),
        "id": (
            "Tahan makan siang, kopi, dan live tiga jam.",
            "Warnanya menyatu, dipakai tanpa cermin pun rapi.",
            "Satu lapis untuk siang, dua untuk malam.",
        ),
        "vi": (
            "Ăn trưa, uống cà phê, live ba tiếng vẫn còn màu.",
            "Màu tán vào da rất tự nhiên.",
            "Ban ngày một lớp, buổi tối hai lớp là xinh.",
        ),
    },
    "food": {
        "en": (
            "Opened it for the video, finished it off camera.",
            "Fresh, honest taste, and the pack closes again.",
            "My office drawer is never without it.",
        ),
        "id": (
            "Dibuka buat video, habis sebelum selesai rekaman.",
            "Segar, rasanya jujur, kemasannya bisa ditutup lagi.",
            "Teman kerja sore hari, wajib ada di laci.",
        ),
        "vi": (
            "Mở ra quay clip, quay xong là hết sạch.",
            "Tươi, vị rất thật, gói có khoá kéo tiện lắm.",
            "Ngăn bàn làm việc của mình lúc nào cũng có.",
        ),
    },
    "home": {
        "en": (
            "It makes the room look tidied up even when it is not.",
            "Better made than I expected for the price.",
            "I bought one for the video and kept four.",
        ),
        "id": (
            "Kamar langsung kelihatan rapi, padahal belum dibereskan.",
            "Lebih kokoh dari kelihatannya.",
            "Beli satu untuk konten, akhirnya pesan empat.",
        ),
        "vi": (
            "Đặt vào là phòng trông gọn hẳn.",
            "Cầm chắc tay hơn mình tưởng nhiều.",
            "Mua một cái để quay, cuối cùng giữ lại bốn.",
        ),
    },
    "phones": {
        "en": (
            "I dropped it on purpose, twice. See for yourself.",
            "It does one thing, and it does it well.",
            "I have had mine for months and it looks new.",
        ),
        "id": (
            "Sengaja aku jatuhkan dua kali, aman.",
            "Fungsinya satu, tapi beneran kepakai tiap hari.",
            "Sudah berbulan-bulan, masih seperti baru.",
        ),
        "vi": (
            "Mình cố tình thả rơi hai lần, vẫn nguyên.",
            "Chỉ một việc thôi mà ngày nào cũng cần.",
            "Dùng mấy tháng rồi vẫn như mới.",
        ),
    },
    "kids": {
        "en": (
            "Survived two children and one washing machine.",
            "Light, soft, and no seam scratches.",
            "The colours stay, however often it is washed.",
        ),
        "id": (
            "Sudah lolos uji dua anak dan mesin cuci.",
            "Ringan, lembut, jahitannya tidak menggaruk.",
            "Warnanya tidak pudar walau sering dicuci.",
        ),
        "vi": (
            "Hai nhóc nhà mình mặc suốt mà vẫn bền.",
            "Nhẹ, mềm, đường may không cọ vào da bé.",
            "Giặt bao nhiêu lần màu vẫn tươi.",
        ),
    },
}
"""A pitch is short: it stands on a card."""
