from tests.integration.scheduling.desks import *
from tests.integration.scheduling.world import World


def test_smoke(world: World) -> None:
    draft = a_draft(world)
    before = letters_of(world, draft)
    s = seats_of(world, draft)
    print(s)
    one, two = s.teams[0], s.teams[1]
    e = edit(world, draft, edit="swap", a=one.members[0], b=two.members[0])
    print(e.words, e.price)
