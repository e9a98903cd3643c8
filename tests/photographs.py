"""Photos for tests, each of real bytes: taken by nobody, but as cameras, phones and mischief make them."""

import struct
import zlib
from io import BytesIO
from typing import Any

from PIL import Image

ORIENTATION, MAKER, GPS = 0x0112, 0x010F, 0x8825


def canvas(size: tuple[int, int] = (640, 480), mode: str = "RGB", colour: Any = (178, 72, 44)) -> Image.Image:
    """A picture with a dark corner at its top left, to see which way up it is."""
    image = Image.new(mode, size, colour)
    dark = 0 if mode == "L" else (0,) * len(image.getbands())
    image.paste(dark, (0, 0, size[0] // 4, size[1] // 4))
    return image


def written(image: Image.Image, kind: str, **options: Any) -> bytes:
    """The picture as a file."""
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def photo(kind: str = "JPEG", size: tuple[int, int] = (640, 480)) -> bytes:
    """A plain photo."""
    return written(canvas(size), kind)


def taken_sideways() -> bytes:
    """A photo of a phone that was held upright: it says so, and where it was taken and by what."""
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKER] = 6, "Takephone"
    exif.get_ifd(GPS)[1] = "S"
    return written(canvas((800, 400)), "JPEG", exif=exif)


def with_depth() -> bytes:
    """A JPEG of two pictures, as phones write one with its depth map."""
    return written(canvas(), "MPO", save_all=True, append_images=[canvas((320, 240))])


def moving(kind: str) -> bytes:
    """A picture that moves."""
    frames = [canvas(colour=(shade, shade, shade)) for shade in (80, 160)]
    return written(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def bomb(side: int = 60_000) -> bytes:
    """A PNG of few bytes that unfolds to `side` times `side` pixels."""
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0))
    packed = zlib.compressobj(9)
    row = bytes(side + 1)
    body = b"".join(packed.compress(row) for _ in range(200)) + packed.flush()
    return b"\x89PNG\r\n\x1a\n" + head + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def text_bomb() -> bytes:
    """A PNG whose small text unfolds to a hundred megabytes."""
    plain = photo("PNG")
    text = _chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(100 << 20), 9))
    return plain[:33] + text + plain[33:]
