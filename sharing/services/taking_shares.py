"""Documents of shares: the certificate of a disclosure, and the copy of a view where the grant allows one."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from kernel.clock import CHINA, now
from sharing.documents.disclosure_certificate import TITLE as CERTIFICATE
from sharing.documents.disclosure_certificate import (
    DisclosureCertificate,
    ShownLine,
    disclosure_certificate_docx,
)
from sharing.documents.naming import file_name
from sharing.documents.shared_view import TITLE as COPY
from sharing.documents.shared_view import SharedViewCopy, shared_view_docx
from sharing.domain.disclosures import Way
from sharing.domain.grants import PURPOSE_TITLES, Purpose
from sharing.domain.shared_views import FIELDS, KIND_TITLES, Shareable
from sharing.errors.shares import ShareNeverInForce
from sharing.models.share_grants import ShareGrant
from sharing.selectors.share_reach import ReachPage, reach_page
from sharing.selectors.share_reach import ShownLine as Told
from sharing.services.showing_views import Showing, show_view
from sharing.services.taking_away import TakenDocument, office_of, sent, taken
from tenancy import audit
from tenancy.actor import Actor


@transaction.atomic
def take_certificate(*, actor: Actor, number: int) -> TakenDocument:
    """Who was shown what under our grant, up to now. `ShareNeverInForce`."""
    page = reach_page(actor, number)
    share = page.line.share
    if share.granted_at is None:
        raise ShareNeverInForce
    certificate = _certificate(page, share.granted_at)
    content = disclosure_certificate_docx(certificate, sent(office_of(actor)))
    audit.record(
        actor,
        "sharing.share_grant.certified",
        share,
        lines=len(page.lines),
        digest=page.certificate[:16],
    )
    return TakenDocument(file_name(CERTIFICATE, share.receiver.short_name, str(share.pk)), content)


@transaction.atomic
def take_shared_view(*, actor: Actor, number: int) -> TakenDocument:
    """A copy with its marks; shown by the way `export`, of which the owner gets the line.
    `ViewNotCarried`; `NotVisible`."""
    showing = show_view(actor=actor, number=number, way=Way.EXPORT)
    office = office_of(actor)
    content = shared_view_docx(_copy(actor, showing, office), taken(actor, office))
    shown = showing.shown
    kind = KIND_TITLES[Shareable(shown.kind)].zh
    return TakenDocument(file_name(COPY, shown.sender.short_name, kind, str(shown.pk)), content)


def _certificate(page: ReachPage, granted_at: datetime) -> DisclosureCertificate:
    share = page.line.share
    return DisclosureCertificate(
        number=str(share.pk),
        owner=share.tenant.name,
        receiver=share.receiver.name,
        purpose=share.purpose_title.zh,
        basis=share.basis,
        since=granted_at.astimezone(CHINA).date(),
        until=share.until_on,
        taken_back_on=_taken_back_on(share),
        lines=[_line(one) for one in page.lines],
        digest=page.certificate,
        as_of=now(),
    )


def _taken_back_on(share: ShareGrant) -> date | None:
    return share.ended_at.astimezone(CHINA).date() if share.ended_at else None


def _line(one: Told) -> ShownLine:
    return ShownLine(
        at=one.row.at,
        person=one.row.person_name,
        office=one.office.name,
        role=one.role.zh,
        way=one.way.zh,
        place=one.row.place,
        kind=one.kind.zh,
        record=one.record,
        fields=tuple(title.zh for title in one.fields),
        version=one.row.digest,
    )


def _copy(actor: Actor, showing: Showing, office: str) -> SharedViewCopy:
    shown, kind = showing.shown, Shareable(showing.shown.kind)
    return SharedViewCopy(
        owner=shown.sender.name,
        receiver=office,
        taken_by=actor.name,
        taken_at=now(),
        kind=KIND_TITLES[kind].zh,
        purpose=PURPOSE_TITLES[Purpose(shown.purpose)].zh,
        until=shown.until_on,
        digest=shown.digest,
        fields=[(FIELDS[kind][name].title.zh, said) for name, said in showing.view.shown.items()],
    )
