"""A look-back (回头看): some of those covered are drawn and visited again.

Drawn by a recorded method from a recorded population with a recorded seed, so that anybody can draw
again and get the same: whoever was visited was not picked.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from kernel.text import Text
from sharing.domain.life_cycle import Hand, LifeCycle, act

OFFICE = (Hand.OFFICE_CLERK, Hand.OFFICE_DIRECTOR)

LOOK_BACK = LifeCycle(
    name="look_back",
    title=Text(zh="回头看", en="look-back"),
    states={
        "planned": Text(zh="拟定范围", en="population being set"),
        "sampled": Text(zh="已抽取", en="drawn"),
        "approved": Text(zh="已批准", en="approved"),
        "on_site": Text(zh="进驻中", en="on site"),
        "told": Text(zh="已出结果", en="result told"),
        "closed": Text(zh="已结束", en="closed"),
    },
    acts=(
        act("population_set", "确定范围", "set the population", by=OFFICE, since="planned", to=None, needs=("population",)),
        act(
            "sampled", "抽取", "draw", by=OFFICE, since="planned", to="sampled",
            needs=("population", "count", "seed"),
        ),
        act(
            "returned", "退回", "return",
            by=Hand.LEADING_GROUP, since="sampled", to="planned", needs_reason=True,
        ),
        act("approved", "批准", "approve", by=Hand.LEADING_GROUP, since="sampled", to="approved"),
        act(
            "begun", "进驻", "begin on site", by=Hand.TEAM_LEADER, since="approved", to="on_site",
            needs=("authorisation",),
        ),
        act(
            "result_told", "提交结果", "tell the result",
            by=Hand.TEAM_LEADER, since="on_site", to="told", needs=("results",),
        ),
        act("closed", "结束", "close", by=Hand.OFFICE_DIRECTOR, since="told", to="closed"),
    ),
    finals=frozenset({"closed"}),
    permissions={
        Hand.OFFICE_CLERK: "steer_rectification",
        Hand.OFFICE_DIRECTOR: "close_rectification",
        Hand.LEADING_GROUP: "approve_look_back",
        Hand.TEAM_LEADER: "lead_look_back",
    },
)  # fmt: skip


MOST_NAMES = 10_000
LONGEST_NAME = 200

# Acts that need no more than a reason.
PLAIN_ACTS = frozenset({"returned", "approved", "closed"})


def drawn(population: Sequence[str], count: int, seed: str) -> list[str]:
    """`count` of the population, in the order drawn: those with the smallest SHA-256 of seed and name.

    The same whatever the order of the population. `ValueError`: it is smaller, or names one twice, or
    holds more than `MOST_NAMES`, or one longer than `LONGEST_NAME`.
    """
    if len(set(population)) != len(population):
        raise ValueError("The population names one twice.")
    if len(population) > MOST_NAMES or any(len(name) > LONGEST_NAME for name in population):
        raise ValueError("The population is too large, or a name in it too long.")
    if not 0 < count <= len(population):
        raise ValueError(f"{count} of {len(population)} cannot be drawn.")
    return sorted(population, key=lambda one: (_mark(seed, one), one))[:count]


def _mark(seed: str, name: str) -> str:
    return hashlib.sha256(f"{seed}\0{name}".encode()).hexdigest()
