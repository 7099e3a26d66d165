"""Official documents as docx, each beside its record."""

from __future__ import annotations

from typing import Any

from httpapi.declarations import Call, File, writes_out
from httpapi.endpoint import Endpoint
from sharing.api.clue_ledger import EITHER as LIST_READERS
from sharing.api.letters import READERS as LETTER_READERS
from sharing.api.rectification import READERS as ITEM_READERS
from sharing.selectors.reports import READS as REPORT_READERS
from sharing.services import taking_away
from sharing.services.taking_away import TakenDocument
from tenancy.domain.roles import Permission


class LetterDocument(Endpoint):
    @writes_out("download_letter", LETTER_READERS)
    def get(self, call: Call, number: int) -> Any:
        """The letter as it is sent; before the signature a draft that says so."""
        return _file(taking_away.take_letter(actor=call.actor, number=number))


class HandOverDocument(Endpoint):
    @writes_out("download_hand_over_list", LIST_READERS)
    def get(self, call: Call, number: int) -> Any:
        """The list with both signatures, as it is printed."""
        return _file(taking_away.take_hand_over_list(actor=call.actor, number=number))


class PaperDocument(Endpoint):
    @writes_out("download_paper", Permission.WORK_IN_ROOM)
    def get(self, call: Call, number: int) -> Any:
        """The working paper as it stands now, for its team."""
        return _file(taking_away.take_working_paper(actor=call.actor, number=number))


class FeedbackDocument(Endpoint):
    @writes_out("download_feedback", REPORT_READERS)
    def get(self, call: Call, number: int) -> Any:
        """What is fed back to the unit; for the unit itself once it was served."""
        return _file(taking_away.take_feedback(actor=call.actor, number=number))


class PlanDocument(Endpoint):
    @writes_out("download_plan_of_rectification", ITEM_READERS)
    def get(self, call: Call, number: int) -> Any:
        """The plan with its three lists: the item's, and those of its unit and round beside it."""
        return _file(taking_away.take_plan(actor=call.actor, number=number))


class TalkDocument(Endpoint):
    @writes_out("download_talk", Permission.VIEW_RECTIFICATION)
    def get(self, call: Call, number: int) -> Any:
        """The record of a talk; of one that is to be held the form."""
        return _file(taking_away.take_talk(actor=call.actor, number=number))


class EvaluationDocument(Endpoint):
    @writes_out("download_evaluation", Permission.VIEW_RECTIFICATION)
    def get(self, call: Call, number: int) -> Any:
        """The sheet on a unit's rectification, with what was deducted and why."""
        return _file(taking_away.take_evaluation(actor=call.actor, number=number))


def _file(taken: TakenDocument) -> File:
    return File(taken.content, taken.file_name)
