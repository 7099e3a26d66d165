"""How wrong tries are counted, and what follows from how many.

| tier | counted by | what follows |
|---|---|---|
| `pair` | a name from a network (/24 or /64) | that pair is held for the cool-off |
| `name` | a name, from anywhere | held for the cool-off where its person has not been before |
| `network` | a network, whatever the names | names that are new there get in slowly, one after another |

No hold is prolonged by tries during it, and none lasts longer than the cool-off. A network is
never held as a whole: whoever has signed in from it before is not concerned by its count, nor by
what others try with their name elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType

from kernel.text import Text


class Tier(StrEnum):
    PAIR = "pair"
    NAME = "name"
    NETWORK = "network"


TIER_TITLES: Mapping[Tier, Text] = MappingProxyType(
    {
        Tier.PAIR: Text(zh="该用户名在该网段", en="this name from this network"),
        Tier.NAME: Text(
            zh="该用户名在所有未曾登录过的网段", en="this name from networks new to it"
        ),
        Tier.NETWORK: Text(
            zh="该网段上首次登录的用户名（放慢，不锁定）",
            en="names new to this network (slowed, not locked)",
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Limit:
    """So many wrong tries within that time, and what they count for lasts so long."""

    most: int
    within: timedelta
    lasts: timedelta


# How long one name new to a noisy network waits for the one before.
SLOWED_TO = timedelta(seconds=3)
# From where somebody has signed in within this time, they are known.
KNOWN_FOR = timedelta(days=90)


def limits(most: int, cool_off: timedelta) -> Mapping[Tier, Limit]:
    """Of an installation that holds a pair after `most` tries for `cool_off`."""
    return {
        Tier.PAIR: Limit(most, cool_off, cool_off),
        Tier.NAME: Limit(4 * most, 4 * cool_off, cool_off),
        Tier.NETWORK: Limit(20 * most, cool_off, cool_off),
    }
