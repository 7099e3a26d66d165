"""Who may read an attachment: exactly who may read a record that it hangs on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeVar

from django.db.models import QuerySet

from kernel.errors import DomainError, NotVisible
from sharing.models.attachments import AttachedTo, Attachment
from tenancy.actor import Actor
from tenancy.domain.roles import Permission

# Fetches the record, or refuses: `access_paper(actor, number)`.
Access = TypeVar("Access", bound=Callable[[Actor, int], Any])


# The column that each concrete table of links adds.
SUBJECT: str = "subject"


@dataclass(frozen=True, slots=True)
class Attached:
    """`link`: the table that says what hangs on records of this kind. `access`: who may read one."""

    link: type[AttachedTo]
    access: Callable[[Actor, int], Any]


_ATTACHED: dict[str, Attached] = {}
ATTACHED: Mapping[str, Attached] = MappingProxyType(_ATTACHED)


def attached(kind: str, link: type[AttachedTo]) -> Callable[[Access], Access]:
    """Register who may read a record of that kind, and so what hangs on it::

        @attached("working_paper", PaperEvidence)
        def access_paper(actor: Actor, number: int) -> Paper: ...

    The module stands in `sharing.access`, and `sharing.apps` imports it.
    """

    def register(access: Access) -> Access:
        if kind in _ATTACHED:
            raise ValueError(f"Two kinds of records are called {kind}.")
        _ATTACHED[kind] = Attached(link, access)
        return access

    return register


def access_attachment(actor: Actor, number: int) -> Attachment:
    """The attachment, for whoever may read one of the records that it hangs on. Not there, not
    yours, and hanging on nothing are one and the same refusal."""
    found = (
        Attachment.objects.filter(tenant_id=actor.tenant_id, pk=number)
        .select_related("taken_in_by", "job")
        .first()
    )
    if found is None or not any(_is_readable(one, actor, number) for one in _ATTACHED.values()):
        raise NotVisible(what="attachment", number=number)
    return found


def access_original(actor: Actor, number: int) -> Attachment:
    """For a custodian who may read a record that it hangs on."""
    found = access_attachment(actor, number)
    actor.must(Permission.OPEN_ORIGINALS)
    return found


def _is_readable(one: Attached, actor: Actor, number: int) -> bool:
    hangs_on = links(actor, one.link, attachment_id=number)
    return any(_may_read(one, actor, key) for key in hangs_on.values_list(SUBJECT, flat=True))


def _may_read(one: Attached, actor: Actor, subject: int) -> bool:
    try:
        one.access(actor, subject)
    except DomainError:
        return False
    return True


def attachments_of(actor: Actor, link: type[AttachedTo], subject: int) -> list[Attachment]:
    """What hangs on one record, in the order in which it came. The caller has fetched the record
    by its own access."""
    hanging = links(actor, link, subject=subject)
    found = Attachment.objects.filter(
        tenant_id=actor.tenant_id, pk__in=hanging.values("attachment")
    ).select_related("taken_in_by", "job")
    return list(found.order_by("pk"))


def attachments_by_subject(
    actor: Actor, link: type[AttachedTo], subjects: Iterable[int]
) -> dict[int, list[Attachment]]:
    """The same of several records at once, by their numbers."""
    hanging = links(actor, link, subject__in=list(subjects)).order_by("attachment_id")
    rows = hanging.select_related("attachment__taken_in_by", "attachment__job")
    found: dict[int, list[Attachment]] = {}
    for row in rows:
        found.setdefault(getattr(row, f"{SUBJECT}_id"), []).append(row.attachment)
    return found


def links(actor: Actor, link: type[AttachedTo], **which: Any) -> QuerySet[AttachedTo]:
    """The links of the actor's office that hold, narrowed by `attachment_id` or `subject`."""
    return link._default_manager.filter(
        tenant_id=actor.tenant_id, detached_at__isnull=True, **which
    )
