"""`./run messages` notices what is said in no Chinese, and what is said no more."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tools import messages

PO_HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\nPlural-Forms: nplurals=1; plural=0;\\n"\n\n'


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An app that says four things, and a catalogue for them."""
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    monkeypatch.setattr(messages, "APPS", ("desk",))
    folder = tmp_path / "desk"
    (folder / "locale/zh_Hans/LC_MESSAGES").mkdir(parents=True)
    (folder / "views.py").write_text('title = _("Roster")\nof = pgettext("noun", "Round")\n')
    (folder / "page.html").write_text(
        '{% load i18n %}<h1 title="{% translate "My desk" %}">'
        "{% blocktranslate count n=people|length %}{{ n }} person{% plural %}{{ n }} people"
        "{% endblocktranslate %}</h1> don't (stop)"
    )
    return folder


WHOLE = (
    'msgid "Roster"\nmsgstr "人员名册"\n\n'
    'msgctxt "noun"\nmsgid "Round"\nmsgstr "轮次"\n\n'
    'msgid "My desk"\nmsgstr "我的工作台"\n\n'
    'msgid "%(n)s person"\nmsgid_plural "%(n)s people"\nmsgstr[0] "%(n)s 人"\n\n'
)


def test_a_whole_catalogue_has_no_faults(app: Path) -> None:
    _write(app, WHOLE)
    messages.compile_all()

    assert list(messages.faults()) == []


@pytest.mark.parametrize(
    ("taken_out", "named"),
    [("人员名册", "has no Chinese"), ("%(n)s 人", "has no Chinese")],
)
def test_an_empty_translation_is_named(app: Path, taken_out: str, named: str) -> None:
    _write(app, WHOLE.replace(taken_out, ""))
    messages.compile_all()

    assert any(named in fault for fault in messages.faults())


def test_a_sentence_in_no_catalogue_is_named_with_its_place(app: Path) -> None:
    _write(app, WHOLE.replace('msgid "My desk"\nmsgstr "我的工作台"\n\n', ""))
    messages.compile_all()

    [fault] = messages.faults()
    assert fault.startswith("desk/page.html:1: no Chinese for 'My desk'")


def test_a_translation_that_fills_in_something_else_is_named(app: Path) -> None:
    _write(app, WHOLE.replace("%(n)s 人", "%(m)s 人"))
    messages.compile_all()

    assert any("fills in other things" in fault for fault in messages.faults())


def test_a_sentence_that_nobody_says_any_more_is_named(app: Path) -> None:
    _write(app, WHOLE + 'msgid "Old"\nmsgstr "旧"\n')
    messages.compile_all()

    assert list(messages.faults()) == ["No source says 'Old' any more; take it out."]


def test_a_compiled_catalogue_that_lags_behind_is_named(app: Path) -> None:
    _write(app, WHOLE)
    messages.compile_all()
    _write(app, WHOLE.replace("人员名册", "花名册"))

    [fault] = messages.faults()
    assert "./run messages" in fault


def _write(app: Path, entries: str) -> None:
    path = app / "locale/zh_Hans/LC_MESSAGES/django.po"
    path.write_text(PO_HEAD + entries, encoding="utf-8")


@pytest.mark.parametrize(
    "added",
    [
        'msgid "Roster"\nmsgstr "花名册"\n',
        'msgctxt "noun"\nmsgid "Round"\nmsgstr "巡察轮次"\n',
        'msgid "Stop"\nmsgstr "停"\nmsgstr "止"\n',
    ],
    ids=["key", "key in its context", "translation"],
)
def test_what_stands_twice_is_named(app: Path, added: str) -> None:
    _write(app, WHOLE + added)
    messages.compile_all()

    assert any("stands twice" in fault for fault in messages.faults())


def test_one_key_in_two_contexts_stands_once(app: Path) -> None:
    (app / "more.py").write_text('x = pgettext("noun", "Roster")\n')
    _write(app, WHOLE + 'msgctxt "noun"\nmsgid "Roster"\nmsgstr "花名册"\n')
    messages.compile_all()

    assert list(messages.faults()) == []
