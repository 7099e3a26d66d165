"""The tables of sharing. Django finds them here; import them from their own modules."""

from sharing.models.history import QuotedFigure

__all__ = ["QuotedFigure"]
