"""How long a password serves, how many earlier ones may not come again, and whose words it avoids.

Length, common passwords and likeness to the user name are Django's own validators' to judge
(`settings.AUTH_PASSWORD_VALIDATORS`); what is ours stands here, and is the same wherever a
password is set: by invitation, by a change, by a reset.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

# The one in use and those before it.
NOT_AGAIN = 5
# A shorter word is found in too many good passwords.
SHORTEST_WORD = 4


def word_within(password: str, words: Iterable[str]) -> str | None:
    """The first of a person's and their offices' words that the password is built on.

    Blanks, marks and capitals do not hide it: `Ding-Hai 2026!!` is built on `ding hai`. A word
    that is a small part of a long password does no harm: it must be a third of it, or more.
    """
    bare = _bare(password)
    for word in words:
        sought = _bare(word)
        is_long = len(sought) >= SHORTEST_WORD or (not sought.isascii() and len(sought) > 1)
        if is_long and sought in bare and 3 * len(sought) >= len(bare):
            return word
    return None


def expiry_of(set_at: datetime, days: int) -> datetime | None:
    """When a password has to be changed; None where they have no age (`days` is 0)."""
    return set_at + timedelta(days=days) if days else None


def must_change(set_at: datetime, days: int, now: datetime, *, is_asked_to: bool) -> bool:
    """Whether its person may do nothing else before it is changed."""
    expiry = expiry_of(set_at, days)
    return is_asked_to or (expiry is not None and expiry <= now)


def _bare(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())
