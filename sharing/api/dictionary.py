"""The office's classes of findings, and the city's editions of them."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from httpapi.declarations import Call, acts, lists, reads
from httpapi.endpoint import Endpoint
from httpapi.fields import Input, Number, Output
from sharing.domain.dictionary import Frame
from sharing.selectors.dictionary import categories_page, categories_part
from sharing.services.dictionary import (
    add_category,
    begin_with_standard,
    move_category,
    retire_category,
    revive_category,
)
from sharing.services.issuing_categories import adopt_categories, issue_categories
from tenancy.domain.roles import Permission

KEEP = Permission.KEEP_CATEGORIES


class CategoriesQuery(Input):
    in_use = serializers.BooleanField(
        required=False, default=False, help_text="Only those that a new finding may be given."
    )


class CategoryIn(Input):
    title = serializers.CharField(max_length=200)
    heading = Number(
        required=False, help_text="Under which it stands; without one it is a heading itself."
    )
    frame = serializers.ChoiceField(
        choices=[frame.value for frame in Frame], required=False, help_text="Of a heading."
    )


class MoveIn(Input):
    towards = serializers.ChoiceField(choices=["up", "down"])


class IssueIn(Input):
    remark = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")


class CategoryOut(Output):
    number = serializers.IntegerField(source="pk")
    code = serializers.CharField()
    title = serializers.CharField()
    frame = serializers.CharField()
    heading = serializers.IntegerField(source="parent_id", allow_null=True)
    is_citys = serializers.BooleanField(help_text="Kept by the city; changes with its editions.")
    retired_on = serializers.DateField(allow_null=True)


class CategoriesBegunOut(Output):
    added = serializers.IntegerField()


class PendingOut(Output):
    number = serializers.IntegerField()
    issued_at = serializers.DateTimeField()
    remark = serializers.CharField()
    added = serializers.ListField(child=serializers.CharField(), source="adoption.added")
    retired = serializers.ListField(child=serializers.CharField(), source="adoption.retired")
    revived = serializers.ListField(child=serializers.CharField(), source="adoption.revived")
    moved = serializers.ListField(child=serializers.CharField(), source="adoption.moved")
    other_words = serializers.ListField(
        child=serializers.CharField(), source="adoption.other_words"
    )


class EditionsOut(Output):
    pending = PendingOut(allow_null=True, help_text="The city's, not taken over yet.")
    issued = serializers.IntegerField(help_text="The office's own last one; 0: none.")
    has_news = serializers.BooleanField(help_text="Whether the set has changed since.")


class Categories(Endpoint):
    @lists("list_categories", Permission.VIEW_CATEGORIES, gives=CategoryOut, asks=CategoriesQuery)
    def get(self, call: Call) -> Any:
        """The classes of both levels, by their codes."""
        return categories_part(call.actor, call.window, in_use=call.asked["in_use"])

    @acts("add_category", KEEP, takes=CategoryIn, gives=CategoryOut, status=201)
    def post(self, call: Call) -> Any:
        """Add a class. The product gives its code."""
        given = dict(call.given)
        if "frame" in given:
            given["frame"] = Frame(given["frame"])
        return add_category(actor=call.actor, **given)


class BeginCategories(Endpoint):
    @acts("begin_categories", KEEP, gives=CategoriesBegunOut, status=201)
    def post(self, call: Call) -> Any:
        """Take the usual headings over as the office's own, where it has none."""
        return {"added": begin_with_standard(actor=call.actor)}


class RetireCategory(Endpoint):
    @acts("retire_category", KEEP, gives=CategoryOut)
    def post(self, call: Call, number: int) -> Any:
        """No new finding is given the class. Old ones keep it."""
        return retire_category(actor=call.actor, number=number)


class ReviveCategory(Endpoint):
    @acts("revive_category", KEEP, gives=CategoryOut)
    def post(self, call: Call, number: int) -> Any:
        """Take a retired class up again."""
        return revive_category(actor=call.actor, number=number)


class MoveCategory(Endpoint):
    @acts("move_category", KEEP, takes=MoveIn, gives=CategoryOut)
    def post(self, call: Call, number: int) -> Any:
        """Let it change places with its neighbour."""
        up = call.given["towards"] == "up"
        return move_category(actor=call.actor, number=number, up=up)


class CategoryEditions(Endpoint):
    @reads("read_category_editions", Permission.VIEW_CATEGORIES, gives=EditionsOut)
    def get(self, call: Call) -> Any:
        """The city's edition that waits here, and the own one that was issued last."""
        return categories_page(call.actor)

    @acts(
        "issue_categories",
        Permission.ISSUE_DICTIONARIES,
        takes=IssueIn,
        gives=EditionsOut,
        status=201,
    )
    def post(self, call: Call) -> Any:
        """Hand the set as it stands to every county."""
        issue_categories(actor=call.actor, **call.given)
        return categories_page(call.actor)


class AdoptCategories(Endpoint):
    @acts("adopt_categories", KEEP, gives=EditionsOut)
    def post(self, call: Call) -> Any:
        """Take the city's newest edition over. Own classes of level 2 stay."""
        adopt_categories(actor=call.actor)
        return categories_page(call.actor)
