"""The jobs and chores of sharing. Importing this registers them, and who is told what by the bell."""

from sharing.tasks import deadlines

__all__ = ["deadlines"]
