"""What others are told by the bell after an act: in the act's transaction, and of no content."""

from __future__ import annotations

from collections.abc import Mapping

from scheduling.services.notices import tell
from sharing.domain import news
from sharing.models.authorisations import AuthorisationRequest
from sharing.models.hand_over import HandOverList
from sharing.models.letters import Letter
from sharing.models.office_clues import OfficeClue
from sharing.models.rectification import RectificationItem
from sharing.models.reports import InspectionReport
from sharing.models.steps import Living, Step
from sharing.services.walking import follows
from tenancy.actor import Actor

# By act: what is told in the office that keeps the record, and who sees it there (sharing.tasks.telling).
TOLD: Mapping[type[Living], Mapping[str, str]] = {
    Letter: {
        "sent": news.LETTER_RECEIVED,
        "replied": news.LETTER_REPLIED,
        "reply_returned": news.REPLY_RETURNED,
    },
    RectificationItem: {
        "plan_handed_in": news.ITEM_PLANNED,
        "plan_returned": news.ITEM_RETURNED,
        "claimed": news.ITEM_CLAIMED,
        "sent_back": news.ITEM_CLAIMED,
        "checked_basically": news.ITEM_RETURNED,
        "checked_not_done": news.ITEM_RETURNED,
        "reopened": news.ITEM_RETURNED,
    },
    InspectionReport: {"served": news.FEEDBACK_SERVED},
    OfficeClue: {
        "returned": news.CLUE_ANSWERED,
        "disposal_chosen": news.CLUE_ANSWERED,
        "result_told": news.CLUE_ANSWERED,
        "asked_again": news.CLUE_ASKED,
    },
}


def _tell(actor: Actor, record: Living, step: Step) -> None:
    kind = TOLD[type(record)].get(step.act)
    if kind is not None:
        tell(actor=actor, office=record.tenant_id, kind=kind, number=record.pk)


for _model in TOLD:
    follows(_model)(_tell)


def tell_of_items(actor: Actor, first: RectificationItem) -> None:
    """Once for all that were laid before a unit together: the notice leads to the first."""
    tell(actor=actor, office=first.tenant_id, kind=news.ITEM_ASSIGNED, number=first.pk)


def tell_of_list(actor: Actor, list_: HandOverList, kind: str) -> None:
    tell(actor=actor, office=list_.tenant_id, kind=kind, number=list_.pk)


def tell_of_team(actor: Actor, asked: AuthorisationRequest, kind: str) -> None:
    """The other office: who is asked, or who asked. Where both are one, it is told itself."""
    is_ours = actor.tenant_id == asked.sender_id
    other = asked.tenant_id if is_ours else asked.sender_id
    tell(actor=actor, office=other, kind=kind, number=asked.pk)
