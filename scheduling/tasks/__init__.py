"""The jobs of scheduling. Importing this registers them."""

from scheduling.tasks import (
    checking,
    exchange,
    imports,
    proposing,
    solving,
    surveying,
    telling,
)

__all__ = ["checking", "exchange", "imports", "proposing", "solving", "surveying", "telling"]
