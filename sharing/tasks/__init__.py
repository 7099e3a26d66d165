"""This house's jobs and chores."""

from __future__ import annotations

from sharing.tasks import attachments

__all__ = ["attachments"]
