"""A notice's rows as the rules of consent read them."""

from __future__ import annotations

from collections.abc import Iterable

from sharing.domain.corroboration.classes import About
from sharing.domain.corroboration.consent import Notice, Step
from sharing.domain.corroboration.matching import Holder
from sharing.models.corroboration import HitNotice, HitNoticeStep


def notice_of(row: HitNotice, steps: Iterable[HitNoticeStep]) -> Notice:
    """`steps`: in their order."""
    return Notice(
        Holder(row.tenant_id, row.clue_id),
        About(row.about),
        row.told_at,
        row.answer_until,
        tuple(
            Step(one.act, one.by_id, one.at)
            for one in steps
            if one.by_id is not None and one.at is not None
        ),
        row.withdrawn_at,
    )
