"""From parts that clash to as few as possible that still do.

An `Item` is what one entry of the answer will stand for: one part, or all parts of a rule
where naming each would make a list that nobody reads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from scheduling.domain.explain.prover import Parts, Prover, Verdict
from scheduling.domain.explain.suspects import of_rules, suspects, tightest_first, too_much
from scheduling.domain.problem import Pin, PinPerson, PinUnit
from scheduling.domain.rules import RULE_BOOK, RULE_BY_CODE
from scheduling.domain.rules.groups import Group, pin_name

# A prefix that clashes already spares the later rules, which cost more to solve with.
STAGES: tuple[tuple[str, ...], ...] = (
    ("pin", "coverage", "window", "overlap", "leader", "one_team"),
    tuple(rule.code for rule in RULE_BOOK if rule.kind == "person"),
    ("skills", "team_size", "experienced", "team_counties", "home_unit_quota"),
    ("home_offices", "office_targets", "office_sources", "reciprocity", "repeat"),
    ("per_office_max", "pair"),
    ("availability", "recent_cap"),
)

# What most often clashes with a decision taken by hand; the first ones ask for no people.
BESIDE_PINS: tuple[tuple[str, ...], ...] = (
    ("pin",),
    ("pin", "window", "overlap", "team_counties"),
    ("pin", "reciprocity", "repeat", "office_targets", "office_sources"),
    ("pin", "own_county", "leader", "one_team", "window", "declared"),
)

# How many entries of one rule are told one by one; beyond that the whole round is named.
MOST_ENTRIES = {"unit": 3, "team": 2}
MOST_BY_RULE = {"coverage": 5, "reciprocity": 6, "repeat": 6}
EFFORTS = (1.0, 5.0, 30.0)  # deterministic time a proof, while looking for a conflict
EFFORT_TO_SHRINK = 10.0
SPARED = 0.3  # of the time, to fall back on whole rules where subjects take too long
SHORT = 6  # entries; a conflict of so few is not worth a second search


@dataclass(frozen=True, slots=True)
class Item:
    rule: str
    subjects: tuple[str, ...]
    parts: Parts  # what it stands for
    needed: Parts  # those of them that were still in the conflict when it was shrunk


@dataclass(frozen=True)
class Shrunk:
    items: tuple[Item, ...]
    minimal: bool

    @property
    def length(self) -> int:
        """Entries, one about many units or teams counting twice: it takes longer to read."""
        return sum(1 if len(item.needed) == 1 else 2 for item in self.items)


def clashing_parts(prover: Prover) -> Parts | None:
    """Some parts that were proved to clash; None when all parts were shown to hold.

    Cheap tries of everything come before a long try of anything. Where the time does not
    suffice to prove anything, all parts: the caller has a proof.
    """
    for prover.effort in EFFORTS:
        for tried, counted in _candidates(prover):
            if prover.verdict(tried, counted=counted) is Verdict.CLASHES:
                return tried
        if prover.verdict(prover.parts) is Verdict.HOLDS:
            return None
    return prover.parts


def _candidates(prover: Prover) -> Iterator[tuple[Parts, bool]]:
    """Parts to try, and whether arithmetic has already found that they clash."""
    for tried in suspects(prover.problem):
        yield tried, False
    for tried in too_much(prover.problem, prover.parts):
        yield tried, True
    if prover.problem.pins:
        for rules in BESIDE_PINS:
            yield of_rules(prover.parts, rules), False
    for most in (1, len(prover.problem.units)):
        for tried in _one_county_at_a_time(prover, most):
            yield tried, False
    staged: Parts = frozenset()
    for stage in STAGES:
        staged |= of_rules(prover.parts, stage)
        yield staged, False


def _one_county_at_a_time(prover: Prover, most: int) -> Iterator[Parts]:
    """All rules for at most so many units of each county, and of the pins those that only
    forbid: they ask for no other visit. Small, and often enough; the tightest county first."""
    rest = frozenset(part for part in prover.parts if part.rule not in ("coverage", "pin"))
    rest |= {
        Group("pin", (pin_name(index),))
        for index, pin in enumerate(prover.problem.pins)
        if _only_forbids(pin) and Group("pin", (pin_name(index),)) in prover.parts
    }
    for coverages in tightest_first(prover.problem, prover.parts):
        yield rest | frozenset(coverages[:most])


def _only_forbids(pin: Pin) -> bool:
    if isinstance(pin, PinUnit):
        return pin.team is None
    return pin.forbid or (isinstance(pin, PinPerson) and pin.team is None)


def shrunk(prover: Prover, parts: Parts) -> Shrunk:
    """As few items as the budget allows. `parts` clash, by proof or by the caller's word.

    Which minimal conflict is found depends on what is left out first, and some are much
    shorter than others: a long one is tried again in another order.
    """
    prover.effort = EFFORT_TO_SHRINK
    best = _shrunk_in(prover, parts, _bars_first)
    for order in (_latest_first, _widest_first):
        if best.length <= SHORT or prover.is_spent:
            break
        again = _shrunk_in(prover, parts, order)
        best = max(best, again, key=lambda found: (found.minimal, -found.length))
    return best


Order = Callable[[Parts], list[str]]


def _latest_first(parts: Parts) -> list[str]:
    """Late rules of the book are the least likely to matter."""
    return _rules_in(parts)[::-1]


def _bars_first(parts: Parts) -> list[str]:
    """A conflict that needs no bars is about the round, and quicker to read."""
    return sorted(_latest_first(parts), key=lambda rule: RULE_BY_CODE[rule].kind != "person")


def _widest_first(parts: Parts) -> list[str]:
    """Rules with many subjects make long lists."""
    return sorted(_rules_in(parts), key=lambda rule: -len(of_rules(parts, (rule,))))


def _shrunk_in(prover: Prover, parts: Parts, order: Order) -> Shrunk:
    parts = _without_whole_rules(prover, parts, order)
    with prover.sparing(SPARED):
        fine = _checked(prover, list(_items(prover, _without_subjects(prover, parts))))
    if fine.minimal:
        return fine
    coarse = _checked(prover, [_whole(prover, parts, rule) for rule in _rules_in(parts)])
    return coarse if coarse.minimal else fine


def _without_whole_rules(prover: Prover, parts: Parts, order: Order) -> Parts:
    """As one rule after the other would be left out, in that order; many at one stroke."""
    chunks = [order(parts)]
    while chunks:
        chunk = chunks.pop()
        rest = parts - of_rules(parts, chunk)
        if prover.verdict(rest) is Verdict.CLASHES:
            parts = rest
        elif len(chunk) > 1:
            middle = len(chunk) // 2
            chunks += [chunk[middle:], chunk[:middle]]
    return parts


def _without_subjects(prover: Prover, parts: Parts) -> Parts:
    parts = _narrowed(prover, parts, "coverage")
    parts = _without_other_units(prover, parts)
    for rule in _rules_in(parts):
        if rule != "coverage":
            parts = _narrowed(prover, parts, rule)
    return parts


def _without_other_units(prover: Prover, parts: Parts) -> Parts:
    """At one stroke: everything about units that are no longer asked to be visited."""
    due = {part.subjects[0] for part in parts if part.rule == "coverage"}
    units = prover.problem.unit_by_id
    rest = frozenset(
        part
        for part in parts
        if len(part.subjects) != 1 or part.subjects[0] not in units or part.subjects[0] in due
    )
    return rest if due and prover.verdict(rest) is Verdict.CLASHES else parts


def _narrowed(prover: Prover, parts: Parts, rule: str) -> Parts:
    """Leave out halves, then halves of halves; stop once too many are needed to be listed."""
    chunks = [sorted(of_rules(parts, (rule,)))]
    needed = 0
    while chunks:
        chunk = chunks.pop()
        rest = parts - frozenset(chunk)
        if prover.verdict(rest) is Verdict.CLASHES:
            parts = rest
        elif len(chunk) == 1:
            needed += 1
            if needed > _most_entries(prover, rule):
                break
        else:
            middle = len(chunk) // 2
            chunks += [chunk[:middle], chunk[middle:]]
    return parts


def _most_entries(prover: Prover, rule: str) -> int:
    if rule == "pin":
        return len(prover.problem.pins)
    if rule in MOST_BY_RULE:
        return MOST_BY_RULE[rule]
    first_team = tuple(team.id for team in prover.problem.teams[:1])
    about_teams = any(part.rule == rule and part.subjects == first_team for part in prover.parts)
    return MOST_ENTRIES["team" if about_teams else "unit"]


def _items(prover: Prover, parts: Parts) -> Iterator[Item]:
    for rule in _rules_in(parts):
        left = sorted(of_rules(parts, (rule,)))
        if len(left) <= _most_entries(prover, rule):
            for part in left:
                alone = frozenset({part})
                yield Item(rule, part.subjects, alone, alone)
        else:
            yield _whole(prover, parts, rule)


def _whole(prover: Prover, parts: Parts, rule: str) -> Item:
    """The rule in the whole round, of which `parts` are what is known to matter."""
    return Item(rule, (), of_rules(prover.parts, (rule,)), of_rules(parts, (rule,)))


def _checked(prover: Prover, items: list[Item]) -> Shrunk:
    """Drop each item in turn. What stays was shown to be needed, or the answer says so."""
    minimal = True
    clashes = prover.verdict(_union(items)) is Verdict.CLASHES
    for item in list(items):
        rest = [other for other in items if other is not item]
        verdict = prover.verdict(_union(rest))
        if verdict is Verdict.CLASHES:
            items = rest
        elif verdict is Verdict.OPEN:
            minimal = False
    return Shrunk(tuple(items), minimal and clashes)


def _union(items: Sequence[Item]) -> Parts:
    return frozenset(part for item in items for part in item.parts)


def _rules_in(parts: Parts) -> list[str]:
    present = {part.rule for part in parts}
    return [rule.code for rule in RULE_BOOK if rule.code in present]
