"""What was published: frozen documents with their hashes, and their withdrawal."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from httpapi.declarations import Call, Document, acts, hands_out, lists, reads
from httpapi.endpoint import Endpoint
from httpapi.fields import Input, Number, Output
from scheduling.api.differences import DifferenceOut, difference_shown
from scheduling.api.words import WordsIn
from scheduling.models.publications import Publication
from scheduling.selectors.publication import PublicationPage, publication_page
from scheduling.selectors.publication_list import publications_part
from scheduling.services.publishing import withdraw_publication
from scheduling.services.taking import take_document
from tenancy.domain.roles import Permission


class PublicationsQuery(Input):
    round = Number(required=False, help_text="Of this round only.")


class PublicationLineOut(Output):
    number = serializers.IntegerField(source="pk")
    round = serializers.IntegerField(source="round_id")
    round_name = serializers.CharField(source="round.name")
    plan = serializers.IntegerField(source="plan_id")
    edition = serializers.IntegerField(
        source="number", help_text="Counts what was published of the round."
    )
    published_by = serializers.CharField()
    published_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True, help_text="null: in force.")
    ending = serializers.ChoiceField(choices=Publication.Ending.values, allow_blank=True)
    ended_by = serializers.CharField(allow_blank=True)
    ended_because = serializers.CharField(allow_blank=True)
    plan_sha256 = serializers.CharField(help_text="Of the document's bytes.")
    input_sha256 = serializers.CharField(help_text="Of the question that the plan answers.")
    rules_sha256 = serializers.CharField()
    engine = serializers.CharField()


class PublicationOut(PublicationLineOut):
    difference = DifferenceOut(allow_null=True, help_text="To the version that it corrects.")
    has_begun = serializers.BooleanField(help_text="The round: it can be corrected only.")
    may_withdraw = serializers.BooleanField()


class Publications(Endpoint):
    @lists(
        "list_publications", Permission.VIEW_PLAN, gives=PublicationLineOut, asks=PublicationsQuery
    )
    def get(self, call: Call) -> Any:
        """Every published version of the office, or of one round, newest first."""
        return publications_part(call.actor, call.window, round_number=call.asked.get("round"))


class OnePublication(Endpoint):
    @reads("read_publication", Permission.VIEW_PLAN, gives=PublicationOut)
    def get(self, call: Call, number: int) -> Any:
        """A published version with its hashes, and what it changed."""
        return publication_shown(publication_page(call.actor, number))


class PublicationDocument(Endpoint):
    @hands_out("download_publication", Permission.EXPORT_PLAN)
    def get(self, call: Call, number: int) -> Any:
        """The plan as it was published, `round-plan/1`: the bytes of `plan_sha256`."""
        taken = take_document(actor=call.actor, number=number)
        return Document(taken.content, taken.file_name)


class WithdrawPublication(Endpoint):
    @acts("withdraw_publication", Permission.PUBLISH_PLAN, takes=WordsIn, gives=PublicationOut)
    def post(self, call: Call, number: int) -> Any:
        """Take the plan out of force before its round begins. `words` say why, and are needed."""
        withdraw_publication(actor=call.actor, number=number, **call.given)
        return publication_shown(publication_page(call.actor, number))


def publication_shown(page: PublicationPage) -> dict[str, Any]:
    made = page.publication
    fields = ("pk", "round_id", "round", "plan_id", "number", "published_by", "published_at",
              "ended_at", "ending", "ended_by", "ended_because", "plan_sha256", "input_sha256",
              "rules_sha256", "engine")  # fmt: skip
    return {field: getattr(made, field) for field in fields} | {
        "difference": difference_shown(page.difference),
        "has_begun": page.has_begun,
        "may_withdraw": page.may_withdraw,
    }
