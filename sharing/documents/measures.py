"""The figures of GB/T 9704-2012. Lengths in twips (1/20 pt), the unit of the format."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


def twips(mm: float) -> int:
    return round(mm * 1440 / 25.4)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page and its margins, clockwise from the top, in millimetres."""

    wide: float
    high: float
    top: float
    right: float
    bottom: float
    left: float

    @property
    def text_wide(self) -> int:
        """Twips between the margins."""
        return twips(self.wide) - twips(self.left) - twips(self.right)


# 5.2.1: 天头 37, 订口 28, 版心 156 × 225.
UPRIGHT: Final = Sheet(210, 297, top=37, right=26, bottom=35, left=28)
# The same sheet turned clockwise: its binding edge is on top, as 8 wants the heads of wide tables.
TURNED: Final = Sheet(297, 210, top=28, right=37, bottom=26, left=35)

LINE: Final = 579  # 5.2.3: 22 lines on 225 mm
CHARACTER: Final = 316  # 28 characters on 156 mm

MARK_BELOW_TOP: Final = twips(35)  # 7.2.4: upper edge of the issuing head, below the text's
RULE_BELOW_NUMBER_PT: Final = 11  # 7.2.7: 4 mm
RED: Final = "FF0000"

# 10.1, letters: the head 30 mm from the edge, two double lines of 170 mm, the lower at 20 mm.
LETTER_MARK_FROM_EDGE: Final = twips(30)
RULE_BELOW_MARK: Final = twips(4)
LETTER_RULE_LEFT: Final = twips(20) - twips(28)
LETTER_RULE_RIGHT: Final = twips(20) - twips(26)
SEVEN_EIGHTHS: Final = 280  # of the height of a size-3 character

EDGE_TO_FOOT: Final = twips(20)
# 7.5: the dashes stand 7 mm below the text, 28 mm from the edge.
PAGE_NUMBER_LINE: Final = 340
BELOW_PAGE_NUMBER: Final = twips(35 - 7 - 20) - PAGE_NUMBER_LINE // 2
EDGE_TO_TAKEN: Final = twips(13)
