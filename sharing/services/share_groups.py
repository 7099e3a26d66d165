"""Groups of offices to share with. A grant names offices: who joins a group is given nothing by it."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from datetime import timedelta

from django.db import transaction

from kernel.clock import CHINA, today
from sharing.access.shares import access_group
from sharing.domain.grants import Group, Purpose, receivers_of, to_be_asked_for
from sharing.domain.shared_views import Shareable
from sharing.errors.shares import ShareGroupNameTaken, ShareOfficeUnknown, ShareOfNoOffice
from sharing.models.share_grants import ShareGrant
from sharing.models.share_groups import ShareGroup, ShareGroupUse
from sharing.services.asking_for_shares import Asked, offer_shares
from tenancy import audit
from tenancy.actor import Actor
from tenancy.db import refused_as
from tenancy.domain.roles import Permission

AT_LEAST = timedelta(days=1)


@transaction.atomic
def keep_group(
    *, actor: Actor, name: str, offices: Collection[int], number: int | None = None
) -> ShareGroup:
    """A new one, or the one of that number changed. Whoever leaves keeps what is in force until it is
    taken back. `ShareOfNoOffice`, `ShareOfficeUnknown`, `ShareGroupNameTaken`."""
    _must_prepare(actor)
    group = ShareGroup(tenant_id=actor.tenant_id) if number is None else access_group(actor, number)
    group.name, group.members = name.strip(), sorted(set(offices))
    refusals = {
        "share_group_of_neighbours": ShareOfficeUnknown(),
        "share_group_name_once": ShareGroupNameTaken(name=group.name),
    }
    if not group.members:
        raise ShareOfNoOffice
    with refused_as(refusals):
        group.save(
            force_insert=number is None,
            update_fields=None if number is None else ["name", "members"],
        )
    group.refresh_from_db()
    audit.record(actor, "sharing.share_group.kept", group, offices=len(group.members))
    return group


@transaction.atomic
def offer_to_group(
    *, actor: Actor, number: int, asked: Asked, besides: Collection[int] = ()
) -> Sequence[ShareGrant]:
    """One grant for each member of today, and for each office `besides`: no office gets two."""
    members = members_to_offer(actor, number)
    group, batch = access_group(actor, number), uuid.uuid4()
    made = offer_shares(actor=actor, offices=members | set(besides), asked=asked, batch=batch)
    ShareGroupUse.objects.create(tenant_id=actor.tenant_id, group=group, batch=batch)
    return made


def members_to_offer(actor: Actor, number: int) -> frozenset[int]:
    group = access_group(actor, number)
    return receivers_of(Group(group.name, frozenset(group.members)), actor.tenant_id)


def not_asked_yet(actor: Actor, group: ShareGroup) -> Sequence[tuple[ShareGrant, frozenset[int]]]:
    """What is in force for the group, and members who joined since: each needs a grant of its own."""
    found = []
    for use in group.uses.order_by("-pk"):
        granted = ShareGrant.objects.filter(tenant_id=actor.tenant_id, batch=use.batch)
        first = granted.order_by("pk").first()
        offices = set(granted.values_list("receiver_id", flat=True))
        named = Group(group.name, frozenset(group.members))
        later = to_be_asked_for(named, actor.tenant_id, offices)
        if first is not None and later:
            found.append((first, later))
    return found


@transaction.atomic
def offer_to_joined(*, actor: Actor, number: int, first: int) -> Sequence[ShareGrant]:
    """The same, on the terms of grant `first` of the group, to members who joined since: as grants of
    their own, each to be prepared and approved. None joined: nothing is made."""
    group = access_group(actor, number)
    for grant, joined in not_asked_yet(actor, group):
        if grant.pk == first:
            asked = _asked_before(grant)
            return offer_shares(actor=actor, offices=joined, asked=asked, batch=grant.batch)
    return []


def _asked_before(grant: ShareGrant) -> Asked:
    """With as many days from today as it had from the day on which it was offered."""
    days = grant.until_on - grant.asked_at.astimezone(CHINA).date() if grant.asked_at else AT_LEAST
    return Asked(
        purpose=Purpose(grant.purpose),
        basis=grant.basis,
        wanted=grant.wanted,
        kinds=grant.shareables,
        roles=grant.roles,
        until_on=today() + days,
        unit=grant.unit,
        words=grant.words,
        happened_from=grant.happened_from,
        happened_until=grant.happened_until,
        fields={Shareable(kind): names for kind, names in grant.fields.items()},
        may_export=grant.may_export,
    )


def _must_prepare(actor: Actor) -> None:
    if not {Permission.PREPARE_SHARES, Permission.APPROVE_SHARES} & actor.permissions:
        actor.must(Permission.PREPARE_SHARES)
