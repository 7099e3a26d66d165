"""The jobs of scheduling. Importing this registers them."""

from scheduling.tasks import imports, solving, surveying

__all__ = ["imports", "solving", "surveying"]
