"""The ways to this house's rows: own office only, one refusal for "not yours" and "not there"."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from kernel.errors import NotVisible
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.models import ApiToken, Job, Office, SeatChange, User, Webhook


def jobs_visible_to(actor: Actor) -> QuerySet[Job]:
    return Job.objects.filter(tenant_id=actor.tenant_id)


def access_job(actor: Actor, number: int) -> Job:
    row = jobs_visible_to(actor).filter(pk=number).first()
    if row is None:
        raise NotVisible(what="job", number=number)
    return row


def access_own_job(actor: Actor, number: int) -> Job:
    """A job that this person asked for. Those of colleagues are read where their work is."""
    row = jobs_visible_to(actor).filter(pk=number, created_by=actor.person_id).first()
    if row is None:
        raise NotVisible(what="job", number=number)
    return row


def own_tokens(actor: Actor) -> QuerySet[ApiToken]:
    """The tokens of this person in this office, newest first. Nobody sees a colleague's."""
    own = ApiToken.objects.filter(tenant_id=actor.tenant_id, user=actor.person_id)
    return own.order_by("-pk")


def access_own_token(actor: Actor, number: int) -> ApiToken:
    token = own_tokens(actor).filter(pk=number).first()
    if token is None:
        raise NotVisible(what="token", number=number)
    return token


def webhooks_visible_to(actor: Actor) -> QuerySet[Webhook]:
    """Those of the actor's office, newest first, for whoever manages them."""
    if not actor.may(Permission.MANAGE_WEBHOOKS):
        return Webhook.objects.none()
    return Webhook.objects.filter(tenant_id=actor.tenant_id).order_by("-pk")


def access_webhook(actor: Actor, number: int) -> Webhook:
    webhook = webhooks_visible_to(actor).filter(pk=number).first()
    if webhook is None:
        raise NotVisible(what="webhook", number=number)
    return webhook


def related_offices(actor: Actor) -> QuerySet[Office]:
    """Whom the actor's office may hand rows to: itself, its parent, its children."""
    own = Office.objects.filter(pk=actor.tenant_id)
    return (
        own
        | Office.objects.filter(pk__in=own.values("parent_id"))
        | Office.objects.filter(parent_id=actor.tenant_id)
    )


def neighbours_of(actor: Actor) -> QuerySet[Office]:
    """Whom the actor's office may ask for something: the others of its city, and the city; of a city
    its counties. None that is abolished."""
    above = Office.objects.filter(pk=actor.tenant_id, parent__kind=Office.Kind.CITY)
    city = above.values("parent_id")
    beside = Q(parent_id=actor.tenant_id) | Q(pk__in=city) | Q(parent_id__in=city)
    return Office.objects.filter(beside, closed_on__isnull=True).exclude(pk=actor.tenant_id)


def child_offices(actor: Actor) -> QuerySet[Office]:
    """The counties of a city, in the order of their names."""
    return Office.objects.filter(parent_id=actor.tenant_id).order_by("name_key")


def seat_changes_visible_to(actor: Actor) -> QuerySet[SeatChange]:
    """Administrators: all. An office's director: what is proposed about the office's seats."""
    if not actor.may(Permission.PROPOSE_SEATS):
        return SeatChange.objects.none()
    own = SeatChange.objects.filter(Q(tenant_id=actor.tenant_id) | Q(sender_id=actor.tenant_id))
    return _with_people(own)


def proposals_of_deputies(actor: Actor) -> QuerySet[SeatChange]:
    """One's own deputies, as they were proposed; of who proposes seats, all that they propose of."""
    named = seat_changes_visible_to(actor)
    if actor.may(Permission.NAME_DEPUTY) and not actor.may(Permission.PROPOSE_SEATS):
        own = SeatChange.objects.filter(sender_id=actor.tenant_id, principal_id=actor.person_id)
        named = _with_people(own)
    return named.filter(kind=SeatChange.Kind.DEPUTISE)


def _with_people(changes: QuerySet[SeatChange]) -> QuerySet[SeatChange]:
    people = ("person", "proposed_by", "decided_by", "principal", "to_office")
    return changes.select_related("sender", *people).order_by("-pk")


def access_seat_change(actor: Actor, number: int) -> SeatChange:
    change = seat_changes_visible_to(actor).filter(pk=number).first()
    if change is None:
        raise NotVisible(what="seat change", number=number)
    return change


def accounts_visible_to(actor: Actor, *, named: str = "") -> QuerySet[User]:
    """Every account, for whoever manages accounts; `named`: with that in one of its names. Others
    see people by their seats."""
    if not actor.may(Permission.MANAGE_ACCOUNTS):
        return User.objects.none()
    part = named.replace("\0", "").strip()
    found = Q(username__icontains=part) | Q(display_name__icontains=part)
    return User.objects.filter(found).order_by("username")


def access_account(actor: Actor, number: int) -> User:
    account = accounts_visible_to(actor).filter(pk=number).first()
    if account is None:
        raise NotVisible(what="account", number=number)
    return account


def offices_of_the_tree(actor: Actor) -> QuerySet[Office]:
    """The directory of offices, for those who make offices or seats; a director's own alone."""
    if actor.may(Permission.MANAGE_OFFICES) or actor.may(Permission.DECIDE_SEATS):
        return Office.objects.select_related("successor")
    return Office.objects.filter(pk=actor.tenant_id).select_related("successor")


def access_office(actor: Actor, number: int) -> Office:
    office = offices_of_the_tree(actor).filter(pk=number).first()
    if office is None or not actor.may(Permission.MANAGE_OFFICES):
        raise NotVisible(what="office", number=number)
    return office


def office_names() -> list[tuple[int, str]]:
    """Every office's number and short name, in the order of the names."""
    return list(Office.objects.order_by("name_key").values_list("pk", "short_name"))
