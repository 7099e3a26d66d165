"""To whom each notice of this house is shown: to who may read its record when they look."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import F, Q, QuerySet

from scheduling.access.notices import limited
from sharing.access.authorisations import requests_visible_to
from sharing.access.corroboration import AnswersHit, SeesAlert, SeesHit
from sharing.access.digests import digests_visible_to
from sharing.access.letters import answerable_by, letters_of_office, letters_to
from sharing.access.office_clues import ReadsList, SeesClue
from sharing.access.rectification import (
    items_of_my_units,
    items_of_office,
    items_supervised,
    items_visible_to,
)
from sharing.access.reports import reports_visible_to
from sharing.access.shares import shares_visible_to
from sharing.domain import digest_news, hit_news, news, share_news
from sharing.models.digests import Digest
from tenancy.actor import Actor


def digests_ready(actor: Actor) -> QuerySet[Any]:
    return digests_visible_to(actor).filter(state=Digest.State.READY)


def digests_not_made(actor: Actor) -> QuerySet[Any]:
    return digests_visible_to(actor).filter(state=Digest.State.REFUSED)


Rows = Callable[[Actor], QuerySet[Any]]

READERS: Mapping[str, Rows] = {
    news.LETTER_RECEIVED: letters_to,
    news.LETTER_REPLIED: letters_of_office,
    news.REPLY_RETURNED: answerable_by,
    news.FEEDBACK_SERVED: reports_visible_to,
    news.ITEM_ASSIGNED: items_visible_to,
    news.ITEM_PLANNED: items_of_office,
    news.ITEM_CLAIMED: items_supervised,
    news.ITEM_RETURNED: items_of_my_units,
    news.AUTHORISATION_PROPOSED: requests_visible_to,
    news.AUTHORISATION_ANSWERED: requests_visible_to,
    news.AUTHORISATION_ENDED: requests_visible_to,
    digest_news.READY: digests_ready,
    digest_news.NOT_MADE: digests_not_made,
    **dict.fromkeys(share_news.KINDS, shares_visible_to),
}


def _shown(kind: str, rows: Rows) -> None:
    @limited(kind)
    def numbers(actor: Actor) -> QuerySet[Any, Any]:
        return rows(actor).values_list("pk", flat=True)


for _kind, _rows in READERS.items():
    _shown(_kind, _rows)


@limited(news.CLUE_ARRIVED)
@limited(news.CLUE_ANSWERED)
@limited(news.CLUE_ASKED)
def of_clues(actor: Actor) -> Q:
    """As the database judges each: a worker that tells by mail reads no clue."""
    return Q(SeesClue(F("number")))


@limited(news.HAND_OVER_SENT)
@limited(news.HAND_OVER_RECEIVED)
@limited(news.HAND_OVER_URGED)
def of_lists(actor: Actor) -> Q:
    return Q(ReadsList(F("number")))


@limited(hit_news.TOLD)
def of_hits(actor: Actor) -> Q:
    """As long as there is something to decide: what was taken back, decided or is over, rings no more."""
    return Q(AnswersHit(F("number")))


@limited(hit_news.LED)
def of_partners(actor: Actor) -> Q:
    return Q(SeesHit(F("number")))


@limited(hit_news.PROBING)
def of_probing(actor: Actor) -> Q:
    return Q(SeesAlert(F("number")))
