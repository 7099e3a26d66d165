"""Which other offices have a view of a record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kernel.errors import NotVisible
from kernel.text import Text
from sharing.access.shared_records import record_to_share
from sharing.access.shares import views_of_record
from sharing.domain.shared_views import FIELDS, Shareable
from sharing.models.share_grants import ShareGrant
from tenancy.actor import Actor
from tenancy.models import Office


@dataclass(frozen=True, slots=True)
class OutsideSight:
    """Another office has a view of a record until that day. `fields`: titles of what it shows."""

    share: ShareGrant
    office: Office
    until_on: date
    fields: Sequence[Text]


def sights_of(actor: Actor, kind: Shareable, number: int) -> Sequence[OutsideSight]:
    """Who has a view of the record, for its own page: the reader sees the record already."""
    views = views_of_record(actor, kind, number).select_related("grant__receiver")
    return [
        OutsideSight(
            view.grant,
            view.grant.receiver,
            view.grant.until_on,
            [FIELDS[kind][name].title for name in view.view.shown],
        )
        for view in views.order_by("grant__until_on", "pk")
    ]


def sights_of_record(actor: Actor, kind: Shareable, number: int) -> Sequence[OutsideSight]:
    """As `sights_of`, for whoever has nothing but the record's number. `NotVisible`."""
    if record_to_share(actor, kind, number) is None:
        raise NotVisible(what="record", number=number)
    return sights_of(actor, kind, number)
