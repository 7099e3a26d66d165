"""Shares: asked for, offered, prepared, approved, narrowed, taken back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from httpapi.declarations import Call, acts, lists, reads
from httpapi.endpoint import Endpoint
from sharing.api.share_shapes import (
    DestructionIn,
    NarrowingIn,
    PreparationIn,
    ShareApprovalIn,
    ShareLineOut,
    ShareOut,
    ShareReasonIn,
    SharesMadeOut,
    SharesQuery,
    SharesWantedIn,
)
from sharing.domain.grants import Purpose
from sharing.domain.shared_views import Shareable, Span
from sharing.selectors.share_lists import LISTS, lines_of
from sharing.selectors.shared_redactions import (
    ToHide,
    redaction_of_record,
    redaction_of_view,
    unasked_of,
)
from sharing.selectors.shares import share_page
from sharing.services import deciding_on_shares as deciding
from sharing.services.asking_for_shares import Asked, ask_for_shares, offer_shares
from sharing.services.preparing_shares import Chosen, Terms, narrow_share, prepare_share
from tenancy.actor import Actor
from tenancy.domain.roles import Permission

PREPARERS = (Permission.PREPARE_SHARES, Permission.APPROVE_SHARES)
APPROVERS = (
    Permission.APPROVE_SHARES,
    Permission.DECIDE_SHARES,
    Permission.APPROVE_CLUE_SHARES,
    Permission.WATCH_CLUE_SHARES,
)


class Shares(Endpoint):
    @lists("list_shares", Permission.VIEW_SHARES, gives=ShareLineOut, asks=SharesQuery)
    def get(self, call: Call) -> Any:
        """One of the lists: what is shared with us, asked of us, asked by us, and so on."""
        return LISTS[call.asked["list"]](call.actor, call.window)

    @acts(
        "ask_for_shares",
        Permission.ASK_FOR_SHARES,
        takes=SharesWantedIn,
        gives=SharesMadeOut,
        status=201,
    )
    def post(self, call: Call) -> Any:
        """Ask offices for views of their records: the same of each, decided by each for itself."""
        given = dict(call.given)
        offices = given.pop("offices")
        made = ask_for_shares(actor=call.actor, offices=offices, asked=asked_of(given))
        return lines_of(call.actor, made)


class ShareOffers(Endpoint):
    @acts("offer_shares", PREPARERS, takes=SharesWantedIn, gives=SharesMadeOut, status=201)
    def post(self, call: Call) -> Any:
        """Offer views of records of one's own, to be prepared and approved like any other."""
        given = dict(call.given)
        offices = given.pop("offices")
        made = offer_shares(actor=call.actor, offices=offices, asked=asked_of(given))
        return lines_of(call.actor, made)


class OneShare(Endpoint):
    @reads("read_share", Permission.VIEW_SHARES, gives=ShareOut)
    def get(self, call: Call, number: int) -> Any:
        """As the owner sees it, as the receiver, or as the city above; no word of a view."""
        return share_page(call.actor, number)


class SharePreparation(Endpoint):
    @acts("prepare_share", PREPARERS, takes=PreparationIn, gives=ShareOut)
    def post(self, call: Call, number: int) -> Any:
        """Make its views anew and say its terms; what was approved before counts no more."""
        given = call.given
        unasked = unasked_of(call.actor, number)
        records = [
            _chosen(call.actor, one | {"withheld": one.get("withheld", unasked[one["kind"]])}, at)
            for at, one in enumerate(given["records"], start=1)
        ]
        terms = Terms(given["roles"], given["until_on"], given["may_export"])
        prepare_share(actor=call.actor, number=number, records=records, terms=terms)
        return share_page(call.actor, number)


class ShareApprovals(Endpoint):
    @acts("approve_share", APPROVERS, takes=ShareApprovalIn, gives=ShareOut)
    def post(self, call: Call, number: int) -> Any:
        """Approve what was looked at; the approval that was lacking puts it in force."""
        deciding.approve_share(actor=call.actor, number=number, **call.given)
        return share_page(call.actor, number)


class ShareRefusal(Endpoint):
    @acts("refuse_share", APPROVERS, takes=ShareReasonIn, gives=ShareOut)
    def post(self, call: Call, number: int) -> Any:
        deciding.refuse_share(actor=call.actor, number=number, **call.given)
        return share_page(call.actor, number)


class ShareWithdrawal(Endpoint):
    @acts("withdraw_share", Permission.ASK_FOR_SHARES, gives=ShareOut)
    def post(self, call: Call, number: int) -> Any:
        """By the receiver: what it asked for, or was offered and does not want."""
        deciding.withdraw_share(actor=call.actor, number=number)
        return share_page(call.actor, number)


class ShareNarrowing(Endpoint):
    @acts("narrow_share", PREPARERS, takes=NarrowingIn, gives=ShareOut)
    def post(self, call: Call, number: int) -> Any:
        """Hide more, or leave records out: at once. Spans count characters of what is shown now."""
        given = call.given
        further = {
            one["place"]: redaction_of_view(
                call.actor, number, _to_hide(one, one["place"], f"further.{at}")
            )
            for at, one in enumerate(given["further"])
        }
        narrow_share(
            actor=call.actor,
            number=number,
            further=further,
            left_out=given["left_out"],
            reason=given["reason"],
        )
        return share_page(call.actor, number)


class ShareRevocation(Endpoint):
    @acts("take_share_back", APPROVERS, takes=ShareReasonIn, gives=ShareOut)
    def post(self, call: Call, number: int) -> Any:
        """Its views are gone for the next request of whoever reads them."""
        deciding.take_share_back(actor=call.actor, number=number, **call.given)
        return share_page(call.actor, number)


class ShareDestruction(Endpoint):
    @acts(
        "tell_share_destruction",
        Permission.ASK_FOR_SHARES,
        takes=DestructionIn,
        gives=ShareOut,
    )
    def post(self, call: Call, number: int) -> Any:
        """By the receiver, once it is over: what became of the copies."""
        deciding.tell_of_destruction(actor=call.actor, number=number, **call.given)
        return share_page(call.actor, number)


def asked_of(given: Mapping[str, Any]) -> Asked:
    said = dict(given)
    fields = {Shareable(kind): names for kind, names in said.pop("fields", {}).items()}
    return Asked(
        purpose=Purpose(said.pop("purpose")),
        kinds=[Shareable(kind) for kind in said.pop("kinds")],
        fields=fields,
        **said,
    )


def _chosen(actor: Actor, one: Mapping[str, Any], at: int) -> Chosen:
    kind, record = Shareable(one["kind"]), one["record"]
    hide = _to_hide(one, at, f"records.{at - 1}")
    return Chosen(kind, record, redaction_of_record(actor, kind, record, hide))


def _to_hide(one: Mapping[str, Any], place: int, at: str) -> ToHide:
    spans = [Span(span["field"], span["start"], span["end"]) for span in one["spans"]]
    return ToHide(place, at, one["withheld"], spans, one["phrases"])
