"""What people choose for themselves."""

from __future__ import annotations

from tenancy.models import User


def prefer_language(*, user_id: int, language: str) -> None:
    """The language that this person's next session begins in."""
    User.objects.filter(pk=user_id).update(language=language)
