"""Who speaks for which unit, and who supervises its rectification."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from httpapi.declarations import Call, acts, lists, reads
from httpapi.endpoint import Endpoint
from httpapi.fields import Input, Number, Output
from sharing.mapping.contacts import CAPACITIES
from sharing.selectors.contacts import desk_page, desks_part, own_desks_part
from sharing.services.contacts import name_contact, remove_contact
from tenancy.domain.roles import Permission


class DesksQuery(Input):
    q = serializers.CharField(required=False, max_length=100, help_text="Name, pinyin or code.")
    without = serializers.BooleanField(
        required=False, default=False, help_text="Only those for which nobody speaks today."
    )


class ContactIn(Input):
    capacity = serializers.ChoiceField(
        choices=list(CAPACITIES), help_text="speak: for the unit; supervise: its rectification."
    )
    person = Number(help_text="Somebody of the office who holds a seat for it.")


class ContactOut(Output):
    number = serializers.IntegerField(source="person.pk")
    name = serializers.CharField(source="person.display_name")
    capacity = serializers.CharField()
    is_seated = serializers.BooleanField(
        help_text="false: their seat has ended, and they speak for nobody."
    )


class UnitDeskOut(Output):
    number = serializers.IntegerField(source="desk.pk")
    unit_code = serializers.CharField(source="desk.unit_code", help_text="The county's own.")
    unit_name = serializers.CharField(source="desk.name")
    inspectable = serializers.BooleanField(source="desk.inspectable")
    speakers = ContactOut(many=True)
    supervisors = ContactOut(many=True)


class NameableOut(Output):
    number = serializers.IntegerField(source="person.pk")
    name = serializers.CharField(source="person.display_name")


class UnitDeskPageOut(Output):
    unit = UnitDeskOut(source="line")
    may_name = serializers.BooleanField()
    speakers_to_name = NameableOut(
        many=True, source="nameable.speak", default=(), help_text="For whoever may name."
    )
    supervisors_to_name = NameableOut(many=True, source="nameable.supervise", default=())


class OwnUnitDeskOut(Output):
    number = serializers.IntegerField(source="desk.pk")
    unit_code = serializers.CharField(source="desk.unit_code")
    unit_name = serializers.CharField(source="desk.name")
    capacity = serializers.CharField()


class Desks(Endpoint):
    @lists("list_unit_contacts", Permission.VIEW_CONTACTS, gives=UnitDeskOut, asks=DesksQuery)
    def get(self, call: Call) -> Any:
        """The bodies of the registry, with who speaks for each and who supervises it."""
        asked = call.asked
        return desks_part(
            call.actor, call.window, search=asked.get("q", ""), without=asked["without"]
        )


class Desk(Endpoint):
    @reads("read_unit_contacts", Permission.VIEW_CONTACTS, gives=UnitDeskPageOut)
    def get(self, call: Call, number: int) -> Any:
        """Who speaks for one unit, and who could be named."""
        return desk_page(call.actor, number)

    @acts("name_unit_contact", Permission.NAME_HANDLERS, takes=ContactIn, gives=UnitDeskPageOut)
    def post(self, call: Call, number: int) -> Any:
        """Let somebody speak for the unit or supervise it. Naming them again changes nothing."""
        name_contact(actor=call.actor, number=number, **call.given)
        return desk_page(call.actor, number)


class RemoveContact(Endpoint):
    @acts("remove_unit_contact", Permission.NAME_HANDLERS, takes=ContactIn, gives=UnitDeskPageOut)
    def post(self, call: Call, number: int) -> Any:
        """Take the unit from somebody. Removing them again changes nothing."""
        remove_contact(actor=call.actor, number=number, **call.given)
        return desk_page(call.actor, number)


class OwnDesks(Endpoint):
    @lists(
        "list_my_units",
        (Permission.SPEAK_FOR_UNIT, Permission.SUPERVISE_UNIT),
        gives=OwnUnitDeskOut,
    )
    def get(self, call: Call) -> Any:
        """The units to which the caller was named."""
        return own_desks_part(call.actor, call.window)
