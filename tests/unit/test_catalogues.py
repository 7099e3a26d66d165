"""Every sentence of the shell and the pages has its Chinese words, compiled."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

import portal
import webui

CATALOGUES = [Path(app.__file__ or "").parent / "locale" for app in (portal, webui)]
PLACES = "zh_Hans/LC_MESSAGES/django"


@pytest.mark.parametrize("folder", CATALOGUES, ids=lambda folder: folder.parent.name)
def test_no_sentence_lacks_its_chinese(folder: Path) -> None:
    with (folder / f"{PLACES}.po").open("rb") as file:
        catalogue = read_po(file, locale="zh_Hans")

    assert [
        message.id for message in catalogue if message.id and not all(_said(message.string))
    ] == []
    assert [message.id for message in catalogue if message.id and message.fuzzy] == []


@pytest.mark.parametrize("folder", CATALOGUES, ids=lambda folder: folder.parent.name)
def test_the_compiled_catalogue_says_what_the_written_one_says(folder: Path) -> None:
    with (folder / f"{PLACES}.po").open("rb") as file:
        written = _sentences(read_po(file, locale="zh_Hans"))
    with (folder / f"{PLACES}.mo").open("rb") as file:
        compiled = _sentences(read_mo(file))

    assert compiled == written


@pytest.mark.parametrize("folder", CATALOGUES, ids=lambda folder: folder.parent.name)
def test_a_translation_fills_in_the_same_figures(folder: Path) -> None:
    with (folder / f"{PLACES}.po").open("rb") as file:
        catalogue = read_po(file, locale="zh_Hans")

    differing = [
        message.id
        for message in catalogue
        if message.id and not _figures(message.string) <= _figures(message.id)
    ]
    assert differing == []


def _sentences(catalogue: Catalog) -> dict[tuple[str, tuple[str, ...]], tuple[str, ...]]:
    return {(_context(m), _said(m.id)): _said(m.string) for m in catalogue if m.id}


def _context(message: Message) -> str:
    """Babel leaves that of a compiled catalogue as bytes."""
    context: str | bytes = message.context or ""
    return context.decode() if isinstance(context, bytes) else context


def _figures(text: str | list[str] | tuple[str, ...] | None) -> set[str]:
    return {name for form in _said(text) for name in re.findall(r"%\(\w+\)[ds]", form)}


def _said(string: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    return (string,) if isinstance(string, str) else tuple(string or ("",))
