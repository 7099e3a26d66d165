"""Views: beside their records for the owner, as shown to the receiver, and to whom they were shown."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from httpapi.declarations import Call, File, acts, lists, reads, writes_out
from httpapi.endpoint import Endpoint
from httpapi.fields import Input, Output, Said
from sharing.api.share_shapes import ShareNoteOut, ShareOfficeOut
from sharing.domain.disclosures import Way
from sharing.domain.shared_views import FIELDS, Shareable
from sharing.selectors.share_reach import reach_page
from sharing.selectors.views_to_prepare import views_beside
from sharing.selectors.views_to_read import shown_part
from sharing.services.showing_views import Showing, note_from_view, show_view
from sharing.services.taking_shares import take_certificate, take_shared_view
from tenancy.domain.roles import Permission

OWNERS = (
    Permission.PREPARE_SHARES,
    Permission.APPROVE_SHARES,
    Permission.DECIDE_SHARES,
    Permission.APPROVE_CLUE_SHARES,
)


class SpanOut(Output):
    field = serializers.CharField()
    start = serializers.IntegerField()
    end = serializers.IntegerField()


class FieldBesideOut(Output):
    name = serializers.CharField()
    title = Said()
    before = serializers.CharField(allow_null=True, help_text="Of the record as it is now.")
    spans = SpanOut(many=True)
    after = serializers.CharField(allow_null=True, help_text="As the receiver sees it.")
    has_changed = serializers.BooleanField(help_text="The record says otherwise by now.")


class ViewBesideOut(Output):
    place = serializers.IntegerField(source="view.place")
    kind = serializers.CharField(source="view.kind")
    record = serializers.IntegerField(source="view.object_id")
    name = serializers.CharField(source="record", help_text="Empty: not there for the caller.")
    digest = serializers.CharField(source="view.digest")
    withheld = serializers.ListField(source="view.withheld", child=serializers.CharField())
    made_by = serializers.CharField(source="view.made_by_name")
    made_at = serializers.DateTimeField(source="view.made_at")
    shape = FieldBesideOut(many=True, source="fields")
    still_told = SpanOut(many=True, help_text="Where hidden words stand in clear elsewhere.")


class ViewsBesideOut(Output):
    views = ViewBesideOut(many=True, source="*")


class DisclosureOut(Output):
    at = serializers.DateTimeField(source="row.at")
    office = serializers.IntegerField(source="row.sender_id")
    office_name = serializers.CharField(source="office.name")
    person = serializers.CharField(source="row.person_name")
    role = serializers.CharField(source="row.role")
    way = serializers.CharField(source="row.way")
    to_approve = serializers.BooleanField(
        source="is_to_approve", help_text="Looked at to approve it, and not read."
    )
    purpose = serializers.CharField(source="row.purpose")
    kind = serializers.CharField(source="row.kind")
    place = serializers.IntegerField(source="row.place")
    name = serializers.CharField(
        source="record", help_text="Of the record. Empty: not there for the caller."
    )
    digest = serializers.CharField(source="row.digest", help_text="Which version of the view.")
    shown = serializers.ListField(source="row.fields", child=serializers.CharField())
    empty = serializers.ListField(
        child=serializers.CharField(), help_text="Shown fields that say nothing."
    )


class ReachedOut(Output):
    person = serializers.CharField(source="name")
    office = serializers.IntegerField(source="office.pk")
    times = serializers.IntegerField(
        source="reached.readings", help_text="Readings, on a page or by a program."
    )
    copies = serializers.IntegerField(
        source="reached.copies", help_text="Showings that left a copy."
    )
    notes = serializers.IntegerField(source="reached.notes", help_text="Noted down from it.")
    first_at = serializers.DateTimeField(source="reached.first_at")
    last_at = serializers.DateTimeField(source="reached.last_at")


class DestructionToldOut(Output):
    by = serializers.CharField(source="by_name")
    at = serializers.DateTimeField()
    what = serializers.CharField(source="facts.what", default="")


class ReachOut(Output):
    lines = DisclosureOut(many=True)
    reached = ReachedOut(many=True, source="people", help_text="Of the receiving office.")
    approvers = ReachedOut(many=True, help_text="Who looked at it to approve it.")
    waits_for = serializers.ListField(
        child=serializers.CharField(), help_text="Who has not told of destruction yet."
    )
    told = DestructionToldOut(many=True)
    certificate = serializers.CharField(help_text="SHA-256 over the lines, in their order.")


class SharedViewOut(Output):
    number = serializers.IntegerField(source="pk")
    share = serializers.IntegerField(source="grant_number")
    owner = ShareOfficeOut(source="sender")
    kind = serializers.CharField()
    purpose = serializers.CharField()
    until_on = serializers.DateField()
    may_export = serializers.BooleanField()
    has = serializers.ListField(source="fields", child=serializers.CharField())
    digest = serializers.CharField()
    shown_from = serializers.DateTimeField()


class ShownFieldOut(Output):
    name = serializers.CharField()
    title = Said()
    words = serializers.CharField()


class SharedViewWholeOut(Output):
    view = SharedViewOut()
    shown = ShownFieldOut(many=True)


class ShareNoteIn(Input):
    text = serializers.CharField(max_length=4000)


class ShareViews(Endpoint):
    @reads("read_share_views", OWNERS, gives=ViewsBesideOut)
    def get(self, call: Call, number: int) -> Any:
        """For the owner: each view exactly as the receiver sees it, beside its record."""
        return views_beside(call.actor, number)


class ShareReach(Endpoint):
    @reads("read_share_reach", OWNERS, gives=ReachOut)
    def get(self, call: Call, number: int) -> Any:
        """For the owner: every showing, whom it reached, and who still holds a copy."""
        return reach_page(call.actor, number)


class ShareCertificate(Endpoint):
    @writes_out("download_share_certificate", OWNERS)
    def get(self, call: Call, number: int) -> Any:
        """For the owner: the proof of who was shown what, to be printed."""
        made = take_certificate(actor=call.actor, number=number)
        return File(made.content, made.file_name)


class SharedViews(Endpoint):
    @lists("list_shared_views", Permission.READ_SHARED_VIEWS, gives=SharedViewOut)
    def get(self, call: Call) -> Any:
        """What the caller may open now, the newest first; no word of it."""
        return shown_part(call.actor, call.window)


class OneSharedView(Endpoint):
    @reads("read_shared_view", Permission.READ_SHARED_VIEWS, gives=SharedViewWholeOut)
    def get(self, call: Call, number: int) -> Any:
        """Its words. Its owner is told in the same moment who was shown which version."""
        return _told(show_view(actor=call.actor, number=number, way=Way.PROGRAM))


class SharedViewNotes(Endpoint):
    @acts(
        "note_from_shared_view",
        Permission.READ_SHARED_VIEWS,
        takes=ShareNoteIn,
        gives=ShareNoteOut,
        status=201,
    )
    def post(self, call: Call, number: int) -> Any:
        """Keep something of it. Its owner is told that there is a note, and not what it says."""
        return note_from_view(actor=call.actor, number=number, **call.given)


class SharedViewExport(Endpoint):
    @writes_out("download_shared_view", Permission.READ_SHARED_VIEWS)
    def get(self, call: Call, number: int) -> Any:
        """A copy with its marks, where the grant allows one."""
        made = take_shared_view(actor=call.actor, number=number)
        return File(made.content, made.file_name)


def _told(showing: Showing) -> dict[str, Any]:
    fields = FIELDS[Shareable(showing.shown.kind)]
    shown = [
        {"name": name, "title": fields[name].title, "words": said}
        for name, said in showing.view.shown.items()
    ]
    return {"view": showing.shown, "shown": shown}
