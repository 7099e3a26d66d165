"""The lists, records, searches and boards of what teams brought home, as the selectors answer them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from kernel.clock import today
from scheduling.management.fence_rows import BLOCK, FIRST_OFFICE
from sharing.management.list_rows import PEOPLE
from sharing.models.office_clues import NEVER
from sharing.selectors import (
    clues,
    deadlines,
    letters,
    office_clues,
    papers,
    rectification,
    reports,
    rules,
)
from sharing.selectors import rectification_desks as desks
from sharing.selectors.interference import interference_part
from sharing.selectors.rectification_board import board
from tenancy.actor import Actor
from tenancy.domain.roles import Role
from tenancy.paging import Window

CITY, COUNTY, PAGE = 1, 7, 50
FIRST: Final = Window(PAGE)
ONE = COUNTY * BLOCK + 3
# Words that no row holds: every row that one may see has to be looked at.
NOWHERE = "找不到的字"


@dataclass(frozen=True)
class Request:
    """`who`: of `PEOPLE`, in the office."""

    name: str
    who: str
    ask: Callable[[Actor], object]
    office: int = COUNTY

    @property
    def actor(self) -> Actor:
        _, in_city, in_county = PEOPLE[self.who]
        return Actor(
            user_id=FIRST_OFFICE + self.office + 100 * PEOPLE[self.who][0],
            name="林知行",
            tenant_id=FIRST_OFFICE + self.office,
            office_name="",
            office_kind="city" if self.office == CITY else "county",
            roles=frozenset({Role(in_city if self.office == CITY else in_county)}),
        )


def requests(each: int) -> list[Request]:
    """`each`: how many records an office has; deep pages begin far behind."""
    deep = Window(PAGE, (COUNTY * BLOCK + each // 10,))
    return [*_papers(deep), *_clues(), *_letters(deep), *_items(deep), *_beside()]


def _papers(deep: Window) -> list[Request]:
    query = papers.PaperQuery
    classed = query(level="U3", state="fed_back")
    return [
        Request("findings", "director", lambda a: papers.findings_part(a, query(), FIRST)),
        Request("findings, deep", "director", lambda a: papers.findings_part(a, query(), deep)),
        Request(
            "findings, one class", "director", lambda a: papers.findings_part(a, classed, FIRST)
        ),
        Request(
            "findings, searched",
            "director",
            lambda a: papers.findings_part(a, query(search="采购"), FIRST),
        ),
        Request(
            "findings, searched in vain",
            "director",
            lambda a: papers.findings_part(a, query(search=NOWHERE), FIRST),
        ),
        Request("findings of a unit", "liaison", lambda a: papers.findings_part(a, query(), FIRST)),
        Request("a finding", "director", lambda a: papers.finding_page(a, ONE)),
        Request("papers of a team", "leader", lambda a: papers.papers_page(a, query(), FIRST)),
        Request("papers, side by side", "leader", lambda a: papers.board(a, query())),
        Request(
            "papers, searched in vain",
            "leader",
            lambda a: papers.papers_part(a, query(search=NOWHERE), FIRST),
        ),
        Request("reports", "director", lambda a: reports.reports_page(a, FIRST)),
        Request("a report", "director", lambda a: reports.report_page(a, ONE - 2)),
    ]


def _clues() -> list[Request]:
    ledger, sieve = office_clues.ledger_part, office_clues.LedgerFilter
    soon = (today() + timedelta(days=40)).isoformat()
    behind, at_the_end = Window(PAGE, (soon, 0)), Window(PAGE, (NEVER.isoformat(), 0))
    return [
        Request("register of clues", "director", lambda a: ledger(a, sieve(), FIRST)),
        Request("register, deep", "director", lambda a: ledger(a, sieve(), behind)),
        Request("register, what is closed", "director", lambda a: ledger(a, sieve(), at_the_end)),
        Request(
            "register, one state",
            "director",
            lambda a: ledger(a, sieve(state="handed_over"), FIRST),
        ),
        Request(
            "register, overdue and urgent",
            "director",
            lambda a: ledger(a, sieve(overdue=True, urgent=True), FIRST),
        ),
        Request("register, handed over", "discipline", lambda a: ledger(a, sieve(), FIRST)),
        Request("a clue", "director", lambda a: office_clues.ledger_page(a, ONE + 8)),
        Request("clues to hand over", "director", office_clues.clues_to_hand_over),
        Request("lists of hand-over", "director", lambda a: office_clues.lists_part(a, FIRST)),
        Request("a list of hand-over", "director", lambda a: office_clues.list_page(a, ONE)),
        Request("clues of a team", "leader", lambda a: clues.team_clues(a, FIRST), CITY),
        Request("what becomes of clues", "director", lambda a: clues.routes_part(a, FIRST), CITY),
        Request("clues by county, counted", "director", clues.counts_by_office, CITY),
        Request("interference", "director", lambda a: interference_part(a, FIRST), CITY),
    ]


def _letters(deep: Window) -> list[Request]:
    part, sieve = letters.letters_part, letters.Sieve
    return [
        Request("letters", "director", lambda a: part(a, FIRST)),
        Request("letters, deep", "director", lambda a: part(a, deep)),
        Request("letters, overdue", "director", lambda a: part(a, FIRST, sieve(overdue=True))),
        Request("letters, searched", "director", lambda a: part(a, FIRST, sieve(search="函（77"))),
        Request(
            "letters, searched in vain", "director", lambda a: part(a, FIRST, sieve(search=NOWHERE))
        ),
        Request("letters to a unit", "liaison", lambda a: letters.inbox_part(a, FIRST)),
        Request("letters to a leader", "county_leader", lambda a: letters.inbox_part(a, FIRST)),
        Request("a letter", "director", lambda a: letters.letter_page(a, ONE)),
    ]


def _items(deep: Window) -> list[Request]:
    part, sieve = rectification.items_part, rectification.ItemSieve
    return [
        Request("items", "director", lambda a: part(a, FIRST)),
        Request("items, deep", "director", lambda a: part(a, deep)),
        Request("items, overdue", "director", lambda a: part(a, FIRST, sieve(overdue=True))),
        Request("items of one unit", "director", lambda a: part(a, FIRST, sieve(unit="u77"))),
        Request("items of a leader", "director", lambda a: part(a, FIRST, sieve(leader="县领导5"))),
        Request("items, searched", "director", lambda a: part(a, FIRST, sieve(search="程序，77"))),
        Request(
            "items, searched in vain", "director", lambda a: part(a, FIRST, sieve(search=NOWHERE))
        ),
        Request(
            "items, the unit's own", "liaison", lambda a: rectification.my_items_part(a, FIRST)
        ),
        Request(
            "items, supervised", "supervisor", lambda a: rectification.supervised_part(a, FIRST)
        ),
        Request("items in charge", "county_leader", lambda a: rectification.led_part(a, FIRST)),
        Request("an item", "director", lambda a: rectification.item_page(a, ONE)),
        Request("board of rectification", "director", board),
    ]


def _beside() -> list[Request]:
    return [
        Request("joint cases", "director", lambda a: desks.cases_part(a, FIRST)),
        Request("a joint case", "director", lambda a: desks.case_page(a, ONE - 2)),
        Request("outcomes", "director", lambda a: desks.outcomes_part(a, FIRST)),
        Request("talks to be held", "director", lambda a: desks.talks_part(a, FIRST, left=True)),
        Request("deadlines", "director", lambda a: deadlines.deadlines_part(a, FIRST)),
        Request("deadlines, counted", "director", deadlines.figures),
        Request("deadlines of a month", "director", lambda a: deadlines.month_of(a, today())),
        Request("rules", "director", lambda a: rules.texts_part(a, FIRST)),
        Request(
            "rules, searched", "director", lambda a: rules.search_articles(a, search="严格执行")
        ),
        Request(
            "rules, searched in vain",
            "director",
            lambda a: rules.search_articles(a, search=NOWHERE),
        ),
    ]
