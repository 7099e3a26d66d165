"""Files of a paper's evidence, for tests."""

from __future__ import annotations

from sharing.models.attachments import Attachment
from sharing.models.papers import WorkingPaper
from sharing.services.evidence_files import add_evidence_file
from tests.people import acting
from tests.teams import Team

NOTES = "党组会记录摘抄".encode()


def handed_in(
    team: Team, paper: WorkingPaper, who: str = "mei", content: bytes = NOTES
) -> Attachment:
    """A text for the first line of the newest version, not cleaned yet."""
    actor = team.actor(who)
    with acting(actor):
        return add_evidence_file(
            actor=actor, number=paper.pk, line=1, file_name="记录.txt", content=[content]
        )
