"""What is kept of where somebody signed in: a network and a browser's name, nothing finer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from ipaddress import ip_address, ip_network

from kernel.text import Text
from tenancy.domain.roles import Permission


class Ending(StrEnum):
    """Why a session is over. The same words are in the database's constraint."""

    SIGNED_OUT = "signed_out"
    REPLACED = "replaced"
    IDLE = "idle"
    TOO_LONG = "too_long"
    ENDED_BY_ADMINISTRATOR = "ended_by_administrator"
    MOVED = "moved"


ENDING_TITLES = {
    Ending.SIGNED_OUT: Text(zh="已退出", en="signed out"),
    Ending.REPLACED: Text(zh="同一账号在别处登录", en="signed in elsewhere"),
    Ending.IDLE: Text(zh="长时间没有操作", en="left idle"),
    Ending.TOO_LONG: Text(zh="超过单次登录时限", en="open for too long"),
    Ending.ENDED_BY_ADMINISTRATOR: Text(
        zh="由安全保密管理员结束", en="ended by the security administrator"
    ),
    Ending.MOVED: Text(zh="已调动到其他单位", en="moved to another office"),
}


# Acts by these, in a session, need a fresh proof of who acts.
SENSITIVE = frozenset(
    {
        Permission.APPROVE_PLAN,
        Permission.PUBLISH_PLAN,
        Permission.EXPORT_UNMASKED,
        Permission.OPEN_ORIGINALS,
        Permission.SET_SECURITY,
        Permission.DECIDE_SEATS,
    }
)


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a session lasts, in minutes."""

    idle_minutes: int
    absolute_minutes: int
    step_up_minutes: int


def network_of(address: str) -> str:
    """The /24 or /64 that an address is in; what is no address is in none ("")."""
    try:
        read = ip_address(address)
    except ValueError:
        return ""
    mapped = getattr(read, "ipv4_mapped", None)
    plain = mapped or read
    width = 24 if plain.version == 4 else 64
    return str(ip_network(f"{plain}/{width}", strict=False))


# The first that is found is meant: most browsers also name those that they descend from.
_BROWSERS = (
    ("MicroMessenger", "微信"),
    ("360SE", "360"),
    ("QQBrowser", "QQ"),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def browser_of(user_agent: str) -> str:
    """`Edge · Windows`, as far as the browser says so: to recognise one's own by."""
    found = [
        next((name for mark, name in names if mark in user_agent), "")
        for names in (_BROWSERS, _SYSTEMS)
    ]
    return " · ".join(name for name in found if name)
