"""Posts of a team that people of the county inspected are kept away from (`docs/field.md`). Pure.

In a cross-inspection those who receive petitions, interview, and collate clues come from outside.
The office that leads the round says which posts it keeps to outsiders; where it said nothing, the
standard holds. What a post keeps is reached by whoever is named to it and by who leads the team.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum
from types import MappingProxyType

from kernel.text import Text


class Post(StrEnum):
    INTERVIEWS = "interviews"
    PETITIONS = "petitions"
    CLUES = "clues"
    ACCOUNTS = "accounts"


POST_TITLES: Mapping[Post, Text] = MappingProxyType(
    {
        Post.INTERVIEWS: Text(zh="个别谈话", en="Interviews"),
        Post.PETITIONS: Text(zh="信访接待", en="Petitions"),
        Post.CLUES: Text(zh="线索归集", en="All clues of the team"),
        Post.ACCOUNTS: Text(zh="财务资料", en="Accounts"),
    }
)
POST_KEEPS: Mapping[Post, Text] = MappingProxyType(
    {
        Post.INTERVIEWS: Text(zh="谈话计划和完成情况", en="who is to be interviewed, and who was"),
        Post.PETITIONS: Text(zh="来信来电来访登记", en="letters, calls and visits received"),
        Post.CLUES: Text(
            zh="本组全部线索（本人登记的线索除外）", en="clues that others of the team registered"
        ),
        Post.ACCOUNTS: Text(zh="财务账目类调阅", en="requests for accounts and vouchers"),
    }
)

# In which of a team's two rooms what the post keeps is (`sharing.models.rooms.Room.Purpose`).
ROOM_OF: Mapping[Post, str] = MappingProxyType(
    {
        Post.INTERVIEWS: "papers",
        Post.ACCOUNTS: "papers",
        Post.PETITIONS: "direct",
        Post.CLUES: "direct",
    }
)

STANDARD = frozenset({Post.INTERVIEWS, Post.PETITIONS, Post.CLUES})
# All clues are the leaders' by their seat: nobody is named to them.
BY_SEAT = frozenset({Post.CLUES})
# The leader signs every clue: kept away from them, none of the team would come through.
SIGNED_BY_THE_LEADER = frozenset({Post.CLUES})
# A county that inspects its own units: everybody is of the county.
AT_HOME = frozenset({"own", "joint"})

LEADER, DEPUTY = "leader", "deputy"


def is_for_outsiders(post: Post, mode: str, chosen: Mapping[Post, bool]) -> bool:
    """`chosen`: what the office that leads the round has said. A mode that nobody knows is guarded."""
    return mode not in AT_HOME and chosen.get(post, post in STANDARD)


def may_be_named(post: Post, *, is_local: bool, for_outsiders: bool) -> bool:
    return post not in BY_SEAT and not (is_local and for_outsiders)


def reaches(
    post: Post, *, role: str, is_local: bool, named_to: Collection[Post], for_outsiders: bool
) -> bool:
    """Whether somebody of the team reads and writes what the post keeps.

    `role`: their place in the team; `for_outsiders`: as `is_for_outsiders` says.
    """
    if role == LEADER and post in SIGNED_BY_THE_LEADER:
        return True
    if is_local and for_outsiders:
        return False
    return role in (LEADER, DEPUTY) or (post in named_to and post not in BY_SEAT)
