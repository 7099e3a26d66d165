"""Mail that says no more than that there is something in the portal. Pure.

A letter is the same for everybody: what kind of thing waits and where to look, in both languages;
no office, no person, no round, no content. Whoever reads it on the way learns that somebody has a
seat somewhere.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kernel.text import Text

LONGEST_ADDRESS = 254
CODE_DIGITS = 8
CODE_MINUTES = 30
MOST_CODE_TRIES = 5
MOST_CODES_A_DAY = 5
PAUSES_S = (60, 300, 900, 3_600, 3 * 3_600, 6 * 3_600, 12 * 3_600)
MOST_TRIES = len(PAUSES_S) + 1
JITTER = 0.25
KEPT_DAYS = 90

CODE, DEADLINE, LETTER, NOTICE = "code", "deadline", "letter", "notice"
THINGS: Mapping[str, Text] = MappingProxyType(
    {
        DEADLINE: Text(zh="一项期限", en="a deadline"),
        LETTER: Text(zh="一份函件", en="a letter"),
        NOTICE: Text(zh="一条通知", en="a notice"),
    }
)

# One address, of characters that need no quoting: `local@host.domain`.
_ADDRESS = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@((?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]{0,62})"
)


class NotAnAddress(ValueError):
    """It is none, or its domain is not one that mail goes to: `spelling` or `domain`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Letter:
    subject: str
    body: str


def address_of(typed: str, domains: Collection[str] = ()) -> str:
    """The address, its domain in small letters. `domains`: where mail may go; empty: anywhere.

    Raises `NotAnAddress`.
    """
    typed = typed.strip()
    found = _ADDRESS.fullmatch(typed)
    if found is None or len(typed) > LONGEST_ADDRESS or len(typed.partition("@")[0]) > 64:
        raise NotAnAddress("spelling")
    local, _, domain = typed.rpartition("@")
    domain = domain.lower()
    if domains and domain not in {one.lower() for one in domains}:
        raise NotAnAddress("domain")
    return f"{local}@{domain}"


def masked(address: str) -> str:
    """Enough for its owner to know it again: `w…@example.org`."""
    local, _, domain = address.rpartition("@")
    return f"{local[:1]}…@{domain}"


def new_code() -> str:
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"


def letter_about(thing: str, link: str) -> Letter:
    """`thing`: one of `THINGS`; anything else is a notice. `link`: the portal's page of notices."""
    words = THINGS.get(thing, THINGS[NOTICE])
    return Letter(
        subject="办理提醒 / Something waits for you",
        body=(
            f"系统中有{words['zh']}等您查看。请登录后查看通知：\n{link}\n\n"
            f"There is {words['en']} for you in the portal. Sign in and look at the notices:\n"
            f"{link}\n\n"
            "本邮件由系统自动发出，不含任何业务内容，请勿回复。如不再需要，请登录后在“邮件提醒”页面停用。\n"
            "Sent by the system, with nothing of what it is about. Do not reply. To have no more of"
            " these, sign in and end them on the page of mail reminders.\n"
        ),
    )


def letter_with_code(code: str) -> Letter:
    return Letter(
        subject="邮箱确认码 / Code to confirm this address",
        body=(
            f"确认码：{code}\n{CODE_MINUTES} 分钟内有效，请在“邮件提醒”页面填写。"
            "如非本人操作，请忽略本邮件。\n\n"
            f"The code is {code}. Type it on the page of mail reminders within {CODE_MINUTES}"
            " minutes. If you did not ask for it, leave it.\n"
        ),
    )


def pause_after(tries: int, *, chance: float) -> float | None:
    """Seconds until the next try, after so many; None: there is none. `chance` is in [0, 1)."""
    if tries >= MOST_TRIES:
        return None
    return PAUSES_S[tries - 1] * (1 - JITTER + 2 * JITTER * chance)
