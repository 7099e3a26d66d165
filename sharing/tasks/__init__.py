"""The jobs and chores of sharing. Importing this registers them, and who is told what by the bell."""

from __future__ import annotations

from sharing.tasks import attachments, deadlines, digests, packages, telling

__all__ = ["attachments", "deadlines", "digests", "packages", "telling"]
