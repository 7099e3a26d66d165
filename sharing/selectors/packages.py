"""Packages for the pages: what was sent, what waits, what was received, and whose keys are known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kernel.text import Text
from sharing.access.letters import access_letter
from sharing.access.packages import (
    access_brought,
    access_received,
    access_received_record,
    access_sent,
    answers_to_item,
    answers_to_letter,
    brought_packages,
    must_see_keys,
    partner_keys,
    partners,
    received_packages,
    received_records,
    sendable,
    sent_packages,
    signing_keys,
    with_unseen_lists,
)
from sharing.access.rectification import access_item
from sharing.mapping.parcels import BESIDE
from sharing.models.hand_over import HandOverList
from sharing.models.letters import Letter
from sharing.models.packages import (
    BroughtPackage,
    PackageAnswer,
    PartnerKey,
    ReceivedPackage,
    ReceivedRecord,
    SentPackage,
    SentRecord,
    SigningKey,
)
from sharing.models.rectification import RectificationItem
from sharing.models.reports import InspectionReport
from sharing.models.weekly import WeeklyReport
from sharing.packages.parts import ANSWER_TITLES, ANSWERABLE, ANSWERS, HAND_OVER, PARTS
from sharing.selectors.brought_packages import Problem, parts_of, problems_of
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.paging import Part, Window, part_of

MOST_OFFERED = 200
MOST_PROBLEMS = 100
RECEIVE = (Permission.VIEW_PACKAGES, Permission.DISPOSE_CLUE)


@dataclass(frozen=True, slots=True)
class KeysPage:
    own: SigningKey | None
    retired: Sequence[SigningKey]
    others: Sequence[PartnerKey]
    may_keep: bool
    may_confirm: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """A record that may go. `is_sent`: it went to that office before."""

    value: str
    title: str
    is_sent: bool


@dataclass(frozen=True, slots=True)
class OfferGroup:
    part: str
    title: Text
    offers: Sequence[Offer]
    has_more: bool


@dataclass(frozen=True, slots=True)
class PartLine:
    """One part of a package: `sha256` of its file."""

    name: str
    title: Text
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class SentPage:
    package: SentPackage
    parts: Sequence[PartLine]


@dataclass(frozen=True, slots=True)
class BroughtPage:
    """The dry run. `problems`: at most so many; with any, nothing can be taken in."""

    package: BroughtPackage
    parts: Sequence[PartLine]
    problems: Sequence[tuple[Text, Problem]]
    has_more: bool


@dataclass(frozen=True, slots=True)
class ReceivedPage:
    package: ReceivedPackage
    parts: Sequence[PartLine]


@dataclass(frozen=True, slots=True)
class RecordPage:
    """`kinds`: how it can be answered, by whoever may. `sent`: numbers of answers that went out."""

    record: ReceivedRecord
    title: Text
    answers: Sequence[tuple[PackageAnswer, Text, bool]]
    kinds: Mapping[str, Text]


def keys_page(actor: Actor) -> KeysPage:
    must_see_keys(actor)
    own = list(signing_keys(actor).order_by("-pk"))
    return KeysPage(
        own=next((key for key in own if key.retired_at is None), None),
        retired=[key for key in own if key.retired_at is not None],
        others=list(partner_keys(actor).order_by("office_code", "-pk")),
        may_keep=actor.may(Permission.KEEP_PACKAGE_KEYS),
        may_confirm=actor.may(Permission.CONFIRM_PACKAGE_KEYS),
    )


def receivers(actor: Actor) -> Mapping[str, str]:
    actor.must(Permission.MAKE_PACKAGES)
    return partners(actor)


def offered(actor: Actor, receiver: str) -> Sequence[OfferGroup]:
    """What may go to that office, the newest of each part first."""
    if receiver not in receivers(actor):
        return ()
    went = set(
        SentRecord.objects.filter(
            tenant_id=actor.tenant_id, package__receiver_code=receiver
        ).values_list("part", "ref")
    )
    groups = []
    for part, rows in sendable(actor, receiver).items():
        found = rows.select_related(*BESIDE.get(part, ())).order_by("-pk")
        shown = list(found[: MOST_OFFERED + 1])
        if shown:
            offers = [
                Offer(f"{part}:{one.pk}", _title(one), (part, one.pk) in went)
                for one in shown[:MOST_OFFERED]
            ]
            groups.append(OfferGroup(part, PARTS[part].title, offers, len(shown) > MOST_OFFERED))
    return groups


def sent_part(actor: Actor, window: Window) -> Part[SentPackage]:
    actor.must(Permission.VIEW_PACKAGES)
    return part_of(sent_packages(actor), window, "-pk")


def sent_lines(actor: Actor, packages: Sequence[SentPackage]) -> Sequence[tuple[SentPackage, int]]:
    """Each with how many records the actor is told of."""
    unseen = with_unseen_lists(actor, [one.pk for one in packages])
    return [(one, sum(line.rows for line in _sent_parts(one, unseen))) for one in packages]


def sent_page(actor: Actor, number: int) -> SentPage:
    package = access_sent(actor, number)
    return SentPage(package, _sent_parts(package, with_unseen_lists(actor, [package.pk])))


def _sent_parts(package: SentPackage, unseen: Collection[int]) -> list[PartLine]:
    """Without the lists of clues, where one of them is not for the actor to see."""
    lines = part_lines(package.parts)
    return [line for line in lines if line.name != HAND_OVER or package.pk not in unseen]


def waiting(actor: Actor) -> Sequence[BroughtPackage]:
    rows = brought_packages(actor).defer("sealed", "wrapped")
    return list(rows.order_by("-pk")[:MOST_OFFERED])


def brought_page(actor: Actor, number: int) -> BroughtPage:
    package = access_brought(actor, number)
    problems = problems_of(actor, package, parts_of(package))
    titles = {line.name: line.title for line in part_lines(package.parts)}
    return BroughtPage(
        package,
        part_lines(package.parts),
        [(titles[one.part], one) for one in problems[:MOST_PROBLEMS]],
        len(problems) > MOST_PROBLEMS,
    )


def received_part(actor: Actor, window: Window) -> Part[ReceivedPackage]:
    if not any(actor.may(one) for one in RECEIVE):
        actor.must(Permission.VIEW_PACKAGES)
    return part_of(received_packages(actor), window, "-pk")


def received_page(actor: Actor, number: int) -> ReceivedPage:
    """For a discipline body its lists alone: of the rest not how much there is. Of lists of clues, to
    anybody, nothing where one of them is not for the reader to see."""
    package = access_received(actor, number)
    seen = Counter(_records(actor, package).values_list("part", flat=True))
    parts = [
        line
        for line in part_lines(package.parts)
        if (seen[line.name] == line.rows if line.name == HAND_OVER else seen[line.name])
    ]
    return ReceivedPage(package, parts)


def received_records_part(
    actor: Actor, number: int, window: Window
) -> Part[tuple[ReceivedRecord, Text]]:
    """With the title of each one's part."""
    rows = _records(actor, access_received(actor, number)).defer("content")
    part = part_of(rows, window, "part", "position")
    return part.showing([(one, PARTS[one.part].title) for one in part.lines])


def record_page(actor: Actor, number: int) -> RecordPage:
    record = access_received_record(actor, number)
    answers = list(record.answers.order_by("pk")) if actor.may(Permission.VIEW_PACKAGES) else []
    went = SentRecord.objects.filter(tenant_id=actor.tenant_id, part=ANSWERS)
    numbers = set(went.filter(ref__in=[one.pk for one in answers]).values_list("ref", flat=True))
    kinds = ANSWERABLE.get(record.part, ()) if actor.may(Permission.MAKE_PACKAGES) else ()
    return RecordPage(
        record,
        PARTS[record.part].title,
        [(one, ANSWER_TITLES[one.kind], one.pk in numbers) for one in answers],
        {kind: ANSWER_TITLES[kind] for kind in kinds},
    )


def letter_answers(actor: Actor, number: int) -> Sequence[tuple[ReceivedRecord, Text]]:
    """What came back in packages to letter `number`."""
    return _told(answers_to_letter(actor, access_letter(actor, number)))


def item_answers(actor: Actor, number: int) -> Sequence[tuple[ReceivedRecord, Text]]:
    return _told(answers_to_item(actor, access_item(actor, number)))


def part_lines(parts: Sequence[Mapping[str, Any]]) -> list[PartLine]:
    return [
        PartLine(
            part["name"],
            PARTS[part["name"]].title
            if part["name"] in PARTS
            else Text(zh=part["name"], en=part["name"]),
            part["rows"],
            part["sha256"],
        )
        for part in parts
    ]


def _records(actor: Actor, package: ReceivedPackage) -> Any:
    return received_records(actor).filter(package_id=package.pk)


def _told(rows: Any) -> Sequence[tuple[ReceivedRecord, Text]]:
    return [(row, ANSWER_TITLES[row.content["kind"]]) for row in rows]


def _title(row: Any) -> str:
    match row:
        case InspectionReport():
            return f"{row.unit_name} · {row.room.round_name} {row.room.team_name}"
        case Letter():
            return f"{row.reference} {row.title} · {row.addressee}"
        case RectificationItem():
            return f"{row.desk.name} {row.position}: {row.issue}"[:200]
        case WeeklyReport():
            return f"{row.room.team_name} {row.week.isoformat()}"
        case HandOverList():
            return f"{row.year}-{row.number} · {row.signed_by_name}"
        case PackageAnswer():
            return f"{row.record.title} · {row.text}"[:200]
        case _:
            return str(row)
