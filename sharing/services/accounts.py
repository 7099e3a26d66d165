"""Saying which account somebody of the own roster has, so that they can work in a team's room."""

from __future__ import annotations

from django.db import transaction

from kernel.clock import now
from sharing.access.accounts import Rostered, access_person_to_link, accounts_visible_to
from sharing.domain.authorisations import bears_the_name
from sharing.errors.authorising import AccountNotFound, AccountSitsInRoom, AccountTaken
from sharing.models.authorisations import PersonAccount
from tenancy import audit
from tenancy.actor import Actor
from tenancy.db import refused_as
from tenancy.models import User
from tenancy.services.sign_in import canonical_username


@transaction.atomic
def link_account(*, actor: Actor, number: int, username: str) -> PersonAccount:
    """Person `number` of the own roster signs in with that account. Linking the same twice is once.

    A wrong name, a closed account, one of an administrator and one that is not there are refused
    alike (`AccountNotFound`): who has accounts is nobody's to find out here. `AccountTaken`.
    """
    person = access_person_to_link(actor, number)
    refusal = AccountNotFound(username=username.strip())
    account = User.objects.filter(username=canonical_username(username), is_active=True).first()
    if account is None or not bears_the_name(account.display_name, person.name):
        raise refusal
    known = _link_of(actor, person)
    if known is not None and known.user_id == account.pk:
        return known
    refusals = {
        "person_account_of_that_name": refusal,
        "person_account_of_no_administrator": refusal,
        "person_account_once_per_person": AccountTaken(),
        "person_account_once_per_account": AccountTaken(),
    }
    with refused_as(refusals):
        link = PersonAccount.objects.create(
            tenant_id=actor.tenant_id,
            person_number=person.number,
            user=account,
            linked_by=actor.name,
            linked_at=now(),
        )
    audit.record(actor, "sharing.account.linked", link, account=account.pk)
    return link


@transaction.atomic
def unlink_account(*, actor: Actor, number: int) -> None:
    """Nothing that was done ends by it. Refused while they sit in an open room. Twice is once."""
    person = access_person_to_link(actor, number)
    link = _link_of(actor, person)
    if link is None:
        return
    sits = AccountSitsInRoom(person=person.name)
    with refused_as({"person_account_in_no_open_room": sits}):
        accounts_visible_to(actor).filter(pk=link.pk).delete()
    audit.record(actor, "sharing.account.unlinked", link, account=link.user_id)


def _link_of(actor: Actor, person: Rostered) -> PersonAccount | None:
    return accounts_visible_to(actor).filter(person_number=person.number).first()
