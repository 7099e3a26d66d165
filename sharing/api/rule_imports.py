"""A workbook of rules on its way into the library."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from rest_framework import serializers

from httpapi.declarations import Call, Created, Workbook, acts, downloads, reads
from httpapi.endpoint import Endpoint
from httpapi.fields import Input, Output, Said
from sharing.domain.rulebook import Fate
from sharing.models.rules import RuleImport
from sharing.selectors.rules import RuleImportPage, rule_import_page
from sharing.services.importing_rules import (
    apply_rules,
    give_up_rules,
    rule_template,
    upload_rules,
)
from tenancy.domain.roles import Permission

KEEP = Permission.KEEP_RULES


class RuleUploadIn(Input):
    file = serializers.FileField(help_text="An xlsx workbook, or CSV.", allow_empty_file=True)


class RuleDraftOut(Output):
    title = serializers.CharField()
    edition = serializers.CharField(source="label")
    effective_from = serializers.DateField()
    is_repeal = serializers.BooleanField()
    articles = serializers.IntegerField(help_text="How many.")
    fate = serializers.ChoiceField(choices=[fate.value for fate in Fate])


class RuleFaultOut(Output):
    row = serializers.IntegerField()
    column = serializers.CharField()
    reason = Said()


class RuleImportOut(Output):
    number = serializers.IntegerField(source="upload.pk")
    state = serializers.ChoiceField(choices=RuleImport.State.values, source="upload.state")
    file_name = serializers.CharField(source="upload.file_name")
    rows_read = serializers.IntegerField(source="upload.rows_read")
    drafts = RuleDraftOut(many=True, help_text="What applying it would do; empty when it is over.")
    faults = RuleFaultOut(many=True, help_text="With any, nothing can be applied.")


class RuleImports(Endpoint):
    @acts(
        "upload_rules", KEEP, takes=RuleUploadIn, gives=RuleImportOut, status=201, takes_file=True
    )
    def post(self, call: Call) -> Any:
        """Upload a workbook. Its dry run is the reply; nothing is taken yet."""
        file = call.given["file"]
        upload = upload_rules(actor=call.actor, file_name=file.name, content=file.chunks())
        address = reverse("api:rule-import", args=[upload.pk])
        return Created(_told(rule_import_page(call.actor, upload.pk)), address)


class RuleImportDetail(Endpoint):
    @reads("read_rule_import", KEEP, gives=RuleImportOut)
    def get(self, call: Call, number: int) -> Any:
        """The dry run, or how it ended."""
        return _told(rule_import_page(call.actor, number))


class ApplyRules(Endpoint):
    @acts("apply_rule_import", KEEP, gives=RuleImportOut)
    def post(self, call: Call, number: int) -> Any:
        """Take what the library lacks."""
        apply_rules(actor=call.actor, number=number)
        return _told(rule_import_page(call.actor, number))


class GiveUpRules(Endpoint):
    @acts("give_up_rule_import", KEEP, gives=RuleImportOut)
    def post(self, call: Call, number: int) -> Any:
        """Take nothing of it."""
        give_up_rules(actor=call.actor, number=number)
        return _told(rule_import_page(call.actor, number))


class RuleTemplate(Endpoint):
    @downloads("download_rule_template", KEEP)
    def get(self, call: Call) -> Any:
        """The empty workbook to fill in."""
        return Workbook(rule_template(actor=call.actor), "规则库.xlsx")


def _told(page: RuleImportPage) -> dict[str, Any]:
    return {
        "upload": page.upload,
        "drafts": [one | {"articles": len(one["articles"])} for one, _ in page.drafts],
        "faults": [one | {"reason": words} for one, words in page.faults],
    }
