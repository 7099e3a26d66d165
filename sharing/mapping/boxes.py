"""To whom identifiers are sealed, and for which clue a box is."""

from __future__ import annotations

from django.conf import settings

from sharing.vault.matcher_keys import public_key_in


def public_key() -> bytes | None:
    """The public half of the matcher's key; None: clues are not compared here.

    On one's own machine it lies beside the keys; in service it is said, and their folder is elsewhere."""
    return settings.MATCHER_PUBLIC_KEY or public_key_in(settings.MATCHER_KEYS_FOLDER)


def bound_to(office: int, clue: int) -> bytes:
    """Said when a box is sealed, and again when it is opened: it is of no other clue."""
    return f"sharing.clue_party|{office}|{clue}".encode()
