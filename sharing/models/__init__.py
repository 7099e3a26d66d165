"""The tables of sharing. Django finds them here; import them from their own modules."""

from sharing.models.contacts import UnitContact, UnitDesk
from sharing.models.dictionary import CategoryEdition, FindingCategory
from sharing.models.history import QuotedFigure
from sharing.models.rules import RuleArticle, RuleEdition, RuleImport, RuleText

__all__ = [
    "CategoryEdition",
    "FindingCategory",
    "QuotedFigure",
    "RuleArticle",
    "RuleEdition",
    "RuleImport",
    "RuleText",
    "UnitContact",
    "UnitDesk",
]
