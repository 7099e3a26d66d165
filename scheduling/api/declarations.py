"""Who keeps away from what, and who cannot come. Nowhere is there a place for a reason."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from httpapi.declarations import Call, acts, lists
from httpapi.endpoint import Endpoint
from httpapi.fields import Input, Number, Output, Said
from scheduling.models.declarations import Declaration
from scheduling.selectors.declaration_lists import (
    declarable_calls_part,
    declarable_people_part,
    own_declaration,
    own_declarations_part,
    round_declarations_part,
)
from scheduling.services.declaring import (
    declare,
    declare_for_round,
    declare_unavailable,
    withdraw,
)
from scheduling.services.tie_drafts import HEAVIEST, ROLES, Tie
from tenancy.domain.roles import Permission

# The discipline body says only that somebody cannot come; the service decides who may what.
EITHER = (Permission.DECLARE_TIES, Permission.DECLARE_UNAVAILABLE)
LONGEST_CODE = 50


class TieIn(Input):
    target = serializers.ChoiceField(choices=Declaration.Target.values)
    kind = serializers.CharField(max_length=40, help_text="The code of a rule or of a tie.")
    office = Number(required=False, allow_null=True, default=None, help_text="The target's office.")
    code = serializers.CharField(
        max_length=LONGEST_CODE,
        required=False,
        allow_blank=True,
        default="",
        help_text="The unit's code or the other person's number; of a whole county none.",
    )
    severity = serializers.ChoiceField(
        choices=Declaration.Severity.values, default=Declaration.Severity.HARD.value
    )
    weight = serializers.IntegerField(min_value=1, max_value=HEAVIEST, default=1)
    roles = serializers.ListField(
        child=serializers.ChoiceField(choices=list(ROLES)),
        required=False,
        default=list,
        max_length=len(ROLES),
        help_text="The roles that it binds in; none: all.",
    )


class PersonIn(Input):
    person = serializers.CharField(max_length=LONGEST_CODE, help_text="The roster's number.")


class DeclarationIn(PersonIn):
    tie = TieIn()


class RoundDeclarationIn(DeclarationIn):
    office = Number(help_text="The person's office.")


class DeclarationOut(Output):
    number = serializers.IntegerField(source="row.pk")
    round_name = serializers.CharField(source="line.round_name")
    office = serializers.IntegerField(source="row.person_office_id")
    person = serializers.CharField(source="row.person_number")
    name = serializers.CharField(
        source="line.person", help_text="The number once more, where the name cannot be seen."
    )
    target = serializers.ChoiceField(choices=Declaration.Target.values, source="row.target")
    target_office = serializers.IntegerField(source="row.target_office_id", allow_null=True)
    target_code = serializers.CharField(source="row.target_code", allow_blank=True)
    target_name = Said(source="line.target")
    kind = serializers.CharField(source="row.kind")
    kind_title = Said(source="line.kind")
    severity = serializers.ChoiceField(choices=Declaration.Severity.values, source="row.severity")
    weight = serializers.IntegerField(source="row.weight")
    roles = serializers.ListField(child=serializers.CharField(), source="row.roles")
    said_by = serializers.CharField(source="line.said_by", help_text="The office.")
    declared_at = serializers.DateTimeField(source="row.declared_at")
    may_withdraw = serializers.BooleanField(source="line.may_withdraw")
    is_ours = serializers.BooleanField(
        source="line.is_ours", help_text="Said by the discipline body, and told to it alone."
    )


class RoundDeclarationOut(DeclarationOut):
    """As the leading office received it."""


class WithdrawnOut(Output):
    number = serializers.IntegerField(source="pk")
    is_standing = serializers.SerializerMethodField()

    def get_is_standing(self, declaration: Declaration) -> bool:
        return False


class DeclarableCallOut(Output):
    number = serializers.IntegerField(source="pk")
    name = serializers.CharField()
    city = serializers.CharField(source="sender.short_name")
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()


class DeclarablePersonOut(Output):
    person = serializers.CharField(source="number", help_text="The roster's number.")
    name = serializers.CharField()


class Declarations(Endpoint):
    @lists("list_declarations", EITHER, gives=DeclarationOut)
    def get(self, call: Call) -> Any:
        """What the office has declared and not taken back, newest first."""
        return own_declarations_part(call.actor, call.window)


class RoundDeclarations(Endpoint):
    @lists("list_round_declarations", Permission.VIEW_ROUND, gives=RoundDeclarationOut)
    def get(self, call: Call, number: int) -> Any:
        """What stands declared in a round, by whomever, newest first."""
        return round_declarations_part(call.actor, number, call.window)

    @acts(
        "declare_for_round",
        Permission.DECLARE_TIES,
        takes=RoundDeclarationIn,
        gives=DeclarationOut,
        status=201,
    )
    def post(self, call: Call, number: int) -> Any:
        """The leading office's own word on somebody in its round: an upheld objection, say."""
        given = dict(call.given)
        tie = Tie(**given.pop("tie"))
        made = declare_for_round(actor=call.actor, number=number, tie=tie, **given)
        return own_declaration(call.actor, made.pk)


class DeclareTie(Endpoint):
    @acts(
        "declare_tie",
        Permission.DECLARE_TIES,
        takes=DeclarationIn,
        gives=DeclarationOut,
        status=201,
    )
    def post(self, call: Call, number: int) -> Any:
        """Declare for the round of a call what somebody of the own office has to keep away from.
        Declaring the same again is the same declaration."""
        tie = Tie(**call.given["tie"])
        made = declare(actor=call.actor, number=number, person=call.given["person"], tie=tie)
        return own_declaration(call.actor, made.pk)


class DeclareUnavailable(Endpoint):
    @acts("declare_unavailable", EITHER, takes=PersonIn, gives=DeclarationOut, status=201)
    def post(self, call: Call, number: int) -> Any:
        """Somebody of the own office cannot come to the round of a call. Nobody says why."""
        made = declare_unavailable(actor=call.actor, number=number, **call.given)
        return own_declaration(call.actor, made.pk)


class WithdrawDeclaration(Endpoint):
    @acts("withdraw_declaration", EITHER, gives=WithdrawnOut)
    def post(self, call: Call, number: int) -> Any:
        """Take a declaration back. It gives no seat back by itself."""
        return withdraw(actor=call.actor, number=number)


class DeclarableCalls(Endpoint):
    @lists("list_declarable_calls", EITHER, gives=DeclarableCallOut)
    def get(self, call: Call) -> Any:
        """The calls for whose rounds the caller may declare something, newest first."""
        return declarable_calls_part(call.actor, call.window)


class DeclarablePeople(Endpoint):
    @lists("list_declarable_people", EITHER, gives=DeclarablePersonOut)
    def get(self, call: Call) -> Any:
        """Number and name of the people about whom the caller may declare something."""
        return declarable_people_part(call.actor, call.window)
