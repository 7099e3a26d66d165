"""The jobs of scheduling. Importing this registers them."""

from scheduling.tasks import checking, imports, solving, surveying

__all__ = ["checking", "imports", "solving", "surveying"]
