"""The jobs of scheduling. Importing this registers them."""

from scheduling.tasks import checking, imports, proposing, solving, surveying

__all__ = ["checking", "imports", "proposing", "solving", "surveying"]
