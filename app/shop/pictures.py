"""Pictures from people's devices, made safe to keep: read by content, shrunk, stripped of what they tell."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Protocol

from app.shop.rules.errors import Invalid, Refused
from app.shop.rules.words import PHOTO_BYTES

if TYPE_CHECKING:
    from PIL.Image import Image

MIME = "image/jpeg"
"""What every picture is kept as."""
SIDE, SMALL_SIDE = 1600, 360
"""The longest side of a picture as it is kept, and of its small one."""
MOST_PIXELS = 40_000_000
"""What would take more memory than a few hundred megabytes to unfold is not unfolded."""
_KINDS = ("JPEG", "PNG", "WEBP")
QUALITY, SMALL_QUALITY = 82, 74
"""How good these are, of 100."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it is kept, its small one, and how large it is in pixels; both are JPEG."""

    whole: bytes
    small: bytes
    width: int
    height: int


class Pictures(Protocol):
    """What makes pictures where the app runs."""

    async def prepare(self, sent: bytes) -> None:
        """Do what must be waited for before `picture_of` is asked about the same; raises as that does."""

    def picture_of(self, sent: bytes) -> Picture:
        """The picture that `sent` holds, whatever its name said it was.

        Raises Invalid where it is too large, no JPEG, PNG or WebP, moves, is broken, or would unfold to more
        than `MOST_PIXELS`; Refused where this device cannot read pictures.
        """


class Pillow:
    """Pictures by the library of that name, which waits for nothing."""

    async def prepare(self, sent: bytes) -> None:
        """Nothing to do: whoever asks has a thread for it."""

    def picture_of(self, sent: bytes) -> Picture:
        """The picture that `sent` holds."""
        return picture_of(sent)


def refuse_too_large(sent: bytes) -> None:
    """Raise Invalid where a photo has too many bytes."""
    if len(sent) > PHOTO_BYTES:
        raise Invalid("photo_too_large", {"most": PHOTO_BYTES >> 20})


def refuse_too_many_pixels(width: int, height: int) -> None:
    """Raise Invalid where a photo of this size would unfold to too much."""
    if width * height > MOST_PIXELS:
        raise Invalid("photo_too_many_pixels", {"most": MOST_PIXELS // 1_000_000})


def picture_of(sent: bytes) -> Picture:
    """The picture that `sent` holds, by Pillow; raises as `Pictures.picture_of` does."""
    refuse_too_large(sent)
    image = _read(sent)
    whole, small = _shrunk(image, SIDE), _shrunk(image, SMALL_SIDE)
    return Picture(_jpeg(whole, QUALITY), _jpeg(small, SMALL_QUALITY), whole.width, whole.height)


def _read(sent: bytes) -> Image:
    try:
        from PIL import Image, ImageOps, UnidentifiedImageError  # noqa: PLC0415  (few ever send a photo)
    except ImportError as error:
        raise Refused("photos_not_here") from error
    Image.MAX_IMAGE_PIXELS = None  # its own bound is higher, and warns where ours refuses
    try:
        image: Image.Image = Image.open(BytesIO(sent), formats=_KINDS)
        _checked(image)
        # A large JPEG is unfolded smaller: that takes a fraction of the time.
        image.draft("RGB", (SIDE, SIDE))
        return _on_white(ImageOps.exif_transpose(image))
    except UnidentifiedImageError as error:
        raise Invalid("photo_kind") from error
    except Invalid:
        raise
    except Exception as error:  # what decoders raise at broken files has no end
        raise Invalid("photo_broken") from error


def _checked(image: Image) -> None:
    """Judge by the header alone: nothing has been unfolded yet."""
    refuse_too_many_pixels(image.width, image.height)
    # A JPEG of several pictures is a photo with what its camera made of it besides.
    if image.format in ("PNG", "WEBP") and getattr(image, "is_animated", False):
        raise Invalid("photo_moves")


def _on_white(image: Image) -> Image:
    if not image.has_transparency_data:
        return image.convert("RGB")
    from PIL import Image  # noqa: PLC0415

    clear = image.convert("RGBA")
    ground = Image.new("RGB", clear.size, "white")
    ground.paste(clear, mask=clear.getchannel("A"))
    return ground


def _shrunk(image: Image, side: int) -> Image:
    shrunk = image.copy()
    shrunk.thumbnail((side, side))
    return shrunk


def _jpeg(image: Image, quality: int) -> bytes:
    # What is not named here is not written: no place, time or camera goes along.
    file = BytesIO()
    image.save(file, "JPEG", quality=quality, optimize=True, progressive=True)
    return file.getvalue()
