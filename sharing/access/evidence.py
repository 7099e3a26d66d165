"""Who reads the files of a paper: exactly who may read the version whose evidence they are."""

from __future__ import annotations

from kernel.errors import NotVisible
from sharing.access.attachments import attached
from sharing.access.papers import findings_visible_to, papers_of_mine, versions_told
from sharing.models.attachments import Attachment
from sharing.models.evidence_files import EvidenceFile
from sharing.models.papers import PaperEvidence, PaperVersion
from tenancy.actor import Actor
from tenancy.domain.roles import Permission


@attached("working_paper", EvidenceFile)
def access_evidence(actor: Actor, number: int) -> PaperEvidence:
    """A line of the evidence, for whoever may read the version that it is of."""
    found = (
        PaperEvidence.objects.filter(tenant_id=actor.tenant_id, pk=number)
        .select_related("version")
        .first()
    )
    if found is None or not _reads(actor, found.version):
        raise NotVisible(what="paper_evidence", number=number)
    return found


def tells_who_handed_in(actor: Actor, attachment: Attachment) -> bool:
    """Of a file of the evidence the team and the office alone learn who handed it in: the finder."""
    hanging = EvidenceFile.objects.filter(
        tenant_id=actor.tenant_id, attachment_id=attachment.pk, detached_at__isnull=True
    )
    if actor.may(Permission.VIEW_REPORTS) or not hanging.exists():
        return True
    mine = papers_of_mine(actor).values("pk")
    return hanging.filter(subject__version__paper_id__in=mine).exists()


def _reads(actor: Actor, version: PaperVersion) -> bool:
    """The team every one; the office those that were in a report; others the one that was fed back."""
    if papers_of_mine(actor).filter(pk=version.paper_id).exists():
        return True
    finding = findings_visible_to(actor).filter(pk=version.paper_id).first()
    if finding is None:
        return False
    told = versions_told(finding)
    return version.number in (told if actor.may(Permission.VIEW_REPORTS) else told[-1:])
