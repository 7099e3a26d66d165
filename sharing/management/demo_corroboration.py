"""Two offices of the demo hold clues about the same company, and were told that there may be something. Fictional.

The matching is that of the matcher, as if both had asked forty days ago; the demo has the owner's role, which
may act as it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from django.conf import settings
from django.db import connection

from kernel.clock import now
from sharing.access.office_clues import office_clues_visible_to
from sharing.domain.corroboration.classes import TokenClass
from sharing.domain.corroboration.moments import Moments
from sharing.domain.corroboration.telling import TellingRules
from sharing.management.demo_cast import Office, by
from sharing.mapping.matcher_keyring import matcher_keys
from sharing.models.corroboration import HitNotice
from sharing.services.answering_hits import answer_hit
from sharing.services.clue_parties import ask_about, note_party
from sharing.services.making_tokens import take_in
from sharing.services.matching import Course, look
from sharing.vault.matcher_keys import make_keys
from tenancy.actor import Actor
from tenancy.context import in_office

COMPANY = {"credit_code": "91330900MA28K0XT3J"}
PERSON = {"person_name": "卜景行", "phone": "13800000000"}


def compare_clues(city: Office, host: Office) -> int:
    """How many offices were told. In the host one of the two has agreed; in the city nobody has yet."""
    if settings.MATCHER_PUBLIC_KEY:
        return 0  # The matcher's keys are elsewhere: nothing could be made of what is sealed to it.
    make_keys(settings.MATCHER_KEYS_FOLDER, TokenClass)
    for office, parties in ((city, [COMPANY]), (host, [COMPANY, PERSON])):
        for party in parties:
            _asked(office.director, party)
    take_in(matcher_keys())
    _long_ago()
    moments = Moments(settings.MATCHING_FIRST_DAY, settings.MATCHING_EVERY_DAYS)
    course = Course(TellingRules(moments))
    # At moments that are past: those of today are the matcher's own, which may have looked already.
    matched_at = moments.matched_at(now()) - timedelta(days=2 * moments.period)
    look(matched_at, course)
    look(moments.last_told_at(matched_at), course)
    told = sum(_told(office.director) for office in (city, host))
    if told:
        _propose(host.director)
    return told


def _asked(director: Actor, party: Mapping[str, str]) -> None:
    """About the newest clue of the register."""
    with in_office(director.tenant_id, director.user_id):
        clue = office_clues_visible_to(director).order_by("-signed_at", "-pk")[:1].get().pk
    noted = by(director, note_party, number=clue, written=party)
    by(director, ask_about, number=clue, party=noted.pk)


def _long_ago() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE matcher.ask SET registered_at = registered_at - interval '40 days'")
        cursor.execute(
            "UPDATE matcher.token SET registered_at = registered_at - interval '40 days'"
        )


def _told(director: Actor) -> int:
    with in_office(director.tenant_id, director.user_id):
        return HitNotice.objects.filter(tenant_id=director.tenant_id).count()


def _propose(director: Actor) -> None:
    with in_office(director.tenant_id, director.user_id):
        notice = HitNotice.objects.get(tenant_id=director.tenant_id)
    by(director, answer_hit, number=notice.pk, act="proposed")
