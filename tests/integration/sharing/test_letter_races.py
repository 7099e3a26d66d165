"""Two at once: signatures number two letters, a claim and its return come one after the other."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connection, connections

from kernel.errors import DomainError
from sharing.services.letters import act_on_letter
from sharing.services.rectifying import act_on_item
from tests.integration.sharing.county import County
from tests.integration.sharing.test_letters import drafted, walked
from tests.integration.sharing.test_rectifying import assigned, to
from tests.people import acting


def at_once(county: County, *acts: tuple[str, Callable[..., Any], dict[str, Any]]) -> list[Any]:
    """Each act by its person, all at the same time, on connections of their own."""

    def one(act: tuple[str, Callable[..., Any], dict[str, Any]]) -> Any:
        who, service, given = act
        actor = county.actor(who)
        try:
            with acting(actor):
                return service(actor=actor, **given)
        except DomainError as refusal:
            return refusal
        finally:
            connections.close_all()

    assert connection.vendor == "postgresql"
    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


def test_two_signatures_at_once_number_two_letters(county: County) -> None:
    letters = [walked(county, drafted(county), "handed_in") for _ in range(4)]
    signed = at_once(
        county, *(("lin", act_on_letter, {"number": one.pk, "act": "signed"}) for one in letters)
    )

    assert sorted(letter.number for letter in signed) == [1, 2, 3, 4]


def test_one_letter_is_signed_once(county: County) -> None:
    letter = walked(county, drafted(county), "handed_in")
    both = at_once(county, *[("lin", act_on_letter, {"number": letter.pk, "act": "signed"})] * 2)

    assert sum(isinstance(one, DomainError) for one in both) == 1
    assert walked(county, letter, "sent").number == 1


def test_a_check_and_a_check_otherwise_come_one_after_the_other(county: County) -> None:
    [item] = assigned(county)
    to(county, item, "claimed_done")
    both = at_once(
        county,
        ("shen", act_on_item, {"number": item.pk, "act": "checked_done"}),
        ("shen", act_on_item, {"number": item.pk, "act": "checked_not_done", "reason": "x"}),
    )

    [done] = [one for one in both if not isinstance(one, DomainError)]
    assert done.state in ("accepted", "in_progress")
    assert done.sent_back == (done.state == "in_progress")
