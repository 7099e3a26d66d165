"""Shares as pages and programs see them: what is asked of us and by us, what is shown, and to whom."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kernel.clock import today
from kernel.errors import NotVisible
from kernel.text import Text
from sharing.access.shared_records import record_to_share
from sharing.access.shares import (
    access_own_share,
    access_share,
    approvals_of,
    digest_of,
    disclosures_of,
    groups_of,
    hands_on_share,
    lacks_of,
    notes_under,
    shares_owned,
    shares_received,
    shares_watched,
    shown_to,
    views_of,
    views_of_record,
)
from sharing.domain.disclosures import (
    Disclosure,
    Reached,
    Way,
    certificate_digest,
    reach,
    to_tell_of_destruction,
)
from sharing.domain.grants import UNDECIDED, Approval, counted
from sharing.domain.life_cycle import HAND_TITLES, Act, Hand
from sharing.domain.shared_views import FIELDS, KIND_TITLES, Shareable, Span, still_told
from sharing.mapping.shared_records import name_of, words_of
from sharing.models.share_grants import (
    ShareDisclosure,
    ShareGrant,
    ShareGrantQuerySet,
    ShareGrantStep,
    ShareGroup,
    ShareNote,
    ShareView,
    ShownView,
)
from sharing.selectors.counting import capped
from tenancy.access import neighbours_of
from tenancy.actor import Actor
from tenancy.models import Office
from tenancy.paging import Part, Window, part_of

SOON_DAYS = 14
MOST_ON_A_TAB = 99  # more is not read off a tab
NEWEST = ("-asked_at", "pk")


@dataclass(frozen=True, slots=True)
class ShareLine:
    """`other`: the office on the other side. `days_left` None: it is not in force."""

    share: ShareGrant
    other: Office
    is_ours: bool
    days_left: int | None

    @property
    def is_over(self) -> bool:
        return self.share.state == "active" and self.days_left is not None and self.days_left <= 0

    @property
    def tone(self) -> str:
        if self.is_over or self.share.state in ("revoked", "refused", "withdrawn"):
            return "quiet"
        if self.share.state != "active":
            return "warn"
        return "bad" if (self.days_left or 0) <= SOON_DAYS else "good"


def shared_with_us(actor: Actor, window: Window) -> Part[ShareLine]:
    """In force and for our office."""
    return _part(actor, shares_received(actor).in_force(today()), window)


def asked_by_us(actor: Actor, window: Window) -> Part[ShareLine]:
    """To be decided, and what is over: its copies are still to be destroyed."""
    in_force = {"state": "active", "until_on__gt": today()}
    return _part(actor, shares_received(actor).exclude(**in_force), window)


def asked_of_us(actor: Actor, window: Window) -> Part[ShareLine]:
    """To be prepared, approved or refused by us."""
    return _part(actor, _undecided(shares_owned(actor)), window)


def shared_by_us(actor: Actor, window: Window) -> Part[ShareLine]:
    """In force now, and what was before."""
    return _part(actor, shares_owned(actor).exclude(state__in=UNDECIDED), window)


def running_out(actor: Actor, window: Window) -> Part[ShareLine]:
    """Ours and others', over within a fortnight: the first to end first."""
    parts = [
        part_of(rows.select_related("tenant", "receiver"), window, "until_on", "pk")
        for rows in (_ending_soon(shares_owned(actor)), _ending_soon(shares_received(actor)))
    ]
    found = sorted(
        (one for part in parts for one in part.lines), key=lambda one: (one.until_on, one.pk)
    )
    shown = found[: window.limit]
    is_more = len(found) > len(shown) or any(part.next_after for part in parts)
    after = (shown[-1].until_on.isoformat(), shown[-1].pk) if shown and is_more else None
    return Part([_line(actor, one) for one in shown], after)


def watched(actor: Actor, window: Window) -> Part[ShareLine]:
    """Between the city's counties: who shares with whom."""
    return _part(actor, shares_watched(actor), window)


LISTS: Mapping[str, Callable[[Actor, Window], Part[ShareLine]]] = {
    "with_us": shared_with_us,
    "of_us": asked_of_us,
    "by_us": asked_by_us,
    "shared": shared_by_us,
    "running_out": running_out,
    "watched": watched,
}


def lines_of(actor: Actor, shares: Sequence[ShareGrant]) -> Sequence[ShareLine]:
    """Of grants that were just made."""
    return [_line(actor, one) for one in shares]


@dataclass(frozen=True, slots=True)
class Approved:
    """`counts`: it is of the offer as it stands, and not of whoever asked."""

    step: ShareGrantStep
    hand: Text
    counts: bool


@dataclass(frozen=True, slots=True)
class SharePage:
    """`side`: owner, receiver or watcher. What is the owner's alone is empty for the others.

    `digest`: of the offer that an approval names, for those who approve: a receiver would tell by it
    that the owner changed something. `shown`: what of it the reader may open now."""

    line: ShareLine
    side: str
    acts: Sequence[Act]
    steps: Sequence[ShareGrantStep]
    digest: str
    views: Sequence[ShareView]
    shown: Sequence[ShownView]
    approvals: Sequence[Approved]
    lacks: Sequence[Text]
    may_prepare: bool
    may_approve: bool
    notes: Sequence[ShareNote]
    has_approved: bool = False

    @property
    def waits_for_others(self) -> bool:
        """The reader has approved it as it stands, and others have not yet. Where nothing is lacking,
        any of them puts it in force."""
        return self.has_approved and bool(self.lacks)


def share_page(actor: Actor, number: int) -> SharePage:
    share = access_share(actor, number)
    is_ours = share.tenant_id == actor.tenant_id
    hands = hands_on_share(actor, share)
    acts = share.life.open_to(share.state, hands)
    use = ShownView.Use.READING if share.receiver_id == actor.tenant_id else ShownView.Use.APPROVAL
    names = {act.name for act in acts}
    steps = share.walked.all() if is_ours else share.walked.filter(sender_id=actor.tenant_id)
    approvals = _approvals(share) if is_ours else []
    return SharePage(
        line=_line(actor, share),
        side=_side(actor, share),
        acts=[act for act in acts if act.name != "destruction_told" or _is_over(share)],
        steps=list(steps.order_by("number")),
        digest=digest_of(share) if share.receiver_id != actor.tenant_id else "",
        views=list(views_of(actor, share)) if is_ours else [],
        shown=list(shown_to(actor, use).filter(grant_number=share.pk).order_by("place")),
        approvals=approvals,
        lacks=_lacks(share) if is_ours else [],
        may_prepare="prepared" in names,
        may_approve=bool(names & {"approved", "granted"}) and share.asked_by_id != actor.user_id,
        notes=list(notes_under(actor, share.pk).order_by("-pk")),
        has_approved=any(one.counts and one.step.by_id == actor.person_id for one in approvals),
    )


def approval_page(actor: Actor, number: int) -> SharePage:
    """For the owner's people and for the city above: for its receiver there is nothing to approve."""
    page = share_page(actor, number)
    if page.side == "receiver":
        raise NotVisible(what="share", number=number)
    return page


@dataclass(frozen=True, slots=True)
class FieldBeside:
    """One field of a record and of its view. `before` None: the reader may not see the original.
    `spans`: hidden words in it. `after` None: the view does not have the field."""

    name: str
    title: Text
    before: str | None
    spans: Sequence[Span]
    after: str | None
    has_changed: bool


@dataclass(frozen=True, slots=True)
class ViewBeside:
    """A view as the receiver will see it, beside its record as it is now. `record` "": it is not
    there for the reader. `still_told`: where hidden words stand in clear."""

    view: ShareView
    kind: Text
    record: str
    fields: Sequence[FieldBeside]
    still_told: Sequence[Span]


def views_beside(actor: Actor, number: int) -> Sequence[ViewBeside]:
    """For whoever prepares and approves: the owner's people."""
    share = access_own_share(actor, number)
    return [_beside(actor, view) for view in views_of(actor, share)]


@dataclass(frozen=True, slots=True)
class ReachPage:
    """How far a grant reached. `certificate`: SHA-256 over the lines in their order."""

    line: ShareLine
    lines: Sequence[ShareDisclosure]
    reached: Sequence[tuple[str, Reached]]
    waits_for: Sequence[str]
    told: Sequence[ShareGrantStep]
    certificate: str


def reach_page(actor: Actor, number: int) -> ReachPage:
    """For the owner's people: whom it reached is told to nobody else."""
    share = access_own_share(actor, number)
    rows = list(disclosures_of(actor, share).order_by("at", "pk"))
    lines = [as_disclosure(row) for row in rows]
    names = {row.person_id: row.person_name for row in rows}
    told = list(share.walked.filter(act="destruction_told").order_by("number"))
    told_by = {(step.sender_id, step.by_id or 0) for step in told}
    waits = to_tell_of_destruction(lines, told_by) if _is_over(share) else []
    return ReachPage(
        line=_line(actor, share),
        lines=rows,
        reached=[(names[one.person], one) for one in reach(lines)],
        waits_for=[names[person] for _, person in waits],
        told=told,
        certificate=certificate_digest(lines),
    )


def as_disclosure(row: ShareDisclosure) -> Disclosure:
    return Disclosure(
        grant=row.grant_number,
        view=row.view,
        digest=row.digest,
        fields=tuple(name for name in FIELDS[Shareable(row.kind)] if name in row.fields),
        office=row.sender_id,
        person=row.person_id,
        role=row.role,
        purpose=row.purpose,
        way=Way(row.way),
        at=row.at,
    )


@dataclass(frozen=True, slots=True)
class OutsideSight:
    """Another office has a view of a record until that day. `fields`: titles of what it shows."""

    share: ShareGrant
    office: Office
    until_on: date
    fields: Sequence[Text]


def sights_of(actor: Actor, kind: Shareable, number: int) -> Sequence[OutsideSight]:
    """Who has a view of the record, for its own page: the reader sees the record already."""
    views = views_of_record(actor, kind, number).select_related("grant__receiver")
    return [
        OutsideSight(
            view.grant,
            view.grant.receiver,
            view.grant.until_on,
            [FIELDS[kind][name].title for name in view.view.shown],
        )
        for view in views.order_by("grant__until_on", "pk")
    ]


@dataclass(frozen=True, slots=True)
class RecordToHide:
    """A record whose view is being prepared: its words, field by field."""

    kind: Shareable
    number: int
    name: str
    words: Mapping[str, str]


def record_to_hide(actor: Actor, kind: Shareable, number: int) -> RecordToHide | None:
    record = record_to_share(actor, kind, number)
    if record is None:
        return None
    return RecordToHide(kind, number, name_of(kind, record), words_of(kind, record))


def offices_to_ask(actor: Actor) -> Sequence[Office]:
    return list(neighbours_of(actor).order_by("name_key", "pk"))


def groups_page(actor: Actor) -> Sequence[tuple[ShareGroup, Sequence[Office]]]:
    groups = list(groups_of(actor).order_by("name", "pk"))
    known = {office.pk: office for office in neighbours_of(actor)}
    return [(one, [known[pk] for pk in one.members if pk in known]) for one in groups]


def counts(actor: Actor) -> Mapping[str, int]:
    """What waits for somebody of our office, for the tabs."""
    ours, others = shares_owned(actor), shares_received(actor)
    ending = capped(_ending_soon(ours), MOST_ON_A_TAB) + capped(_ending_soon(others), MOST_ON_A_TAB)
    return {
        "with_us": capped(others.in_force(today()), MOST_ON_A_TAB),
        "of_us": capped(_undecided(ours), MOST_ON_A_TAB),
        "running_out": min(ending, MOST_ON_A_TAB),
    }


def _undecided(shares: ShareGrantQuerySet) -> ShareGrantQuerySet:
    return shares.filter(state__in=UNDECIDED)


def _ending_soon(shares: ShareGrantQuerySet) -> ShareGrantQuerySet:
    return shares.in_force(today()).filter(until_on__lte=today() + timedelta(days=SOON_DAYS))


def _part(actor: Actor, rows: ShareGrantQuerySet, window: Window) -> Part[ShareLine]:
    part = part_of(rows.select_related("tenant", "receiver"), window, *NEWEST)
    return part.showing([_line(actor, one) for one in part.lines])


def _line(actor: Actor, share: ShareGrant) -> ShareLine:
    is_ours = share.tenant_id == actor.tenant_id
    left = (share.until_on - today()).days if share.state == "active" else None
    return ShareLine(share, share.receiver if is_ours else share.tenant, is_ours, left)


def _side(actor: Actor, share: ShareGrant) -> str:
    if share.tenant_id == actor.tenant_id:
        return "owner"
    return "receiver" if share.receiver_id == actor.tenant_id else "watcher"


def _is_over(share: ShareGrant) -> bool:
    return share.state == "revoked" or (share.state == "active" and share.until_on <= today())


def _approvals(share: ShareGrant) -> Sequence[Approved]:
    rows = share.walked.filter(act__in=("approved", "granted")).order_by("number")
    granted = next((step for step in rows if step.act == "granted"), None)
    # What was put in force was approved as it was then; less of it needs nobody's approval.
    digest = granted.facts["digest"] if granted else digest_of(share)
    counting = {one.person for one in _counting(share, digest)}
    return [
        Approved(
            step,
            HAND_TITLES[Hand(step.hand)],
            step.by_id in counting and step.facts.get("digest") == digest,
        )
        for step in rows
    ]


def _lacks(share: ShareGrant) -> Sequence[Text]:
    if share.state not in ("prepared", "under_approval"):
        return []
    return lacks_of(share, _counting(share, digest_of(share)))


def _counting(share: ShareGrant, digest: str) -> list[Approval]:
    return counted(approvals_of(share), asked_by=share.asked_by_id or 0, digest=digest)


def _beside(actor: Actor, view: ShareView) -> ViewBeside:
    kind = Shareable(view.kind)
    record = record_to_share(actor, kind, view.object_id)
    words = None if record is None else words_of(kind, record)
    shown = view.view.shown
    return ViewBeside(
        view=view,
        kind=KIND_TITLES[kind],
        record="" if record is None else name_of(kind, record),
        fields=[_field(kind, name, words, view, shown) for name in FIELDS[kind]],
        still_told=_still_told(kind, words, view),
    )


def _field(
    kind: Shareable,
    name: str,
    words: Mapping[str, str] | None,
    view: ShareView,
    shown: Mapping[str, str],
) -> FieldBeside:
    before = None if words is None else words[name]
    spans = [one for one in view.redaction.spans if one.field == name]
    after = shown.get(name)
    is_plain = not spans and after is not None
    return FieldBeside(
        name=name,
        title=FIELDS[kind][name].title,
        before=before,
        spans=spans,
        after=after,
        has_changed=is_plain and before is not None and before != after,
    )


def _still_told(
    kind: Shareable, words: Mapping[str, str] | None, view: ShareView
) -> Sequence[Span]:
    """The spans are of the record as it was: where it has changed since, they may lie outside."""
    if words is None or any(one.end > len(words[one.field]) for one in view.redaction.spans):
        return []
    return list(still_told(kind, words, view.redaction))
