"""The words in which findings are sorted, as constants, each with where it comes from.

Level 1 is begun from one of two frames and is then the office's own: the wording changes with the years,
so nothing here is more than what an office starts from. Level 2 is always the office's.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from kernel.law import LegalBasis, practice
from kernel.text import Text


class Frame(StrEnum):
    """Which bodies a class of findings is for."""

    UNITS = "units"
    GRASS_ROOTS = "grass_roots"


FRAME_TITLES = MappingProxyType(
    {
        Frame.UNITS: Text(zh="党组织（四个落实）", en="Units (four implementations)"),
        Frame.GRASS_ROOTS: Text(
            zh="基层（三个或四个聚焦）", en="Grass roots (three or four focuses)"
        ),
    }
)
# The letter that codes of level 1 begin with.
LETTERS = MappingProxyType({Frame.UNITS: "U", Frame.GRASS_ROOTS: "G"})


@dataclass(frozen=True, slots=True)
class Heading:
    """A class of level 1 to begin with."""

    code: str
    frame: Frame
    title: Text


# The four implementations (四个落实) and the focuses (聚焦) as city and county offices use them in their
# published feedback; the fourth focus, on what inspection and audit found, stands in some places only.
STANDARD: Sequence[Heading] = (
    Heading(
        "U1", Frame.UNITS,
        Text(
            zh="落实党的理论和路线方针政策以及党中央重大决策部署",
            en="Implementing the Party's theory, line and policies and the centre's decisions",
        ),
    ),
    Heading(
        "U2", Frame.UNITS,
        Text(
            zh="落实全面从严治党战略部署",
            en="Implementing full and strict governance of the Party",
        ),
    ),
    Heading(
        "U3", Frame.UNITS,
        Text(
            zh="落实新时代党的组织路线",
            en="Implementing the Party's organisational line for the new era",
        ),
    ),
    Heading(
        "U4", Frame.UNITS,
        Text(
            zh="落实巡视巡察、审计等监督发现问题整改",
            en="Implementing the rectification of what inspection and audit found",
        ),
    ),
    Heading(
        "G1", Frame.GRASS_ROOTS,
        Text(
            zh="聚焦党中央各项决策部署在基层的落实情况",
            en="How the centre's decisions are carried out at the grass roots",
        ),
    ),
    Heading(
        "G2", Frame.GRASS_ROOTS,
        Text(
            zh="聚焦群众身边的腐败问题和不正之风",
            en="Corruption and misconduct close to the people",
        ),
    ),
    Heading(
        "G3", Frame.GRASS_ROOTS,
        Text(
            zh="聚焦基层党组织建设情况",
            en="How Party organisations at the grass roots are built",
        ),
    ),
    Heading(
        "G4", Frame.GRASS_ROOTS,
        Text(
            zh="聚焦巡视巡察、审计等监督发现问题整改情况",
            en="How what inspection and audit found is rectified",
        ),
    ),
)  # fmt: skip
STANDARD_BASIS = practice(
    "各地公开的巡察反馈按“四个落实”“三个（四个）聚焦”归类",
    "published feedback is sorted by the four implementations and the three or four focuses",
)


class Discipline(StrEnum):
    """The cross-tag of a finding: which of the six disciplines (六项纪律) it touches."""

    POLITICAL = "political"
    ORGANISATIONAL = "organisational"
    INTEGRITY = "integrity"
    MASSES = "masses"
    WORK = "work"
    LIFE = "life"


DISCIPLINES = MappingProxyType(
    {
        Discipline.POLITICAL: Text(zh="政治纪律", en="Political discipline"),
        Discipline.ORGANISATIONAL: Text(zh="组织纪律", en="Organisational discipline"),
        Discipline.INTEGRITY: Text(zh="廉洁纪律", en="Discipline of integrity"),
        Discipline.MASSES: Text(zh="群众纪律", en="Discipline towards the masses"),
        Discipline.WORK: Text(zh="工作纪律", en="Discipline of work"),
        Discipline.LIFE: Text(zh="生活纪律", en="Discipline of life"),
    }
)
DISCIPLINES_BASIS = LegalBasis(
    Text(zh="《中国共产党纪律处分条例》", en="Regulation on Disciplinary Sanctions of the CPC"),
    Text(zh="第六章至第十一章", en="chapters 6 to 11"),
)


class Severity(StrEnum):
    """How grave the team finds it. It sorts lists; it is no finding of guilt and proposes nothing."""

    SLIGHT = "slight"
    GRAVE = "grave"
    VERY_GRAVE = "very_grave"


SEVERITIES = MappingProxyType(
    {
        Severity.SLIGHT: Text(zh="一般", en="Slight"),
        Severity.GRAVE: Text(zh="较重", en="Grave"),
        Severity.VERY_GRAVE: Text(zh="严重", en="Very grave"),
    }
)
SEVERITIES_BASIS = practice(
    "本系统的三级划分，仅用于排序", "three grades of this product, to sort by"
)

MOST_A_LEVEL = 99


class LevelFull(ValueError):
    """No further number is free under this heading."""


def next_code(frame: Frame, parent: str, taken: Iterable[str], *, of_a_county: bool) -> str:
    """The code of a further class: `U5` on level 1, `U1.03` on level 2.

    What a county adds to the city's set carries a B (本级): `U1.B01`. So no class that the city adds
    later ever meets its code. Numbers are not used twice; what is retired keeps its own. `LevelFull`.
    """
    own = "B" if of_a_county else ""
    beginning = f"{parent}.{own}" if parent else f"{LETTERS[frame]}{own}"
    rests = (code.removeprefix(beginning) for code in taken if code.startswith(beginning))
    number = max((int(rest) for rest in rests if rest.isdecimal()), default=0) + 1
    if number > MOST_A_LEVEL:
        raise LevelFull(beginning)
    return f"{beginning}{number:02d}" if parent else f"{beginning}{number}"


@dataclass(frozen=True, slots=True)
class Entry:
    """A class as an edition tells it."""

    code: str
    parent: str  # "" on level 1
    frame: Frame
    title: str
    position: int
    retired: bool = False


@dataclass(frozen=True, slots=True)
class Adoption:
    """What taking an edition over would do: codes, in its order."""

    added: tuple[str, ...] = ()
    retired: tuple[str, ...] = ()
    revived: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    other_words: tuple[str, ...] = ()  # the same code for another class: nothing can be taken

    @property
    def changes_nothing(self) -> bool:
        return self == Adoption()


def adoption_of(edition: Collection[Entry], held: Collection[Entry]) -> Adoption:
    """Compare an edition with the classes that the office holds. Own classes of level 2 stay as they are."""
    known = {one.code: one for one in held}
    met = [(one, known[one.code]) for one in edition if one.code in known]
    same = [(new, old) for new, old in met if _is_same(new, old)]
    return Adoption(
        added=tuple(one.code for one in edition if one.code not in known),
        retired=tuple(new.code for new, old in same if new.retired and not old.retired),
        revived=tuple(new.code for new, old in same if old.retired and not new.retired),
        moved=tuple(new.code for new, old in same if new.position != old.position),
        other_words=tuple(new.code for new, old in met if not _is_same(new, old)),
    )


def _is_same(new: Entry, old: Entry) -> bool:
    return (new.parent, new.frame, new.title) == (old.parent, old.frame, old.title)
