"""Of which records the views of a share were made: for the owner's people, who know these by name."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from kernel.text import Text
from sharing.access.shared_records import records_to_share
from sharing.access.shares import views_prepared
from sharing.domain.shared_views import KIND_TITLES, Shareable
from sharing.mapping.shared_records import name_of
from sharing.models.share_grants import ShareGrant, ShareView
from tenancy.actor import Actor


@dataclass(frozen=True, slots=True)
class SharedFrom:
    """A view and its record's name; "": the record is not there for the reader."""

    view: ShareView
    kind: Text
    record: str


def shared_from(
    actor: Actor, share: ShareGrant, editions: Collection[int]
) -> Mapping[tuple[int, int], SharedFrom]:
    """By edition and place: what was shown once is told of the edition that it was shown in."""
    views = list(views_prepared(actor, share).filter(edition__in=editions))
    return {(one.view.edition, one.view.place): one for one in named(actor, views)}


def named(actor: Actor, views: Sequence[ShareView]) -> Sequence[SharedFrom]:
    names = {
        (kind, record.pk): name_of(kind, record)
        for kind in Shareable
        if (numbers := {one.object_id for one in views if one.kind == kind})
        for record in records_to_share(actor, kind).filter(pk__in=numbers)
    }
    return [
        SharedFrom(
            one,
            KIND_TITLES[Shareable(one.kind)],
            names.get((Shareable(one.kind), one.object_id), ""),
        )
        for one in views
    ]
