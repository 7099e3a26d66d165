"""`./run messages`: the catalogues, compiled and complete, without `msgfmt` or `xgettext`.

English sentences in the sources are the keys; every one has its Chinese in a catalogue of the app
where it stands. What is said in no source any more is to be taken out.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[2]
HEADER_DATE = datetime(2026, 1, 1, tzinfo=UTC)
APPS = ("tenancy", "scheduling", "sharing", "platform/portal", "platform/webui", "platform/config")
CATALOGUE = Path("locale/zh_Hans/LC_MESSAGES/django.po")
KEYWORDS: dict[str, tuple[int | tuple[int, int] | tuple[int, str], ...] | None] = {
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "_": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
# What `templatize` makes of a template's sentences, the rest being blanked out.
IN_TEMPLATE = re.compile(r"(?<!\w)(gettext|ngettext|pgettext|npgettext|_)\((?=u?[\"'])")
PLACEHOLDER = re.compile(r"%\(\w+\)[sdf]|%[sdf]|\{\w*\}")


@dataclass(frozen=True, order=True)
class Sentence:
    """A key of a catalogue: its context, its singular, and where it is said."""

    context: str
    key: str
    place: str = ""

    @property
    def identity(self) -> tuple[str, str]:
        return self.context, self.key


def faults() -> Iterator[str]:
    """What is wrong with the catalogues, a line each."""
    written: set[tuple[str, str]] = set()
    said: set[tuple[str, str]] = set()
    for app in APPS:
        path = ROOT / app / CATALOGUE
        sentences = list(_sentences(ROOT / app))
        said |= {sentence.identity for sentence in sentences}
        catalogue = _read(path)
        keys = {(m.context or "", _first(m.id)) for m in catalogue if m.id}
        written |= keys
        for sentence in sorted(sentences):
            if sentence.identity not in keys:
                keys.add(sentence.identity)
                yield f"{sentence.place}: no Chinese for {sentence.key!r} in {_short(path)}"
        yield from _doubles(path)
        yield from _faults_within(catalogue, path)
        yield from _compiled_faults(catalogue, path)
    for context, key in sorted(written - said):
        yield f"No source says {key!r}{f' ({context})' if context else ''} any more; take it out."


def _doubles(path: Path) -> Iterator[str]:
    """Keys that stand twice, and second translations: of both, one is lost without a word."""
    if not path.exists():
        return
    context, key, is_told, seen = "", "", False, set[tuple[str, str]]()
    for line in path.read_text(encoding="utf-8").splitlines():
        kind, _, words = line.partition(" ")
        if kind in ("msgctxt", "msgid") and is_told:
            context, is_told = "", False
        if kind == "msgctxt":
            context = words
        elif kind == "msgid":
            key = words
        elif kind in ("msgstr", "msgstr[0]"):
            # A long key begins with an empty line of its own, as the header does.
            if (context, key) in seen and key != '""':
                yield f"{_short(path)}: {key} stands twice, or has two translations."
            seen.add((context, key))
            is_told = True


def _faults_within(catalogue: Catalog, path: Path) -> Iterator[str]:
    for message in catalogue:
        if not message.id:
            continue
        where = f"{_short(path)}: {_first(message.id)!r}"
        if message.fuzzy:
            yield f"{where} is marked fuzzy; confirm or correct it."
        for chinese in _all(message.string):
            if not chinese:
                yield f"{where} has no Chinese."
            elif _placeholders(chinese) != _placeholders(_last(message)):
                yield f"{where}: its Chinese fills in other things."


def _compiled_faults(catalogue: Catalog, path: Path) -> Iterator[str]:
    if not path.exists():
        return
    compiled = path.with_suffix(".mo")
    if not compiled.exists() or compiled.read_bytes() != _compiled(catalogue):
        yield f"{_short(compiled)} is not what {path.name} says: ./run messages"


def compile_all() -> None:
    for app in APPS:
        path = ROOT / app / CATALOGUE
        if path.exists():
            path.with_suffix(".mo").write_bytes(_compiled(_read(path)))


def _sentences(app: Path) -> Iterator[Sentence]:
    for path in sorted(app.rglob("*.py")):
        if "migrations" not in path.parts:
            yield from _in_python(path)
    for path in sorted(app.rglob("*.html")):
        yield from _in_template(path)


def _in_python(path: Path) -> Iterator[Sentence]:
    with path.open("rb") as file:
        for line, function, arguments, _comments in extract_python(file, KEYWORDS, [], {}):
            words = arguments if isinstance(arguments, tuple) else (arguments,)
            yield from _sentence(str(function), words, f"{_short(path)}:{line}")


def _in_template(path: Path) -> Iterator[Sentence]:
    source = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    for found in IN_TEMPLATE.finditer(source):
        call = source[found.start() : _end_of_call(source, found.end())]
        tree = ast.parse(call.strip(), mode="eval").body
        if not isinstance(tree, ast.Call):
            continue
        words = tuple(a.value if isinstance(a, ast.Constant) else None for a in tree.args)
        line = source.count("\n", 0, found.start()) + 1
        yield from _sentence(found[1], words, f"{_short(path)}:{line}")


def _sentence(function: str, words: tuple[object, ...], place: str) -> Iterator[Sentence]:
    context = ""
    if "pgettext" in function and words:
        context, words = str(words[0]), words[1:]
    if words and isinstance(words[0], str) and words[0]:
        yield Sentence(context, words[0], place)


def _end_of_call(source: str, begin: int) -> int:
    """Where the bracket closes that is open at `begin`; brackets in strings do not count."""
    quote, depth, at = "", 1, begin
    while depth:
        char = source[at]
        if quote:
            at += char == "\\"
            quote = "" if char == quote else quote
        elif char in "\"'":
            quote = char
        else:
            depth += (char == "(") - (char == ")")
        at += 1
    return at


def _read(path: Path) -> Catalog:
    if not path.exists():
        return Catalog(locale="zh_Hans")
    with path.open("rb") as file:
        return read_po(file, locale="zh_Hans")


def _compiled(catalogue: Catalog) -> bytes:
    # Babel dates a header that says no date: the same sentences would compile to other bytes.
    catalogue.creation_date = catalogue.revision_date = HEADER_DATE
    buffer = BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def _all(words: object) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(map(str, words or ("",)))  # type: ignore[call-overload]


def _first(words: object) -> str:
    return _all(words)[0]


def _last(message: Message) -> str:
    """The plural, which names the number, where there is one."""
    return _all(message.id)[-1]


def _placeholders(words: str) -> set[str]:
    return set(PLACEHOLDER.findall(words))


def _short(path: Path) -> str:
    return str(path.relative_to(ROOT))


def main(arguments: list[str]) -> int:
    if arguments == ["compile"]:
        compile_all()
    found = list(faults())
    for fault in found:
        print(fault)
    if not found:
        print("Every sentence has its Chinese, and the compiled catalogues say so.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
