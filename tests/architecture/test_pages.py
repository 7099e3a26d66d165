"""What a page may hold: nothing that the content policy refuses, nothing from anywhere else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.architecture.repository import VENDORED, ours, short

TAG = re.compile(r"<script\b(?P<attributes>[^>]*)>(?P<body>.*?)</script>", re.S | re.I)
HANDLER = re.compile(r"<[^>]+\son[a-z]+\s*=", re.I)
STYLE_ELEMENT = re.compile(r"<style\b", re.I)
SCRIPT_ADDRESS = re.compile(r"""["'\s=]javascript:""", re.I)
EVALUATED = re.compile(r"hx-on[:-]|hx-vals=['\"]js:|hx-vars|hx-headers=['\"]js:", re.I)
# A page's own words may name an address of somebody's site in a link; nothing is loaded from one.
LOADED = re.compile(
    r"""(?:src|srcset|poster|data|action|hx-(?:get|post|put|patch|delete))\s*=\s*["'](?:https?:)?//"""
)
LINKED_SHEET = re.compile(r"""<link\b[^>]*href\s*=\s*["'](?:https?:)?//""", re.I)
IMPORTED = re.compile(r"""@import|url\(\s*["']?(?:https?:)?//""", re.I)
# A browser's tab shows the tags of a title as they stand.
TAGGED_TITLE = re.compile(r"{%\s*block title\s*%}(?:(?!{%\s*endblock)[\s\S])*?<")
FETCHED = re.compile(r"""(?:fetch|import|open)\(\s*["'`](?:https?:)?//|\beval\(|new Function\(""")

TEMPLATES = ours(".html")


def test_there_are_templates_to_look_at() -> None:
    assert len(TEMPLATES) > 10


@pytest.mark.parametrize("template", TEMPLATES, ids=short)
def test_a_template_holds_no_script_and_loads_nothing_from_elsewhere(template: Path) -> None:
    source = template.read_text(encoding="utf-8")

    assert offences(source) == []


@pytest.mark.parametrize("template", TEMPLATES, ids=short)
def test_a_title_holds_no_tag(template: Path) -> None:
    assert TAGGED_TITLE.search(template.read_text(encoding="utf-8")) is None


def test_a_tag_in_a_title_would_be_noticed() -> None:
    assert TAGGED_TITLE.search("{% block title %}{{ a }}<bdi>{{ b }}</bdi>{% endblock %}")
    assert not TAGGED_TITLE.search("{% block title %}{{ a }}{% endblock %}<p>")


@pytest.mark.parametrize(
    "offence",
    [
        "<script>alert(1)</script>",
        '<script src="https://cdn.example/x.js"></script>',
        '<button onclick="go()">',
        '<a href="javascript:go()">',
        "<style>p { color: red }</style>",
        '<link rel="stylesheet" href="//cdn.example/x.css">',
        '<img src="https://tiles.example/1.png">',
        '<div hx-on:click="go()">',
    ],
)
def test_an_offence_would_be_noticed(offence: str) -> None:
    assert offences(f"<main>{offence}</main>") != []


def test_data_for_a_script_is_no_script() -> None:
    assert offences('<script type="application/json" id="plan">{"a": 1}</script>') == []
    assert offences('<script src="{% static "webui/js/shell.js" %}" defer></script>') == []


@pytest.mark.parametrize("sheet", ours(".css"), ids=short)
def test_a_style_sheet_loads_nothing_from_elsewhere(sheet: Path) -> None:
    assert IMPORTED.findall(sheet.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("script", ours(".js"), ids=short)
def test_a_script_fetches_nothing_from_elsewhere_and_evaluates_no_text(script: Path) -> None:
    assert FETCHED.findall(script.read_text(encoding="utf-8")) == []


def test_every_vendored_part_is_listed_with_its_licence() -> None:
    listed = (VENDORED / "VENDOR.md").read_text(encoding="utf-8")

    for part in (p for p in VENDORED.iterdir() if p.is_dir()):
        assert part.name in listed


def offences(source: str) -> list[str]:
    found = [
        match.group(0)
        for pattern in (HANDLER, STYLE_ELEMENT, SCRIPT_ADDRESS, EVALUATED, LOADED, LINKED_SHEET)
        for match in pattern.finditer(source)
    ]
    found += [match.group(0) for match in TAG.finditer(source) if not _is_harmless(match)]
    return found


def _is_harmless(script: re.Match[str]) -> bool:
    """A file of ours, or data."""
    attributes = script["attributes"]
    is_data = 'type="application/json"' in attributes
    return is_data or ("src=" in attributes and not script["body"].strip())
