"""Problems of the years before, and the workbooks by which they come in."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from rest_framework import serializers

from httpapi.declarations import Call, Created, Workbook, acts, downloads, lists, reads
from httpapi.endpoint import Endpoint
from httpapi.fields import Input, Output
from sharing.api.ledger_shapes import (
    LedgerImportOut,
    LedgerQuoteOut,
    LedgerRowOut,
    LedgerRowsQuery,
    LedgerUploadIn,
    import_told,
    rows_told,
)
from sharing.domain.ledgers import PAST_STATES
from sharing.selectors.ledgers import (
    PastSieve,
    past_problem_page,
    past_problems_part,
    problem_import_page,
    problem_rows_part,
)
from sharing.services.past_problems import (
    cancel_problems,
    confirm_problems,
    problem_template,
    upload_problems,
)
from tenancy.domain.roles import Permission

READ, IMPORT = Permission.VIEW_RECTIFICATION, Permission.CLOSE_RECTIFICATION
PAST_STATE_NAMES = [state.value for state in PAST_STATES]


class PastProblemsQuery(Input):
    q = serializers.CharField(required=False, max_length=100)
    unit = serializers.CharField(required=False, max_length=200)
    round_name = serializers.CharField(required=False, max_length=100)
    state = serializers.ChoiceField(choices=PAST_STATE_NAMES, required=False)


class PastProblemLineOut(Output):
    number = serializers.IntegerField(source="past.pk")
    round = serializers.CharField(source="past.round_name")
    unit = serializers.CharField(source="past.unit_name")
    issue = serializers.CharField(source="past.issue")
    category = serializers.CharField(source="past.category")
    state = serializers.ChoiceField(choices=PAST_STATE_NAMES, source="past.state")
    closed_on = serializers.DateField(source="past.closed_on", allow_null=True)


class PastProblemOut(Output):
    line = PastProblemLineOut()
    severity = serializers.CharField(source="past.severity")
    cents = serializers.IntegerField(source="past.cents", allow_null=True)
    lead = serializers.CharField(source="past.lead")
    department = serializers.CharField(source="past.department")
    measures = serializers.CharField(source="past.measures")
    served_on = serializers.DateField(source="past.served_on", allow_null=True)
    due_on = serializers.DateField(source="past.due_on", allow_null=True)
    remark = serializers.CharField(source="past.remark")
    quote = LedgerQuoteOut(
        many=True, source="past.quote", help_text="The cells as they were written."
    )
    row = serializers.IntegerField(source="past.row_no")
    imported_by = serializers.CharField(source="past.imported_by_name")
    imported_at = serializers.DateTimeField(source="past.imported_at")
    item = serializers.IntegerField(allow_null=True, help_text="The item as which it went on.")


class PastProblems(Endpoint):
    @lists("list_past_problems", READ, gives=PastProblemLineOut, asks=PastProblemsQuery)
    def get(self, call: Call) -> Any:
        """The office's past problems, the newest first."""
        asked = call.asked
        sieve = PastSieve(
            search=asked.get("q", ""),
            unit=asked.get("unit", ""),
            round_name=asked.get("round_name", ""),
            state=asked.get("state", ""),
        )
        return past_problems_part(call.actor, call.window, sieve)


class PastProblem(Endpoint):
    @reads("read_past_problem", READ, gives=PastProblemOut)
    def get(self, call: Call, number: int) -> Any:
        """One line of the ledger, as it was taken in."""
        return past_problem_page(call.actor, number)


class ProblemImports(Endpoint):
    @acts(
        "upload_problems",
        IMPORT,
        takes=LedgerUploadIn,
        gives=LedgerImportOut,
        status=201,
        takes_file=True,
    )
    def post(self, call: Call) -> Any:
        """Upload a ledger of problems. Its dry run is the reply; nothing is taken yet."""
        file = call.given["file"]
        done = upload_problems(actor=call.actor, file_name=file.name, content=file.chunks())
        page = problem_import_page(call.actor, done.upload.pk)
        address = reverse("api:problem-import", args=[done.upload.pk])
        return Created(import_told(page, is_known=done.is_known), address)


class ProblemImportDetail(Endpoint):
    @reads("read_problem_import", IMPORT, gives=LedgerImportOut)
    def get(self, call: Call, number: int) -> Any:
        """How many rows would become what, or became."""
        return import_told(problem_import_page(call.actor, number))


class ProblemImportRows(Endpoint):
    @lists("list_problem_import_rows", IMPORT, gives=LedgerRowOut, asks=LedgerRowsQuery)
    def get(self, call: Call, number: int) -> Any:
        """The rows of the dry run, each with what is wrong where; none when it is over."""
        fate = call.asked.get("fate", "")
        return rows_told(problem_rows_part(call.actor, number, call.window, fate))


class ConfirmProblems(Endpoint):
    @acts("confirm_problem_import", IMPORT, gives=LedgerImportOut)
    def post(self, call: Call, number: int) -> Any:
        """Take every line of it, or none."""
        confirm_problems(actor=call.actor, number=number)
        return import_told(problem_import_page(call.actor, number))


class CancelProblems(Endpoint):
    @acts("cancel_problem_import", IMPORT, gives=LedgerImportOut)
    def post(self, call: Call, number: int) -> Any:
        """Take nothing of it."""
        cancel_problems(actor=call.actor, number=number)
        return import_told(problem_import_page(call.actor, number))


class ProblemTemplate(Endpoint):
    @downloads("download_problem_template", IMPORT)
    def get(self, call: Call) -> Any:
        """The workbook to fill in, with the office's own units and classes to choose from."""
        return Workbook(problem_template(actor=call.actor), "问题台账.xlsx")
