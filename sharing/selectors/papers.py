"""Papers of a team, and findings for the office: lists, one paper, two of its texts side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.db.models import Window as Rank
from django.db.models.functions import RowNumber

from kernel.errors import NotVisible
from sharing.access.dictionary import categories_visible_to
from sharing.access.papers import (
    access_finding,
    access_paper,
    findings_visible_to,
    hands_on,
    papers_of_mine,
    versions_told,
)
from sharing.access.rooms import rooms_of_mine, works_in
from sharing.access.rules import texts_visible_to
from sharing.access.words import holds
from sharing.domain.differences import Difference, difference
from sharing.domain.life_cycle import Act, Hand
from sharing.domain.working_papers import (
    COMPLETE,
    READ_BY_THE_HOST,
    READ_BY_THE_UNIT,
    THREE_PARTS,
    WORKING_PAPER,
)
from sharing.models.dictionary import FindingCategory
from sharing.models.evidence_files import EvidenceFile
from sharing.models.papers import PaperComment, PaperEvidence, PaperStep, PaperVersion, WorkingPaper
from sharing.models.rectification import RectificationItem
from sharing.models.reports import InspectionReport
from sharing.models.rooms import Room, RoomUnit
from sharing.selectors.assigning import item_of
from sharing.selectors.attachments import AttachmentLine, lines_by_subject
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.paging import Part, Window, part_of

# Done with a paper itself; the rest is done with its report, or with its rectification.
DONE_HERE = (
    "evidence_completed",
    "meeting_passed",
    "signed",
    "put_in_report",
    "sent_back",
    "taken_back",
    "not_upheld",
)
ON_THE_BOARD = ("draft", "evidence_complete", "meeting_passed", "leader_signed", "in_report")
MOST_ON_THE_BOARD = 20
READS_FINDINGS = (
    Permission.VIEW_REPORTS,
    Permission.VIEW_FINDINGS,
    Permission.SPEAK_FOR_UNIT,
    Permission.SUPERVISE_UNIT,
)


@dataclass(frozen=True, slots=True)
class PaperQuery:
    """What of the list is wanted; empty: everything. Words that mean nothing find nothing."""

    search: str = ""
    unit: str = ""
    level: str = ""
    state: str = ""
    severity: str = ""
    finder: int | None = None

    def of(self, rows: QuerySet[WorkingPaper]) -> QuerySet[WorkingPaper]:
        words = self.search.strip()[:100]
        if words:
            rows = rows.filter(holds("title", words))
        wanted = {
            "unit_code": self.unit,
            "level": self.level,
            "state": self.state,
            "severity": self.severity,
            "finder_id": self.finder,
        }
        return rows.filter(**{name: value for name, value in wanted.items() if value})


@dataclass(frozen=True, slots=True)
class PapersPage:
    """`rooms` empty: the actor is in no room today. `is_there` False: nothing was written yet."""

    rooms: Sequence[Room]
    units: Sequence[RoomUnit]
    finders: Mapping[int, str]
    query: PaperQuery
    part: Part[WorkingPaper]
    is_there: bool


def papers_page(actor: Actor, query: PaperQuery, window: Window) -> PapersPage:
    """The newest first."""
    actor.must(Permission.WORK_IN_ROOM)
    rooms = list(rooms_of_mine(actor, Room.Purpose.PAPERS))
    rows = papers_of_mine(actor)
    units = RoomUnit.objects.filter(tenant_id=actor.tenant_id, room__in=[one.pk for one in rooms])
    finders = rows.order_by("finder_name").values_list("finder_id", "finder_name").distinct()
    part = part_of(query.of(rows).prefetch_related("room"), window, "-pk")
    return PapersPage(
        rooms=rooms,
        units=list(units.order_by("starts_on", "code")),
        finders=dict(finders),
        query=query,
        part=part,
        is_there=bool(part.lines) or rows.exists(),
    )


def papers_part(actor: Actor, query: PaperQuery, window: Window) -> Part[WorkingPaper]:
    actor.must(Permission.WORK_IN_ROOM)
    return part_of(query.of(papers_of_mine(actor)).prefetch_related("room"), window, "-pk")


@dataclass(frozen=True, slots=True)
class Column:
    state: str
    papers: Sequence[WorkingPaper]
    is_cut: bool


def board(actor: Actor, query: PaperQuery) -> Sequence[Column]:
    """Side by side what is at each state, up to as many as a column holds."""
    place = Rank(RowNumber(), partition_by="state", order_by="-pk")
    rows = query.of(papers_of_mine(actor)).filter(state__in=ON_THE_BOARD).annotate(place=place)
    rows = rows.filter(place__lte=MOST_ON_THE_BOARD + 1).order_by("-pk").prefetch_related("room")
    found: dict[str, list[WorkingPaper]] = {state: [] for state in ON_THE_BOARD}
    for paper in rows:
        found[paper.state].append(paper)
    return [
        Column(state, papers[:MOST_ON_THE_BOARD], len(papers) > MOST_ON_THE_BOARD)
        for state, papers in found.items()
    ]


def findings_part(actor: Actor, query: PaperQuery, window: Window) -> Part[WorkingPaper]:
    """What the office may know of, the newest first."""
    if not any(actor.may(one) for one in READS_FINDINGS):
        actor.must(Permission.VIEW_FINDINGS)
    rows = query.of(findings_visible_to(actor))
    if query.finder and not actor.may(Permission.VIEW_REPORTS):
        rows = rows.none()  # who wrote what is not told, not by asking for each of the team either
    return part_of(rows.prefetch_related("room"), window, "-pk")


@dataclass(frozen=True, slots=True)
class Stage:
    """A state on the line of a life. `look`: done, now or ahead; `step`: what led there last."""

    state: str
    look: str
    step: PaperStep | None = None


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """A line of the evidence, with its files."""

    evidence: PaperEvidence
    files: Sequence[AttachmentLine]


@dataclass(frozen=True, slots=True)
class PaperPage:
    paper: WorkingPaper
    version: PaperVersion
    steps: Sequence[PaperStep]
    comments: Sequence[PaperComment]
    stages: Sequence[Stage]
    versions: Sequence[PaperVersion] = ()
    acts: Sequence[Act] = ()
    lacks: Sequence[str] = ()
    report: InspectionReport | None = None
    may_write: bool = False
    may_attach: bool = False
    may_comment: bool = False
    is_for_unit: bool = False
    item: RectificationItem | None = None
    changed: Sequence[Change] = field(default=())
    evidence: Sequence[EvidenceLine] = field(default=())


def paper_page(actor: Actor, number: int) -> PaperPage:
    """For the team: everything, and what the actor may do next."""
    paper = access_paper(actor, number)
    hands = hands_on(actor, paper)
    version = _version(paper, paper.version)
    steps = list(paper.done.order_by("number"))
    open_acts = WORKING_PAPER.open_to(paper.state, hands)
    reports = InspectionReport.objects.filter(
        tenant_id=paper.tenant_id, room=paper.room_id, unit_code=paper.unit_code
    )
    return PaperPage(
        paper=paper,
        version=version,
        steps=steps,
        comments=list(paper.comments.order_by("pk")),
        stages=_stages(paper, steps),
        versions=list(paper.versions.order_by("-number")),
        acts=[one for name in DONE_HERE for one in open_acts if one.name == name],
        lacks=lacking(version) if paper.state == "draft" else (),
        report=reports.first(),
        may_write=paper.state == "draft" and Hand.FINDER in hands,
        may_attach=Hand.FINDER in hands and paper.may_change_files,
        evidence=evidence_of(actor, version),
    )


def finding_page(actor: Actor, number: int) -> PaperPage:
    """For the office: the text that is in the report and what was said of it; of the team's own
    dealings nothing, and of earlier texts those that were in a report. For everybody else, as for the
    unit: the text that was fed back, and what happened since; not who wrote it."""
    paper = access_finding(actor, number)
    for_unit = not (actor.may(Permission.VIEW_REPORTS) or works_in(actor, paper.room))
    read = READ_BY_THE_UNIT if for_unit else READ_BY_THE_HOST
    done = paper.done.order_by("number")
    steps = [one for one in done if one.after in READ_BY_THE_HOST]
    told = versions_told(paper)
    shown = _version(paper, told[-1])
    before = [number for number in told if number != shown.number]
    hands = hands_on(actor, paper)
    can = any(one.name == "commented" for one in WORKING_PAPER.open_to(paper.state, hands))
    return PaperPage(
        paper=paper,
        version=shown,
        steps=[one for one in steps if one.act != "put_in_report" and one.after in read],
        comments=[] if for_unit else list(paper.comments.order_by("pk")),
        stages=[one for one in _stages(paper, steps) if one.state in read],
        may_comment=can and not for_unit,
        is_for_unit=for_unit,
        item=item_of(actor, paper),
        evidence=evidence_of(actor, shown, tells_who=not for_unit),
        changed=(changes(_version(paper, before[-1]), shown) if before and not for_unit else ()),
    )


def evidence_of(
    actor: Actor, version: PaperVersion, *, tells_who: bool = True
) -> Sequence[EvidenceLine]:
    """Of a version that the actor reads. `tells_who`: of the team handed in each file."""
    lines = list(version.evidence.order_by("position"))
    keys = [one.pk for one in lines]
    files = lines_by_subject(actor, EvidenceFile, keys, tells_who=tells_who)
    return [EvidenceLine(one, files.get(one.pk, ())) for one in lines]


@dataclass(frozen=True, slots=True)
class Change:
    """One part of the text, in both versions."""

    name: str
    difference: Difference


@dataclass(frozen=True, slots=True)
class ComparisonPage:
    paper: WorkingPaper
    versions: Sequence[PaperVersion]
    old: PaperVersion
    new: PaperVersion
    changes: Sequence[Change]


def comparison_page(actor: Actor, number: int, old: int, new: int) -> ComparisonPage:
    """Two versions side by side; those that are not there are the newest and the one before."""
    paper = access_paper(actor, number)
    versions = list(paper.versions.order_by("number"))
    by_number = {one.number: one for one in versions}
    later = by_number.get(new, versions[-1])
    earlier = by_number.get(old, by_number.get(later.number - 1, later))
    return ComparisonPage(paper, versions, earlier, later, changes(earlier, later))


def changes(old: PaperVersion, new: PaperVersion) -> Sequence[Change]:
    """Of every part of the text, in the paper's order."""
    before, after = _words(old), _words(new)
    return [Change(name, difference(before[name], after[name])) for name in before]


def _words(version: PaperVersion) -> Mapping[str, str]:
    bases = (
        " ".join(filter(None, (one.text_title, one.article, one.edition)))
        for one in version.bases.order_by("position")
    )
    evidence = (
        " ".join(filter(None, (one.title, str(one.dated_on or ""), one.kept_at)))
        for one in version.evidence.order_by("position")
    )
    money = "" if version.money_cents is None else f"{version.money_cents / 100:,.2f}"
    return {
        "title": version.title,
        **{name: getattr(version, name) for name in THREE_PARTS},
        "bases": "\n".join(bases),
        "evidence": "\n".join(evidence),
        "category": version.class_name,
        "money": money,
        "people": "" if version.people_count is None else str(version.people_count),
    }


def lacking(version: PaperVersion) -> Sequence[str]:
    """What of a whole paper the text has not got yet."""
    there = {name: bool(getattr(version, name)) for name in ("title", *THREE_PARTS)}
    there["category"] = bool(version.class_name)
    there |= {name: getattr(version, name).exists() for name in ("bases", "evidence")}
    return [name for name in COMPLETE if not there[name]]


def classes_offered(actor: Actor) -> Mapping[FindingCategory, Sequence[FindingCategory]]:
    """The office's classes that a finding may be given, by their headings, in the office's order."""
    rows = categories_visible_to(actor).in_use().filter(parent__isnull=False)
    found: dict[FindingCategory, list[FindingCategory]] = {}
    ordered = rows.select_related("parent").order_by(
        "parent__frame", "parent__position", "position"
    )
    for one in ordered:
        found.setdefault(one.parent, []).append(one)  # type: ignore[arg-type]
    return {heading: found[heading] for heading in found}


def headings(actor: Actor) -> Mapping[str, str]:
    """Code and title of every heading, to sieve a list by; retired ones stay on old findings."""
    rows = categories_visible_to(actor).filter(parent__isnull=True)
    return dict(rows.order_by("-frame", "position", "code").values_list("code", "title"))


def titles_of_rules(actor: Actor) -> Sequence[str]:
    """To choose from while one types what a finding rests on."""
    return list(texts_visible_to(actor).order_by("title_key").values_list("title", flat=True)[:200])


def _version(paper: WorkingPaper, number: int) -> PaperVersion:
    found = paper.versions.select_related("category__parent").filter(number=number).first()
    if found is None:
        raise NotVisible(what="paper_version", number=number)
    return found


def _stages(paper: WorkingPaper, steps: Sequence[PaperStep]) -> Sequence[Stage]:
    """The way of a paper as it mostly goes; one that came to nothing ends there."""
    way = [state for state in WORKING_PAPER.states if state != "withdrawn"]
    if paper.state == "withdrawn":
        reached = [one.before for one in steps]
        way = [state for state in way if state in reached] + ["withdrawn"]
    here = way.index(paper.state)
    last = {one.after: one for one in steps if one.before != one.after}
    return [
        Stage(
            state,
            "done" if place < here else "now" if place == here else "ahead",
            last.get(state) if place <= here else None,
        )
        for place, state in enumerate(way)
    ]
