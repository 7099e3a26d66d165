"""A picture drawn anew: its pixels are kept, and nothing that stands beside them."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageCms, ImageOps

from kernel.text import Text
from sharing.attachments.kinds import Cleaned, Kind, Remark
from sharing.attachments.refusals import Damaged, TooManyPixels

MOST_PIXELS = 64_000_000
FORMATS = {Kind.JPEG: ("JPEG", "MPO"), Kind.PNG: ("PNG",), Kind.WEBP: ("WEBP",)}
_SAVED: dict[str, dict[str, object]] = {
    "JPEG": {"quality": 92},
    "WEBP": {"quality": 92, "exif": b"", "xmp": b"", "icc_profile": b""},
}
# Ours, before any file is opened: beyond it Pillow only warns.
Image.MAX_IMAGE_PIXELS = None


def cleaned_picture(kind: Kind, content: bytes) -> Cleaned:
    """`Damaged`, `TooManyPixels`."""
    drawn, count = redrawn(content, FORMATS[kind])
    return Cleaned(drawn, frozenset({Remark.FIRST_PICTURE_ONLY} if count > 1 else ()))


def redrawn(content: bytes, formats: tuple[str, ...]) -> tuple[bytes, int]:
    """The picture in the first of its formats, and how many it held."""
    try:
        with Image.open(BytesIO(content), formats=formats) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise TooManyPixels(
                    found=picture.width * picture.height // 1_000_000,
                    limit=MOST_PIXELS // 1_000_000,
                )
            count = int(getattr(picture, "n_frames", 1))
            picture.seek(0)
            picture.load()
            has_alpha = formats[0] != "JPEG"
            bare = _bare(ImageOps.exif_transpose(picture), with_alpha=has_alpha)
        out = BytesIO()
        bare.save(out, format=formats[0], **_SAVED.get(formats[0], {}))
    except TooManyPixels:
        raise
    except MemoryError:
        raise
    except Exception as fault:
        # Decoders of hostile bytes raise whatever they please.
        raise Damaged(where=Text(zh="图片数据", en="the picture's data")) from fault
    return out.getvalue(), count


def _bare(picture: Image.Image, *, with_alpha: bool) -> Image.Image:
    """In one of three plain modes, in the colours that every screen assumes, with nothing beside."""
    profile = picture.info.get("icc_profile")
    alpha = None
    if with_alpha and picture.has_transparency_data:
        picture = picture.convert("RGBA")
        alpha = picture.getchannel("A")
    plain = _in_common_colours(picture, profile)
    if alpha is not None:
        plain.putalpha(alpha)
    plain.info = {}
    return plain


def _in_common_colours(picture: Image.Image, profile: bytes | None) -> Image.Image:
    if picture.mode in ("I;16", "I;16B", "I;16L", "I"):
        return picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if picture.mode in ("1", "L", "LA", "F"):
        return picture.convert("L")
    if picture.mode != "CMYK":
        picture = picture.convert("RGB")
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(picture, source, target, outputMode="RGB")
            return converted if converted is not None else picture.convert("RGB")
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # A profile that does not fit: the colours as they are written.
    return picture.convert("RGB")
