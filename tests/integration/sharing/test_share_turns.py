"""Whose turn it is at a share: of one person, not of their office."""

from __future__ import annotations

from sharing.domain.grants import Purpose
from sharing.domain.shared_views import Redaction, Shareable
from sharing.models.share_grants import ShareGrant
from sharing.selectors.share_turns import waits_for, waits_for_the_city, whose_turn
from sharing.services.preparing_shares import Chosen
from tests.clues import received
from tests.papers import to
from tests.people import acting
from tests.shares import approve, ask, prepare
from tests.teams import Team


def turns(team: Team, share: ShareGrant, *people: str) -> list[str]:
    """Of whom it is the turn. The desk's count says the same as the mark in the list."""
    found = []
    for who in people:
        actor = team.actor(who)
        with acting(actor):
            is_theirs = share.pk in whose_turn(actor, [share.pk])
            assert waits_for(actor) + waits_for_the_city(actor) == int(is_theirs)
        found += [who] if is_theirs else []
    return found


def test_a_finding_waits_for_who_prepares_then_for_who_has_not_approved(team: Team) -> None:
    people = ("wu", "lin", "he", "luo", "jiang", "ye", "zhao")
    record = Chosen(Shareable.FINDING, to(team, "fed_back").pk)
    share = ask(team)
    assert turns(team, share, *people) == ["wu", "lin"]

    share = prepare(team, share, [record], "wu")
    assert turns(team, share, *people) == ["lin", "he", "luo"]

    share = approve(team, share, "he")
    assert turns(team, share, *people) == ["lin", "luo"]

    # Prepared anew it waits for them all again.
    less = Chosen(Shareable.FINDING, record.number, Redaction(frozenset({"fact"})))
    share = prepare(team, share, [less], "wu")
    assert turns(team, share, *people) == ["lin", "he", "luo"]

    share = approve(team, share, "he", "lin")
    assert turns(team, share, *people) == []


def test_a_clue_waits_for_the_city_until_it_has_looked_at_it_as_it_stands(team: Team) -> None:
    people = ("wu", "lin", "he", "luo", "zhao")
    record = Chosen(Shareable.CLUE, received(team, team.actor("lin"), team.actor("luo")))
    share = ask(team, purpose=Purpose.HANDLING, kinds=[Shareable.CLUE])
    assert turns(team, share, *people) == ["lin"]

    share = prepare(team, share, [record], "lin")
    assert turns(team, share, *people) == ["lin", "he", "luo", "zhao"]

    share = approve(team, share, "zhao")
    assert turns(team, share, *people) == ["lin", "he", "luo"]

    share = prepare(team, share, [record], "lin")
    assert turns(team, share, *people) == ["lin", "he", "luo", "zhao"]

    share = approve(team, share, "lin", "luo")
    assert turns(team, share, *people) == []
