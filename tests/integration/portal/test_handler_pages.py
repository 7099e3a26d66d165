"""The page on which the director says who handles a round."""

from __future__ import annotations

from tests.import_desk import SignedIn, media, signed_in
from tests.integration.scheduling.conftest import world
from tests.integration.scheduling.handlers import colleague
from tests.integration.scheduling.test_handling import AHEAD, handler_names
from tests.integration.scheduling.world import World

__all__ = ["media", "signed_in", "world"]  # fixtures


def test_the_director_names_and_removes_on_the_round_s_page(
    world: World, signed_in: SignedIn
) -> None:
    round_, wu = world.make_round(**AHEAD), colleague(world)
    client, address = signed_in(world.zhao), f"/rounds/{round_.pk}/handlers/"

    assert "吴清和" in client.get(address).content.decode()
    assert client.post(address, {"person": wu.user_id}).status_code == 302
    assert handler_names(world.zhao, round_.pk) == ["吴清和", "陈砚秋"]
    for person in (world.chen, wu):
        answer = client.post(f"{address}remove/", {"person": person.user_id})
    assert answer.status_code == 409
    assert "唯一的经办人" in answer.content.decode()
    assert client.post(address, {"person": "9005"}).status_code == 422


def test_a_colleague_s_page_offers_nothing_and_says_who_handles_it(
    world: World, signed_in: SignedIn
) -> None:
    round_, wu = world.make_round(**AHEAD), colleague(world)
    client = signed_in(wu)

    page = client.get(f"/rounds/{round_.pk}/handlers/").content.decode()
    assert "陈砚秋" in page
    assert "赵望舒" in page
    assert '<form method="post" class="form"' not in page
    answer = client.post(f"/rounds/{round_.pk}/window/", {"name": "x"})
    assert answer.status_code == 403
    assert "陈砚秋" in answer.content.decode()
