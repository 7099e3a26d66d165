"""Beginning a paper, and saving what is written in it: every text is a version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from kernel.clock import today
from kernel.errors import NotVisible
from sharing.access.dictionary import access_class_in_use
from sharing.access.papers import access_paper, hands_on
from sharing.access.rooms import access_room
from sharing.access.rules import article_as_cited
from sharing.domain.life_cycle import Hand
from sharing.errors.papers import (
    ClassUnknown,
    NotOfTheTeam,
    TextChangedMeanwhile,
    TextOfItsFinder,
    TextStands,
    UnitNotInspected,
    WhyWritten,
)
from sharing.models.dictionary import FindingCategory
from sharing.models.papers import (
    PaperBasis,
    PaperEvidence,
    PaperVersion,
    WorkingPaper,
)
from sharing.models.rooms import Room
from sharing.services.evidence_files import take_along
from sharing.services.walking import walk
from tenancy import audit
from tenancy.actor import Actor
from tenancy.db import refused_as
from tenancy.domain.roles import Permission

# Acts after which a text is written anew for a reason.
_GIVEN_BACK = ("sent_back", "taken_back")


@dataclass(frozen=True, slots=True)
class Basis:
    text_title: str
    article: str = ""
    edition: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """`line_before`: its position in the version that the writer had before them; its files come along."""

    kind: str
    title: str
    dated_on: date | None = None
    pages: int | None = None
    kept_at: str = ""
    line_before: int | None = None


@dataclass(frozen=True, slots=True)
class PaperText:
    """What a paper says. Everything but the title may be missing from a draft.

    `category`: the number of a class of the office's dictionary, of its second level."""

    title: str
    fact: str = ""
    nature: str = ""
    responsibility: str = ""
    category: int | None = None
    severity: str = ""
    money_cents: int | None = None
    people_count: int | None = None
    disciplines: Sequence[str] = ()
    bases: Sequence[Basis] = field(default=())
    evidence: Sequence[Evidence] = field(default=())


@transaction.atomic
def begin_paper(*, actor: Actor, room: int, unit: str, text: PaperText) -> WorkingPaper:
    """A paper of one issue in a unit of the team. Its number is the next of the room."""
    actor.must(Permission.WRITE_PAPERS)
    place = access_room(actor, room, Room.Purpose.PAPERS)
    if not place.units.filter(code=unit).exists():
        raise UnitNotInspected
    refusals = {
        "paper_by_a_member": NotOfTheTeam(),
        "paper_of_a_unit_of_its_room": UnitNotInspected(),
    }
    with refused_as(refusals):
        paper = WorkingPaper.objects.create(
            tenant_id=actor.tenant_id,
            room=place,
            unit_code=unit,
            unit_name="",
            finder_id=actor.person_id,
        )
    paper.refresh_from_db()
    audit.record(actor, "sharing.paper.begun", paper)
    return _written(actor, paper, text, based_on=0, why="")


@transaction.atomic
def write_paper(
    *, actor: Actor, number: int, text: PaperText, based_on: int, why: str = ""
) -> WorkingPaper:
    """Save a further version. `based_on`: the version that the writer had before them, so that of two
    windows the later one overwrites nothing unseen (`TextChangedMeanwhile`)."""
    paper = access_paper(actor, number)
    if Hand.FINDER not in hands_on(actor, paper):
        raise TextOfItsFinder(finder=paper.finder_name)
    if paper.state != "draft":
        raise TextStands(state=paper.life.states[paper.state])
    if based_on != paper.version:
        raise TextChangedMeanwhile(newest=paper.version)
    if not why.strip() and paper.done.filter(act__in=_GIVEN_BACK).exists():
        raise WhyWritten
    return _written(actor, paper, text, based_on=based_on, why=why)


def _written(
    actor: Actor, paper: WorkingPaper, text: PaperText, *, based_on: int, why: str
) -> WorkingPaper:
    category = _category(actor, paper, text.category)
    refusals = {
        "text_by_its_finder": TextOfItsFinder(finder=paper.finder_name),
        "text_stands": TextStands(state=paper.life.states[paper.state]),
        "text_follows_the_newest": TextChangedMeanwhile(newest=based_on + 1),
    }
    with refused_as(refusals):
        version = PaperVersion.objects.create(
            tenant_id=actor.tenant_id,
            paper=paper,
            number=based_on + 1,
            title=text.title.strip(),
            fact=text.fact.strip(),
            nature=text.nature.strip(),
            responsibility=text.responsibility.strip(),
            category=category,
            severity=text.severity,
            money_cents=text.money_cents,
            people_count=text.people_count,
            disciplines=sorted(set(text.disciplines)),
            why=why.strip(),
        )
    _cite(actor, paper, version, text)
    walk(
        actor=actor,
        record=paper,
        act="written",
        hands=hands_on(actor, paper),
        facts={"version": version.number},
    )
    paper.refresh_from_db()
    return paper


def _cite(actor: Actor, paper: WorkingPaper, version: PaperVersion, text: PaperText) -> None:
    """A basis that the rule library has in force today points at that very article."""
    of: dict[str, Any] = {"tenant_id": version.tenant_id, "version": version}
    PaperBasis.objects.bulk_create(
        PaperBasis(
            **of,
            position=position,
            text_title=one.text_title.strip(),
            article=one.article.strip(),
            edition=one.edition.strip(),
            rule_article=article_as_cited(actor, one.text_title, one.article, today()),
        )
        for position, one in enumerate(text.bases, start=1)
    )
    lines = PaperEvidence.objects.bulk_create(
        PaperEvidence(
            **of,
            position=position,
            kind=one.kind,
            title=one.title.strip(),
            dated_on=one.dated_on,
            pages=one.pages,
            kept_at=one.kept_at.strip(),
        )
        for position, one in enumerate(text.evidence, start=1)
    )
    was = [one.line_before for one in text.evidence]
    take_along(actor, paper, version.number - 1, list(zip(lines, was, strict=True)))


def _category(actor: Actor, paper: WorkingPaper, number: int | None) -> FindingCategory | None:
    """A class in use, or the one that the text had before, though it was retired since."""
    if number is None:
        return None
    if number == paper.category_id:
        return paper.category
    try:
        return access_class_in_use(actor, number)
    except NotVisible:
        raise ClassUnknown from None
