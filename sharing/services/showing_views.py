"""Showing what was shared, which is writing down who was shown it; and noting something down from it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from kernel.errors import NotVisible
from sharing.access.shares import access_shown_view, access_view_to_read
from sharing.domain.disclosures import Way
from sharing.domain.shared_views import View, view_from
from sharing.errors.shares import ViewNotCarried
from sharing.models.share_grants import ShareNote, ShownView
from tenancy import audit
from tenancy.actor import Actor
from tenancy.db import ask, refused_by


@dataclass(frozen=True, slots=True)
class Showing:
    shown: ShownView
    view: View


@transaction.atomic
def show_view(*, actor: Actor, number: int, way: Way) -> Showing:
    """The words of a view that is shown to the actor now. The owner's line of it and our record's are
    in the transaction of the answer: without them there is none. `ViewNotCarried`; `NotVisible` the
    moment it is over, taken back or narrowed."""
    shown = access_shown_view(actor, number)
    with refused_by("share_carried_where_allowed", ViewNotCarried()):
        content = ask("SELECT sec.show_view(%s, %s)", shown.pk, way.value)
    if content is None:
        raise NotVisible(what="shared_view", number=number)
    audit.record(actor, "sharing.shared_view.shown", shown, way=way.value, digest=shown.digest[:16])
    return Showing(shown, view_from(content))


@transaction.atomic
def note_from_view(*, actor: Actor, number: int, text: str) -> ShareNote:
    """Ours, and beside the view; its owner learns that there is one, and not what it says. `NotVisible`
    of a view that one looks at to approve it."""
    shown = access_view_to_read(actor, number)
    with refused_by("share_note_of_a_shown_view", NotVisible(what="shared_view", number=number)):
        note = ShareNote.objects.create(
            tenant_id=actor.tenant_id,
            view=shown.pk,
            grant_number=shown.grant_number,
            kind=shown.kind,
            digest=shown.digest,
            text=text.strip(),
            written_by_id=actor.person_id,
        )
    note.refresh_from_db()
    audit.record(actor, "sharing.shared_view.noted", note, view=shown.pk)
    return note
