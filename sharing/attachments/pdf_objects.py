"""The objects that the pages of a PDF reach: keys that tell of their making are taken out."""

from __future__ import annotations

import zlib
from collections.abc import Callable

from pikepdf import Array, Dictionary, Name, Object, Stream

from kernel.text import Text
from sharing.attachments.codestreams import NotACodestream, bare_jpeg, bare_jpeg2000
from sharing.attachments.refusals import Damaged, NotCleanable, UnpacksTooLarge

MOST_UNPACKED = 200 * 1024 * 1024

# None that a font, a picture or a glyph is likely to be called by: those are names of the author's.
_TELLING = frozenset(
    [
        "/Metadata",
        "/PieceInfo",
        "/LastModified",
        "/Thumb",
        "/EF",
        "/AF",
        "/Alternates",
        "/OPI",
        "/StructParent",
        "/StructParents",
        "/CreatorInfo",
    ]
)
_FORM_KEYS = frozenset(
    [
        "/Type",
        "/Subtype",
        "/FormType",
        "/BBox",
        "/Matrix",
        "/Resources",
        "/Group",
        "/OC",
        "/Filter",
        "/DecodeParms",
        "/Length",
    ]
)
_PICTURE_KEYS = frozenset(
    [
        "/Type",
        "/Subtype",
        "/Width",
        "/Height",
        "/ColorSpace",
        "/BitsPerComponent",
        "/Intent",
        "/ImageMask",
        "/Mask",
        "/Decode",
        "/Interpolate",
        "/SMask",
        "/SMaskInData",
        "/Matte",
        "/OC",
        "/Filter",
        "/DecodeParms",
        "/Length",
    ]
)
_DEVICE = {1: Name.DeviceGray, 3: Name.DeviceRGB, 4: Name.DeviceCMYK}
_BARE: dict[str, Callable[[bytes], bytes]] = {
    "/DCTDecode": bare_jpeg,
    "/JPXDecode": bare_jpeg2000,
}


def sweep(one: Object, depth: int = 0) -> None:
    """One object with all that stands in it directly. `Damaged`, `NotCleanable`."""
    if depth > 100:
        raise Damaged(where=Text(zh="PDF 嵌套过深", en="its objects are nested too deep"))
    if isinstance(one, Stream):
        _sweep_stream(one)
    if isinstance(one, Dictionary | Stream):
        for key in list(one.keys()):
            if key in _TELLING or key.startswith("/PTEX"):
                del one[key]
                continue
            _sweep_value(one[key], depth)
    elif isinstance(one, Array):
        _forget_profile(one)
        for value in list(one):
            _sweep_value(value, depth)


def _sweep_value(value: object, depth: int) -> None:
    if isinstance(value, Object) and not value.is_indirect:
        sweep(value, depth + 1)


def _forget_profile(array: Array) -> None:
    """A colour profile has a name, a maker and a date: plain colours stand in for it."""
    if len(array) == 2 and array[0] == Name.ICCBased:
        count = int(array[1].get("/N", 3))
        del array[1]
        array[0] = _DEVICE.get(count, Name.DeviceRGB)


def _sweep_stream(stream: Stream) -> None:
    kind = stream.get("/Subtype")
    if kind == Name.Image:
        _keep(stream, _PICTURE_KEYS)
        _bare_picture(stream)
    elif kind == Name.Form:
        _keep(stream, _FORM_KEYS)
    for key in ("/F", "/FFilter", "/FDecodeParms"):
        if key in stream:
            raise NotCleanable(where=Text(zh="内容在文件之外", en="content outside of the file"))


def _keep(stream: Stream, keys: frozenset[str]) -> None:
    for key in set(stream.keys()) - keys:
        if key != "/F":
            del stream[key]


def _bare_picture(stream: Stream) -> None:
    filters = stream.get("/Filter")
    names = [str(one) for one in filters] if isinstance(filters, Array) else [str(filters)]
    if not set(names) & set(_BARE):
        return
    content = stream.read_raw_bytes()
    if names[0] == "/FlateDecode" and len(names) == 2:
        content, names = _inflated(content), names[1:]
    if len(names) != 1:
        raise NotCleanable(where=Text(zh="PDF 中的图片", en="a picture in it"))
    try:
        bare = _BARE[names[0]](content)
    except NotACodestream as fault:
        raise NotCleanable(where=Text(zh="PDF 中的图片", en="a picture in it")) from fault
    options = stream.get("/DecodeParms")
    if isinstance(options, Array):
        options = options[len(options) - 1]
    parms = options if isinstance(options, Dictionary) else None
    stream.write(bare, filter=Name(names[0]), decode_parms=parms)


def _inflated(content: bytes) -> bytes:
    reader = zlib.decompressobj()
    try:
        found = reader.decompress(content, MOST_UNPACKED)
    except zlib.error as fault:
        raise Damaged(where=Text(zh="PDF 中的图片", en="a picture in it")) from fault
    if reader.unconsumed_tail:
        raise UnpacksTooLarge(found=Text(zh="PDF 中的图片", en="a picture in it"))
    return found
