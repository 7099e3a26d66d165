"""Where a rule comes from: a citation that was read, or practice, said as such."""

from __future__ import annotations

from dataclasses import dataclass

from kernel.text import Text


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """A text and, where it is known, the article. `article` None: the text as a whole."""

    title: Text
    article: Text | None = None
    is_practice: bool = False

    def __str__(self) -> str:
        return str(self.title) if self.article is None else f"{self.title}, {self.article}"


def practice(zh: str, en: str) -> LegalBasis:
    """What offices do without a text that was seen to demand it; `zh`/`en` name the source."""
    return LegalBasis(Text(zh=f"工作惯例：{zh}", en=f"Practice: {en}"), is_practice=True)
