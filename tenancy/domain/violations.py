"""What a browser says of a page that broke its policy, cut down to what may be kept.

Anybody can send such a report, and an honest one may hold an address or a piece of a page. So
nothing of its text is kept: a directive that exists, what kind of thing was blocked, and which
kind of page it was.

Source: W3C Content Security Policy Level 3, section 5 (Reporting); `application/csp-report` is
what older browsers send.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

DIRECTIVES = frozenset(
    {
        *("base-uri", "child-src", "connect-src", "default-src", "font-src", "form-action"),
        *("frame-ancestors", "frame-src", "img-src", "manifest-src", "media-src", "object-src"),
        *("script-src", "script-src-attr", "script-src-elem", "style-src", "style-src-attr"),
        *("style-src-elem", "worker-src"),
    }
)
KINDS = frozenset({"inline", "eval", "wasm-eval", "data", "blob", "own", "elsewhere"})
AT_MOST = 20  # reports in one message


@dataclass(frozen=True, slots=True)
class Violation:
    """`blocked` is one of KINDS; `page` the name of an address, or "other"."""

    directive: str
    blocked: str
    page: str


def violations_in(
    sent: object, *, host: str, name_of_page: Callable[[str], str]
) -> Iterator[Violation]:
    """Those of a message that make sense; the rest is left out without a word.

    `name_of_page` gives the name of a path of ours, or "other".
    """
    reports = sent if isinstance(sent, list) else [sent]
    for report in reports[:AT_MOST]:
        if isinstance(report, dict) and (found := _violation(report, host, name_of_page)):
            yield found


def _violation(
    report: dict[str, Any], host: str, name_of_page: Callable[[str], str]
) -> Violation | None:
    body = report.get("csp-report") or report.get("body")
    if not isinstance(body, dict):
        return None
    directive = _text(body, "effectiveDirective", "effective-directive", "violated-directive")
    directive = directive.split(" ")[0]
    if directive not in DIRECTIVES:
        return None
    page = _text(body, "documentURL", "document-uri") or str(report.get("url") or "")
    blocked = _kind(_text(body, "blockedURL", "blocked-uri"), host)
    return Violation(directive, blocked, name_of_page(_parts(page)[1]))


def _kind(blocked: str, host: str) -> str:
    if blocked in KINDS - {"own", "elsewhere"}:
        return blocked
    scheme, _, _ = blocked.partition(":")
    if scheme in ("data", "blob"):
        return scheme
    return "own" if _parts(blocked)[0] == host else "elsewhere"


def _parts(address: str) -> tuple[str, str]:
    """Host and path; nothing, where the address is none."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return "", ""
    return parts.netloc, parts.path


def _text(body: dict[str, Any], *names: str) -> str:
    found = next((body[name] for name in names if isinstance(body.get(name), str)), "")
    return str(found)[:2000]
