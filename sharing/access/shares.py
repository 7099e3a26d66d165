"""Who sees which share grants, and who is shown which views.

| who | sees |
|---|---|
| the owner's people | the grant, its acts and approvals, its views, who was shown what |
| the receiver's people | the grant as it was asked for and how it stands; no act of the owner |
| the readers named in it | its views, while it is in force: through `sec.show_view`, which writes it down |
| the city's director | grants of the city's counties; of clues the view to approve |
| everybody else | nothing |

Of clues only those see any of it who direct, decide or deal with clues.
"""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import F, Q, QuerySet

from kernel.clock import today
from kernel.errors import NotVisible
from kernel.text import Text
from sharing.domain.grants import LACK_TITLES, Approval, lacking
from sharing.domain.life_cycle import Hand
from sharing.domain.shared_views import Shareable
from sharing.models.share_grants import (
    ShareDisclosure,
    ShareGrant,
    ShareGrantQuerySet,
    ShareGrantStep,
    ShareNote,
    ShareView,
    ShownView,
)
from sharing.models.share_groups import ShareGroup
from tenancy.actor import Actor
from tenancy.db import ask
from tenancy.domain.roles import Permission, Role
from tenancy.visibility import OfficeQuerySet

MAY_KNOW_OF_CLUES = frozenset(
    {Role.CITY_DIRECTOR, Role.COUNTY_DIRECTOR, Role.LEADING_GROUP, Role.DISCIPLINE_BODY}
)
OWNERS_HANDS = {
    Permission.PREPARE_SHARES: Hand.OFFICE_CLERK,
    Permission.APPROVE_SHARES: Hand.OFFICE_DIRECTOR,
    Permission.DECIDE_SHARES: Hand.LEADING_GROUP,
    Permission.APPROVE_CLUE_SHARES: Hand.DISCIPLINE_BODY,
}


def may_know_of_clues(actor: Actor) -> bool:
    return bool(actor.roles & MAY_KNOW_OF_CLUES) and actor.on_behalf_of is None


def shares_owned(actor: Actor) -> ShareGrantQuerySet:
    """What others are shown of ours, or ask for: asked of us."""
    return _knowable(actor).filter(tenant_id=actor.tenant_id)


def shares_received(actor: Actor) -> ShareGrantQuerySet:
    """What we are shown of others, or ask for: asked by us."""
    return _knowable(actor).filter(receiver_id=actor.tenant_id)


def shares_watched(actor: Actor) -> ShareGrantQuerySet:
    """Of the city's counties: each of which shares with somebody else than the city."""
    if not actor.may(Permission.WATCH_CLUE_SHARES):
        return ShareGrant.objects.none()
    return _knowable(actor).filter(watcher_id=actor.tenant_id).exclude(receiver_id=actor.tenant_id)


def shares_visible_to(actor: Actor) -> ShareGrantQuerySet:
    """Any of them: to look one up, not to list."""
    office = actor.tenant_id
    beside = Q(tenant_id=office) | Q(receiver_id=office)
    if actor.may(Permission.WATCH_CLUE_SHARES):
        beside |= Q(watcher_id=office)
    return _knowable(actor).filter(beside)


def access_share(actor: Actor, number: int) -> ShareGrant:
    rows = shares_visible_to(actor).select_related("tenant", "receiver", "watcher")
    found = rows.filter(pk=number).first()
    if found is None:
        raise NotVisible(what="share", number=number)
    return found


def access_own_share(actor: Actor, number: int) -> ShareGrant:
    """One whose owner the actor's office is: its acts, views and disclosures."""
    share = access_share(actor, number)
    if share.tenant_id != actor.tenant_id:
        raise NotVisible(what="share", number=number)
    return share


def digest_of(share: ShareGrant) -> str:
    """Of its offer as it stands (`Offer.digest`), reckoned where its views can be read."""
    return str(ask("SELECT sec.share_digest(%s, %s)", share.tenant_id, share.pk))


def is_shown_whole(share: ShareGrant) -> bool:
    """Whether all of it as it stands is shown to whoever asks, of the owner or of the city: nobody
    approves a clue to which they have a tie. The database says it, and not of which view it is so."""
    return bool(ask("SELECT sec.share_is_whole(%s, %s)", share.tenant_id, share.pk))


def stepped_back(share: ShareGrant) -> frozenset[int]:
    """Who approved and declared a tie to a clue in it since."""
    return frozenset(ask("SELECT sec.stepped_back(%s, %s)", share.tenant_id, share.pk))


def is_last_approval(share: ShareGrant, hand: Hand, seen: str) -> bool:
    """Whether nothing is lacking once the actor approves in that hand. The database says it: the city
    sees no approvals but its own. The grant is locked, so that of two at once one is the last."""
    sql = "SELECT sec.completes_share(%s, %s, %s, %s)"
    return bool(ask(sql, share.tenant_id, share.pk, hand.value, seen))


def approvals_of(share: ShareGrant) -> list[Approval]:
    """Of the offer as it stands and of what it was before: `counted` sifts them."""
    steps = ShareGrantStep.objects.filter(
        tenant_id=share.tenant_id, record=share, act__in=("approved", "granted")
    ).order_by("number")
    return [
        Approval(
            step.by_id or 0, Hand(step.hand), step.sender_id, str(step.facts.get("digest", ""))
        )
        for step in steps
    ]


def offered_by_director(share: ShareGrant) -> bool:
    """Whether the director offers it, and prepared the views as they stand in person."""
    steps = ShareGrantStep.objects.filter(tenant_id=share.tenant_id, record=share, act="prepared")
    last = steps.order_by("-number").first()
    return (
        share.is_offered
        and last is not None
        and (last.by_id, last.hand, last.on_behalf_of)
        == (share.asked_by_id, Hand.OFFICE_DIRECTOR.value, "")
    )


def lacks_of(share: ShareGrant, approvals: list[Approval]) -> list[Text]:
    """What the approvals leave open, in words. Of clues as far as views of clues are in it."""
    kinds = set(
        ShareView.objects.filter(
            tenant_id=share.tenant_id, grant=share, edition=share.edition
        ).values_list("kind", flat=True)
    )
    found = lacking(
        [Shareable(kind) for kind in kinds],
        share.tenant_id,
        approvals,
        offered_by_director=offered_by_director(share),
    )
    return [LACK_TITLES[one] for one in found]


def hands_on_share(actor: Actor, share: ShareGrant) -> frozenset[Hand]:
    """None, once its owner is no more: there is nobody whose record an act would be in."""
    if share.tenant.closed_on is not None:
        return frozenset()
    if share.tenant_id == actor.tenant_id:
        return frozenset(hand for may, hand in OWNERS_HANDS.items() if actor.may(may))
    if share.receiver_id == actor.tenant_id:
        return frozenset({Hand.RECEIVER} if actor.may(Permission.ASK_FOR_SHARES) else ())
    is_watched = share.watcher_id == actor.tenant_id and Shareable.CLUE in share.shareables
    may_watch = is_watched and actor.may(Permission.WATCH_CLUE_SHARES)
    return frozenset({Hand.CITY_DIRECTOR} if may_watch else ())


def views_of(actor: Actor, share: ShareGrant) -> QuerySet[ShareView]:
    """As the owner prepared them, the edition of now: none to whom a clue concerns."""
    return views_prepared(actor, share).filter(edition=share.edition)


def views_prepared(actor: Actor, share: ShareGrant) -> QuerySet[ShareView]:
    """Of every edition: what was shown in an earlier one is still to be told."""
    rows = ShareView.objects.filter(tenant_id=actor.tenant_id, grant=share).exclude(
        concerns=actor.name
    )
    if not may_know_of_clues(actor):
        rows = rows.exclude(kind=Shareable.CLUE.value)
    return rows.order_by("edition", "place")


def views_of_record(actor: Actor, kind: Shareable, number: int) -> QuerySet[ShareView]:
    """Which views others have of that record now: for its own page."""
    if not actor.may(Permission.VIEW_SHARES):
        return ShareView.objects.none()
    return ShareView.objects.filter(
        tenant_id=actor.tenant_id,
        kind=kind.value,
        object_id=number,
        edition=F("grant__edition"),
        grant__state="active",
        grant__until_on__gt=today(),
    )


def shown_to(actor: Actor, use: str = ShownView.Use.READING) -> QuerySet[ShownView]:
    """Views that the actor may open now. The database says the same by its policy."""
    may = (
        Permission.READ_SHARED_VIEWS
        if use == ShownView.Use.READING
        else Permission.WATCH_CLUE_SHARES
    )
    if not actor.may(may) or actor.on_behalf_of is not None:
        return ShownView.objects.none()
    return ShownView.objects.readable().filter(
        tenant_id=actor.tenant_id,
        use=use,
        taken_back_at__isnull=True,
        until_on__gt=today(),
        roles__overlap=sorted(actor.roles),
    )


def access_shown_view(actor: Actor, number: int) -> ShownView:
    """To read it, or to approve it."""
    found = shown_to(actor).filter(pk=number).select_related("sender").first()
    found = found or shown_to(actor, ShownView.Use.APPROVAL).filter(pk=number).first()
    if found is None:
        raise NotVisible(what="shared_view", number=number)
    return found


def access_view_to_read(actor: Actor, number: int) -> ShownView:
    """One in force: what is looked at to approve it leaves nothing behind."""
    found = shown_to(actor).filter(pk=number).first()
    if found is None:
        raise NotVisible(what="shared_view", number=number)
    return found


def disclosures_of(actor: Actor, share: ShareGrant) -> QuerySet[ShareDisclosure]:
    """Who was shown what of ours under that grant."""
    if not actor.may(Permission.VIEW_SHARES):
        return ShareDisclosure.objects.none()
    return ShareDisclosure.objects.filter(tenant_id=actor.tenant_id, grant_number=share.pk)


def shown_before(actor: Actor) -> QuerySet[ShareDisclosure]:
    """The actor's own lines: what they had open, which outlives the view."""
    if not _reads_views(actor):
        return ShareDisclosure.objects.none()
    return ShareDisclosure.objects.filter(sender_id=actor.tenant_id, person_id=actor.user_id)


def shown_to_us(actor: Actor, share: ShareGrant) -> QuerySet[ShareDisclosure]:
    """Who of our own office was shown what under a grant that we received."""
    if not actor.may(Permission.VIEW_SHARES):
        return ShareDisclosure.objects.none()
    return ShareDisclosure.objects.filter(sender_id=actor.tenant_id, grant_number=share.pk)


def behind_views(actor: Actor, numbers: Collection[int]) -> ShareGrantQuerySet:
    """The grants of views that the actor may open: whoever reads a view may know what was asked for."""
    if not _reads_views(actor):
        return ShareGrant.objects.none()
    return ShareGrant.objects.filter(receiver_id=actor.tenant_id, pk__in=numbers)


def notes_under(actor: Actor, number: int) -> OfficeQuerySet[ShareNote]:
    """What our people noted down from that grant's views."""
    rows = ShareNote.objects.readable_by(actor, Permission.READ_SHARED_VIEWS)
    rows = rows.filter(grant_number=number).exclude(concerns=actor.name)
    if not may_know_of_clues(actor):
        rows = rows.exclude(~Q(written_by_id=actor.user_id), kind=Shareable.CLUE.value)
    return rows


def groups_of(actor: Actor) -> OfficeQuerySet[ShareGroup]:
    return ShareGroup.objects.readable_by(actor, Permission.VIEW_SHARES)


def access_group(actor: Actor, number: int) -> ShareGroup:
    group: ShareGroup = ShareGroup.objects.one_readable_by(actor, Permission.VIEW_SHARES, number)
    return group


def _reads_views(actor: Actor) -> bool:
    may = actor.may(Permission.READ_SHARED_VIEWS) or actor.may(Permission.WATCH_CLUE_SHARES)
    return may and actor.on_behalf_of is None


def _knowable(actor: Actor) -> ShareGrantQuerySet:
    if not actor.may(Permission.VIEW_SHARES):
        return ShareGrant.objects.none()
    if may_know_of_clues(actor):
        return ShareGrant.objects.all()
    return ShareGrant.objects.exclude(kinds__contains=[Shareable.CLUE.value])
