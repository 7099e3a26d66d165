"""The jobs of scheduling. Importing this registers them."""

from scheduling.tasks import checking, exchange, imports, solving, surveying

__all__ = ["checking", "exchange", "imports", "solving", "surveying"]
