"""Files of a paper's evidence: handed in, taken off, and taken along by a further version.

A version that was handed to the team meeting keeps its files, whoever reads it later: after it came back
a further version is written first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager

from django.db import transaction

from kernel.clock import now
from kernel.errors import NotVisible
from sharing.access.attachments import attachments_by_subject
from sharing.access.papers import access_paper, hands_on
from sharing.domain.life_cycle import Hand
from sharing.errors.evidence_files import EvidenceFileOfTheFinder, EvidenceStands, EvidenceUnknown
from sharing.models.attachments import Attachment
from sharing.models.evidence_files import EvidenceFile
from sharing.models.papers import PaperEvidence, WorkingPaper
from sharing.services.attaching import detach, take_in
from tenancy.actor import Actor
from tenancy.db import refused_as
from tenancy.visibility import OfficeQuerySet


@transaction.atomic
def add_evidence_file(
    *, actor: Actor, number: int, line: int, file_name: str, content: Iterable[bytes]
) -> Attachment:
    """Hand in a file for a line of the newest version: `line` is its position there. Besides the
    refusals of `take_in`: `EvidenceUnknown`, `EvidenceFileOfTheFinder`, `EvidenceStands`."""
    paper = _of_the_finder(actor, number)
    evidence = _newest(paper).filter(position=line).first()
    if evidence is None:
        raise EvidenceUnknown
    with _refused(paper):
        return take_in(
            actor=actor,
            link=EvidenceFile,
            subject=evidence.pk,
            file_name=file_name,
            content=content,
        )


@transaction.atomic
def take_off_evidence_file(*, actor: Actor, number: int, attachment: int) -> None:
    """Take a file off the newest version; earlier ones keep it."""
    paper = _of_the_finder(actor, number)
    hung = EvidenceFile.objects.filter(
        tenant_id=actor.tenant_id,
        attachment_id=attachment,
        detached_at__isnull=True,
        subject__in=_newest(paper).values("pk"),
    )
    on = list(hung.values_list("subject_id", flat=True))
    if not on:
        raise NotVisible(what="attachment", number=attachment)
    for subject in on:
        with _refused(paper):
            detach(actor=actor, link=EvidenceFile, subject=subject, number=attachment)


def take_along(
    actor: Actor, paper: WorkingPaper, before: int, made: Sequence[tuple[PaperEvidence, int | None]]
) -> None:
    """Hang on the lines of a further version what hangs on the lines that they were in version
    `before`; what was not taken in stays behind with its reason."""
    rows = PaperEvidence.objects.filter(
        tenant_id=paper.tenant_id, version__paper=paper, version__number=before
    )
    old = dict(rows.values_list("position", "pk"))
    files = attachments_by_subject(actor, EvidenceFile, old.values())
    EvidenceFile.objects.bulk_create(
        EvidenceFile(
            tenant_id=paper.tenant_id,
            subject=line,
            attachment=file,
            attached_by_id=actor.person_id,
            attached_at=now(),
        )
        for line, was in made
        for file in files.get(old.get(was or 0, 0), ())
        if file.state != Attachment.State.REFUSED
    )


def _of_the_finder(actor: Actor, number: int) -> WorkingPaper:
    paper = access_paper(actor, number)
    if Hand.FINDER not in hands_on(actor, paper):
        raise EvidenceFileOfTheFinder(finder=paper.finder_name)
    if not paper.may_change_files:
        raise EvidenceStands
    return paper


def _newest(paper: WorkingPaper) -> OfficeQuerySet[PaperEvidence]:
    return PaperEvidence.objects.filter(
        tenant_id=paper.tenant_id, version__paper=paper, version__number=paper.version
    )


def _refused(paper: WorkingPaper) -> AbstractContextManager[None]:
    return refused_as(
        {
            "evidencefile_in_ones_own_hand": EvidenceFileOfTheFinder(finder=paper.finder_name),
            "evidencefile_stands": EvidenceStands(),
        }
    )
