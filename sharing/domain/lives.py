"""Every life cycle, and the pages that print them: docs/life-cycles.md and docs/办理流程.md.

Run as `python -m sharing.domain.lives` after a change; a test fails until the committed files are
current.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kernel.text import Language, Text
from sharing.domain.clues import CLUE
from sharing.domain.corroboration.consent import ANSWER
from sharing.domain.document_requests import DOCUMENT_REQUEST
from sharing.domain.due_dates import CLOCK_TITLES, PROFILES, WITH_A_TERM
from sharing.domain.grants import SHARE_GRANT
from sharing.domain.letters import LETTER, LETTER_RULES
from sharing.domain.life_cycle import HAND_TITLES, Act, Hand, LifeCycle
from sharing.domain.look_backs import LOOK_BACK
from sharing.domain.needs import title_of_need
from sharing.domain.rectification import RECTIFICATION
from sharing.domain.reports import REPORT
from sharing.domain.working_papers import WORKING_PAPER

LIVES: tuple[LifeCycle, ...] = (
    WORKING_PAPER, REPORT, CLUE, RECTIFICATION, LETTER, LOOK_BACK, DOCUMENT_REQUEST,
    SHARE_GRANT, ANSWER,
)  # fmt: skip

FILES: dict[Language, str] = {"en": "life-cycles.md", "zh": "办理流程.md"}

TITLE = Text(zh="办理流程", en="Life cycles")
MADE_BY = Text(
    zh="本文由 `sharing/domain/lives.py` 生成，请勿手工修改。",
    en="Printed by `sharing/domain/lives.py`; do not edit by hand.",
)
INTRODUCTION = Text(
    zh="每类记录从哪一步到哪一步、由谁办理、办理前必须具备什么。表中没有的步骤，系统不受理；每一步都留在记录里。",
    en="Which act leads from where to where, whose it is, and what must be there first. An act that"
    " no table holds is refused; each that is done stays on record.",
)
COLUMNS = {
    "act": Text(zh="办理事项", en="Act"),
    "from": Text(zh="原状态", en="From"),
    "to": Text(zh="新状态", en="To"),
    "by": Text(zh="办理人", en="By"),
    "needs": Text(zh="前提", en="Needs"),
}
SAME = Text(zh="不变", en="the same")
REASON = Text(zh="理由", en="a reason")
BETWEEN = Text(zh="、", en=", ")
LETTERS = Text(zh="函件种类", en="Kinds of letters")
LETTER_COLUMNS = (
    Text(zh="种类", en="Kind"),
    Text(zh="签发", en="Signed by"),
    Text(zh="回复期限（工作日）", en="Reply within (working days)"),
    Text(zh="抄送", en="Copies"),
    Text(zh="依据", en="Basis"),
)
TERMS = Text(zh="期限（工作日）", en="Terms in working days")


def lives_page(language: Language) -> str:
    """All tables as Markdown."""
    return "\n".join(_lines(language)) + "\n"


def _lines(language: Language) -> Iterator[str]:
    yield f"# {TITLE[language]}"
    yield from ("", f"<!-- {MADE_BY[language]} -->", "", INTRODUCTION[language])
    for life in LIVES:
        yield from ("", f"## {life.title[language]}", "")
        yield from _row([COLUMNS[one][language] for one in ("act", "from", "to", "by", "needs")])
        yield from _row(["---"] * 5)
        for one in life.acts:
            yield from _row(_cells(life, one, language))
    yield from ("", f"## {LETTERS[language]}", "")
    yield from _row([one[language] for one in LETTER_COLUMNS])
    yield from _row(["---"] * len(LETTER_COLUMNS))
    for rule in LETTER_RULES.values():
        cells = [rule.title[language], HAND_TITLES[rule.signer][language], str(rule.days)]
        basis = rule.basis.title[language]
        yield from _row([*cells, _hands(rule.copies, language) or "–", basis])
    yield from ("", f"## {TERMS[language]}", "")
    yield from _row(["", *(one.title[language] for one in PROFILES.values())])
    yield from _row(["---", *("---:" for _ in PROFILES)])
    for clock in WITH_A_TERM:
        title = CLOCK_TITLES[clock]
        terms = [str(one.terms[clock]) for one in PROFILES.values()]
        yield from _row([title[language], *terms])


def _cells(life: LifeCycle, one: Act, language: Language) -> list[str]:
    since = [life.states[state][language] for state in life.states if state in one.since]
    to = SAME[language] if one.to is None else life.states[one.to][language]
    needs = [title_of_need(one.name, need)[language] for need in one.needs]
    if one.needs_reason:
        needs.append(REASON[language])
    between = BETWEEN[language]
    by = _hands(one.hands, language)
    return [one.title[language], between.join(since), to, by, between.join(needs) or "–"]


def _hands(hands: frozenset[Hand] | tuple[Hand, ...], language: Language) -> str:
    return BETWEEN[language].join(HAND_TITLES[one][language] for one in Hand if one in hands)


def _row(cells: list[str]) -> Iterator[str]:
    yield f"| {' | '.join(cells)} |"


def main() -> None:
    docs = Path(__file__).parents[2] / "docs"
    for language, name in FILES.items():
        (docs / name).write_text(lives_page(language), encoding="utf-8")


if __name__ == "__main__":
    main()
