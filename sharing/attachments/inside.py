"""The process that cleans one file: `python -m sharing.attachments.inside KIND < original`.

To its output it writes one line of JSON (what it lacks, or why it is refused), then the derivative.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from sharing.attachments import sandbox


def main() -> int:
    sandbox.limit()
    # What strangers' files are read with: all of it is loaded before the door shuts.
    import codecs

    from PIL import Image, ImageCms

    from kernel.text import Text
    from sharing.attachments.cleaning import cleaned
    from sharing.attachments.kinds import Kind
    from sharing.attachments.refusals import FileRefused, TooHard

    for encoding in ("cp437", "gb18030", "utf-16", "latin-1", "pdfdoc"):
        codecs.lookup(encoding)
    Image.init()
    ImageCms.createProfile("sRGB")
    content = sys.stdin.buffer.read()
    is_closed = sandbox.close()
    kind = Kind(sys.argv[1])
    try:
        made = cleaned(kind, content)
    except MemoryError:
        return _told({"refused": TooHard.code, "data": {}})
    except FileRefused as refusal:
        data: dict[str, Any] = {
            key: {"zh": value.zh, "en": value.en} if isinstance(value, Text) else value
            for key, value in refusal.data.items()
        }
        return _told({"refused": refusal.code, "data": data})
    said = {"remarks": sorted(made.remarks), "closed": is_closed}
    return _told(said, made.content)


def _told(said: dict[str, Any], content: bytes = b"") -> int:
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n" + content)
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
