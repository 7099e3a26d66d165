"""A share that its owner offers unasked goes the way of one that is asked for, under names of its own:
nobody asked, so nothing is asked for, refused or withdrawn."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from kernel.text import Text
from sharing.domain.grants import SHARE_GRANT, UNDECIDED

STATES: Mapping[str, Text] = MappingProxyType(
    {
        "asked": Text(zh="已提出", en="offered"),
        "refused": Text(zh="已撤销提供", en="offer dropped"),
        "withdrawn": Text(zh="未接受", en="not wanted"),
    }
)
ACTS: Mapping[str, Text] = MappingProxyType(
    {
        "refused": Text(zh="撤销提供", en="drop the offer"),
        "withdrawn": Text(zh="不接受", en="decline"),
    }
)


class Side(StrEnum):
    """From where a share is looked at."""

    OWNER = "owner"
    RECEIVER = "receiver"
    WATCHER = "watcher"


ASKED: Mapping[Side, Text] = MappingProxyType(
    {
        Side.OWNER: Text(zh="对方申请", en="they ask for it"),
        Side.RECEIVER: Text(zh="本单位申请", en="we ask for it"),
        Side.WATCHER: Text(zh="经申请", en="asked for"),
    }
)
OFFERED: Mapping[Side, Text] = MappingProxyType(
    {
        Side.OWNER: Text(zh="本单位主动提供", en="we offer it"),
        Side.RECEIVER: Text(zh="对方主动提供", en="they offer it"),
        Side.WATCHER: Text(zh="主动提供", en="offered unasked"),
    }
)
TO_OFFER = Text(zh="本单位拟提供", en="we mean to offer it")


def state_title(state: str, *, is_offered: bool) -> Text:
    own = STATES.get(state) if is_offered else None
    return own or SHARE_GRANT.states[state]


def act_title(name: str, *, is_offered: bool) -> Text:
    own = ACTS.get(name) if is_offered else None
    return own or SHARE_GRANT.by_name[name].title


def came_about(side: Side, state: str, *, is_offered: bool) -> Text:
    """Whether it was offered or asked for, and by whom, in the words of that side."""
    if not is_offered:
        return ASKED[side]
    return TO_OFFER if side is Side.OWNER and state in UNDECIDED else OFFERED[side]
