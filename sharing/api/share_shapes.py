"""What programs say and are told of shares."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from httpapi.fields import Input, Number, Output, Said, entries
from sharing.domain.grants import READERS, Purpose
from sharing.domain.shared_views import FIELDS, MOST_SPANS, Shareable
from sharing.selectors.share_lists import LISTS
from sharing.services.asking_for_shares import AT_ONCE
from sharing.services.preparing_shares import AT_ONCE as MOST_RECORDS

KINDS = [kind.value for kind in Shareable]
MOST_FIELDS = max(len(fields) for fields in FIELDS.values())
MOST_PHRASES = 50


def _names(kind: Shareable) -> Any:
    choices = serializers.ChoiceField(choices=list(FIELDS[kind]))
    return serializers.ListField(child=choices, max_length=MOST_FIELDS, required=False)


class SharesQuery(Input):
    list = serializers.ChoiceField(
        choices=list(LISTS),
        required=False,
        default="with_us",
        help_text="with_us: shown to us now; of_us: waits for us; by_us: asked by us; shared: granted"
        " by us; running_out: over within a fortnight; watched: between the city's counties.",
    )


class WantedFieldsIn(Input):
    finding = _names(Shareable.FINDING)
    clue = _names(Shareable.CLUE)
    rectification_item = _names(Shareable.ITEM)
    letter = _names(Shareable.LETTER)


class ShareTermsIn(Input):
    roles = serializers.ListField(
        child=serializers.ChoiceField(choices=sorted(READERS)),
        max_length=len(READERS),
        help_text="Who reads, in the receiving office.",
    )
    until_on = serializers.DateField(help_text="The first day on which nobody reads.")
    may_export = serializers.BooleanField(required=False, default=False)


class ShareWantedIn(ShareTermsIn):
    purpose = serializers.ChoiceField(choices=[one.value for one in Purpose])
    basis = serializers.CharField(max_length=300, help_text="Legal basis.")
    wanted = serializers.CharField(max_length=1000, help_text="What, in words.")
    kinds = serializers.ListField(
        child=serializers.ChoiceField(choices=KINDS), max_length=len(KINDS)
    )
    unit = serializers.CharField(
        max_length=200, required=False, default="", allow_blank=True, help_text="Of it alone."
    )
    words = serializers.CharField(
        max_length=200,
        required=False,
        default="",
        allow_blank=True,
        help_text="Of records alone that have these in title, name or number.",
    )
    happened_from = serializers.DateField(required=False, allow_null=True, default=None)
    happened_until = serializers.DateField(
        required=False, allow_null=True, default=None, help_text="The first day after."
    )
    fields = WantedFieldsIn(required=False, help_text="Those asked for; none: as needed.")  # type: ignore[assignment]


class SharesWantedIn(ShareWantedIn):
    offices = serializers.ListField(
        child=Number(), max_length=AT_ONCE, help_text="One grant each; each is decided by itself."
    )


class SpanIn(Input):
    field = serializers.CharField(max_length=30)
    start = serializers.IntegerField(min_value=0, max_value=1_000_000)
    end = serializers.IntegerField(
        min_value=0, max_value=1_000_000, help_text="The first character that is not hidden."
    )


class ToHideIn(Input):
    withheld = serializers.ListField(
        child=serializers.CharField(max_length=30),
        max_length=MOST_FIELDS,
        required=False,
        default=list,
        help_text="Fields that are not shown at all.",
    )
    spans = entries(SpanIn, MOST_SPANS, required=False, default=list)
    phrases = serializers.ListField(
        child=serializers.CharField(max_length=200),
        max_length=MOST_PHRASES,
        required=False,
        default=list,
        help_text="Hidden wherever they stand in it.",
    )


class RecordToShareIn(ToHideIn):
    kind = serializers.ChoiceField(choices=KINDS)
    record = Number(help_text="Its number: of a finding, of a clue in the register, and so on.")
    withheld = serializers.ListField(
        child=serializers.CharField(max_length=30),
        max_length=MOST_FIELDS,
        required=False,
        help_text="Fields that are not shown at all. Left out: those that were not asked for.",
    )


class PreparationIn(ShareTermsIn):
    records = entries(RecordToShareIn, MOST_RECORDS)


class FurtherIn(ToHideIn):
    place = serializers.IntegerField(min_value=1, max_value=MOST_RECORDS)


class NarrowingIn(Input):
    further = entries(FurtherIn, MOST_RECORDS, required=False, default=list)
    left_out = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=MOST_RECORDS),
        max_length=MOST_RECORDS,
        required=False,
        default=list,
        help_text="Places of views that are shown no more.",
    )
    reason = serializers.CharField(max_length=2000)


class ShareApprovalIn(Input):
    seen = serializers.CharField(max_length=64, help_text="The digest of what was looked at.")


class ShareReasonIn(Input):
    reason = serializers.CharField(max_length=2000)


class DestructionIn(Input):
    what = serializers.CharField(max_length=2000, help_text="What became of which copies.")


class ShareOfficeOut(Output):
    number = serializers.IntegerField(source="pk")
    name = serializers.CharField(source="short_name")


class ShareLineOut(Output):
    number = serializers.IntegerField(source="share.pk")
    owner = ShareOfficeOut(source="share.tenant")
    receiver = ShareOfficeOut(source="share.receiver")
    is_ours = serializers.BooleanField(help_text="Of the caller's office.")
    is_offered = serializers.BooleanField(source="share.is_offered")
    batch = serializers.UUIDField(
        allow_null=True, help_text="Of shares asked for or offered at once; to that office alone."
    )
    purpose = serializers.CharField(source="share.purpose")
    purpose_title = Said(source="share.purpose_title")
    kinds = serializers.ListField(source="share.kinds", child=serializers.CharField())
    wanted = serializers.CharField(source="share.wanted")
    state = serializers.CharField(source="share.state")
    state_title = Said(source="share.state_title")
    until_on = serializers.DateField(source="share.until_on")
    days_left = serializers.IntegerField(allow_null=True)
    asked_at = serializers.DateTimeField(source="share.asked_at")


class SharesMadeOut(Output):
    shares = ShareLineOut(many=True, source="*")


class ShareActOut(Output):
    act = serializers.CharField(source="name")
    title = Said()
    needs_reason = serializers.BooleanField()


class ShareStepOut(Output):
    act = serializers.CharField()
    by = serializers.CharField(source="by_name")
    at = serializers.DateTimeField()
    reason = serializers.CharField()


class ShareApprovalOut(Output):
    by = serializers.CharField(source="step.by_name")
    hand = Said()
    at = serializers.DateTimeField(source="step.at")
    counts = serializers.BooleanField(help_text="It is of the offer as it stands.")


class OpenViewOut(Output):
    number = serializers.IntegerField(source="pk", help_text="Of the shared view.")
    kind = serializers.CharField()


class ShareNoteOut(Output):
    text = serializers.CharField()
    by = serializers.CharField(source="written_by_name")
    at = serializers.DateTimeField(source="written_at")
    view = serializers.IntegerField(help_text="The shared view that it was made from.")
    digest = serializers.CharField()


class LackOut(Output):
    title = Said(source="*")


class ShareOut(Output):
    share = ShareLineOut(source="line")
    side = serializers.CharField(help_text="The caller's: owner, receiver or watcher.")
    basis = serializers.CharField(source="line.share.basis")
    unit = serializers.CharField(source="line.share.unit")
    words = serializers.CharField(source="line.share.words")
    happened_from = serializers.DateField(source="line.share.happened_from", allow_null=True)
    happened_until = serializers.DateField(source="line.share.happened_until", allow_null=True)
    wanted_fields = serializers.JSONField(source="line.share.fields")
    roles = serializers.ListField(source="line.share.roles", child=serializers.CharField())
    may_export = serializers.BooleanField(source="line.share.may_export")
    asked_by = serializers.CharField(source="line.share.asked_by_name")
    granted_at = serializers.DateTimeField(source="line.share.granted_at", allow_null=True)
    ended_at = serializers.DateTimeField(source="line.share.ended_at", allow_null=True)
    digest = serializers.CharField(
        help_text="Of the offer as it stands, for those who approve: an approval names it."
    )
    steps = ShareStepOut(many=True, help_text="Of the owner: all; else those of the caller's.")
    approvals = ShareApprovalOut(many=True, help_text="For the owner alone.")
    lacks = LackOut(many=True, help_text="What is lacking before it is in force; for the owner.")
    shown = OpenViewOut(many=True, help_text="What of it the caller may open now.")
    notes = ShareNoteOut(many=True, help_text="Of the caller's office, made from its views.")
    acts = ShareActOut(many=True, help_text="What the caller may do next.")
