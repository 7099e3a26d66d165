"""Which unit or office does a name mean? Rosters name bodies as people write them.

`resolve` never guesses: a name that fits two units, or none, means nobody in particular. A
section inside a unit (嵊泗县教育局基础教育科) means the unit: leaving it out would let a
conflict of interest pass.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal


@dataclass(frozen=True, slots=True)
class UnitName:
    """`office` is the id of the office in whose area the unit lies."""

    id: str
    name: str
    office: str


@dataclass(frozen=True, slots=True)
class OfficeName:
    """An inspection office, by the name of its area: 舟山市 or 定海区."""

    id: str
    name: str
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Meant:
    """What a name means: a unit, or a whole area by its office."""

    kind: Literal["unit", "office"]
    id: str


_PROVINCE = re.compile(
    "^(河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃"
    "|青海|台湾)省?|^(广西|内蒙古|宁夏|新疆|西藏)([\u4e00-\u9fff]*?自治区)?"
)
_PARTY = re.compile(r"^(中国共产党|中共)")
_OFFICE_SUFFIX = re.compile(
    r"(委员会)?(巡察工作领导小组办公室|巡察工作领导小组|巡察办公室|巡察办|巡察组|巡察机构)$"
)
_AREA_KIND = re.compile(r"(市|区|县|自治县|旗)$")
# The leading bodies of a whole area: who served there served over all of it.
_LEADING_BODIES = (
    "", "委", "委员会", "人民政府", "政府", "人大常委会", "人民代表大会常务委员会", "人大", "政协",
    "政协委员会", "委办公室", "委员会办公室", "人民政府办公室", "政府办公室", "政府办",
    "委巡察办", "巡察办",
)  # fmt: skip
_TOWN_BODY = re.compile(
    r"(?<=[镇乡])(人民政府|党委|政府|委员会|党委政府)$|(?<=街道)(办事处|党工委|工委|党工委办事处)$"
)
_TOWN = re.compile(r"(镇|乡|街道)$")
_SECTION = re.compile(r"^.{0,12}(科|室|股|处|队|组|中队|大队)$")
_VARIANTS = (
    ("卫生和计划生育局", "卫生健康局"),
    ("卫生计生局", "卫生健康局"),
    ("卫计局", "卫生健康局"),
    ("卫健局", "卫生健康局"),
    ("人社局", "人力资源和社会保障局"),
    ("住建局", "住房和城乡建设局"),
    ("农业农村水利局", "农业农村局"),
    ("文旅局", "文化和广电旅游体育局"),
    ("发改局", "发展和改革局"),
    ("市监局", "市场监督管理局"),
    ("纪律检查委员会", "纪委"),
    ("监察委员会", "监委"),
)


def plain(text: str) -> str:
    """NFKC, without spaces, quotation marks, brackets' content, province and party prefix."""
    text = unicodedata.normalize("NFKC", text)
    text = re.sub(r"\(.*?\)|\[.*?\]|【.*?】", "", text)
    text = re.sub(r"[\s\"'“”‘’·,，。.、:：]", "", text)
    text = _PARTY.sub("", text)
    text = _PROVINCE.sub("", text)
    for spoken, written in _VARIANTS:
        if text.endswith(spoken) and not text.endswith(written):
            text = text.removesuffix(spoken) + written
    return text


@dataclass(frozen=True)
class Bodies:
    """All offices and units of a round, made ready for looking names up."""

    offices: tuple[OfficeName, ...]
    units: tuple[UnitName, ...]

    @classmethod
    def of(cls, offices: Iterable[OfficeName], units: Iterable[UnitName]) -> Bodies:
        return cls(tuple(offices), tuple(units))

    @cached_property
    def office_by_id(self) -> Mapping[str, OfficeName]:
        return {office.id: office for office in self.offices}

    @cached_property
    def office_of_unit(self) -> Mapping[str, str]:
        return {unit.id: unit.office for unit in self.units}

    @cached_property
    def areas(self) -> tuple[tuple[str, str], ...]:
        """(name of an area as it may be written, office id), longest first."""
        names: dict[str, str] = {}
        for office in self.offices:
            area = area_name(office.name)
            parent = self.office_by_id.get(office.parent or "")
            for prefix in ("", *((area_name(parent.name),) if parent else ())):
                names.setdefault(prefix + area, office.id)
                if prefix:
                    names.setdefault(_AREA_KIND.sub("", prefix) + area, office.id)
                    names.setdefault(_AREA_KIND.sub("", prefix) + _short(area), office.id)
        for office in self.offices:
            names.setdefault(_short(area_name(office.name)), office.id)
        return tuple(sorted(names.items(), key=lambda item: (-len(item[0]), item[0])))

    @cached_property
    def unit_by_name(self) -> Mapping[tuple[str, str], frozenset[str]]:
        """(office id, name without its area) -> the units of that name."""
        found: dict[tuple[str, str], set[str]] = {}
        for unit in self.units:
            _office, rest = self.split(plain(unit.name), unit.office)
            for name in _names_of(rest):
                found.setdefault((unit.office, name), set()).add(unit.id)
        return {key: frozenset(ids) for key, ids in found.items()}

    @cached_property
    def offices_of_name(self) -> Mapping[str, frozenset[str]]:
        """Name without its area -> the offices that have a unit of that name."""
        found: dict[str, set[str]] = {}
        for office, name in self.unit_by_name:
            found.setdefault(name, set()).add(office)
        return {name: frozenset(offices) for name, offices in found.items()}

    def split(self, text: str, home: str | None) -> tuple[str | None, str]:
        """(office whose area the text begins with, the rest); `home` when it names none."""
        for area, office in self.areas:
            if text.startswith(area) and _is_area_end(area, text):
                return office, text[len(area) :]
        return home, text


def resolve(text: str, bodies: Bodies, *, home: str | None = None) -> Meant | None:
    """The unit or the area that `text` means, or None.

    Parameters
    ----------
    text
        A body or a place as somebody wrote it: `浙江省舟山市嵊泗县教育局`, `嵊泗县委`, `教育局`.
    home
        The office whose county is meant when the text names none.
    """
    wanted = plain(text)
    if not wanted:
        return None
    office, rest = bodies.split(wanted, home)
    names_area = rest != wanted
    if office is not None:
        if unit := _unit(bodies, office, rest):
            return unit  # the narrower meaning: 嵊泗县委办公室 may be listed as a unit
        if names_area and _OFFICE_SUFFIX.sub("", rest) in _LEADING_BODIES:
            return Meant("office", office)
    return None if names_area else _town_anywhere(bodies, rest)


def area_of(text: str, bodies: Bodies) -> str | None:
    """The office in whose area a place lies: 浙江省舟山市嵊泗县菜园镇 means that of 嵊泗县."""
    wanted = plain(text)
    office, rest = bodies.split(wanted, None)
    if office is not None and rest != wanted:
        return office
    meant = _town_anywhere(bodies, wanted)
    return None if meant is None else bodies.office_of_unit[meant.id]


def _unit(bodies: Bodies, office: str, rest: str) -> Meant | None:
    """The unit of that name in one area; else the unit that the name is a section of."""
    for name in _names_of(rest):
        ids = bodies.unit_by_name.get((office, name), frozenset())
        if len(ids) == 1:
            return Meant("unit", next(iter(ids)))
        if ids:
            return None
    for cut in range(len(rest) - 1, 2, -1):
        if _SECTION.match(rest[cut:]):
            for name in _names_of(rest[:cut]):
                ids = bodies.unit_by_name.get((office, name), frozenset())
                if len(ids) == 1:
                    return Meant("unit", next(iter(ids)))
    return None


def _town_anywhere(bodies: Bodies, rest: str) -> Meant | None:
    """A town's name alone is enough when only one area has a town of that name."""
    if not _TOWN.search(_TOWN_BODY.sub("", rest)):
        return None
    for name in _names_of(rest):
        offices = bodies.offices_of_name.get(name, frozenset())
        if len(offices) == 1:
            return _unit(bodies, next(iter(offices)), name)
    return None


def _names_of(rest: str) -> tuple[str, ...]:
    """The ways in which one body's name is written, its own first."""
    town = _TOWN_BODY.sub("", rest)
    without_committee = rest.removeprefix("委") if rest.startswith("委") and len(rest) > 2 else rest
    return tuple(dict.fromkeys(name for name in (rest, town, without_committee) if name))


def _is_area_end(area: str, text: str) -> bool:
    """舟山 in 舟山路 is no area: a short form needs the end, or what can follow an area."""
    if _AREA_KIND.search(area):
        return True
    rest = text[len(area) :]
    return not rest or rest[0] in "委人政市县区纪监教财审" or rest.startswith(("巡察", "中学"))


def area_name(office_name: str) -> str:
    """嵊泗县 from 中共嵊泗县委巡察工作领导小组办公室, 嵊泗县委巡察办 or 嵊泗县."""
    name = _OFFICE_SUFFIX.sub("", plain(office_name))
    name = re.sub(r"委(员会)?$", "", name)
    inner = re.search(r"[^市]+?(区|县|市)$", name)
    return inner.group() if inner and len(name) > 5 else name


def _short(area: str) -> str:
    return _AREA_KIND.sub("", area) if len(area) > 2 else area
