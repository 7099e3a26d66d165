"""The entries of a conflict in words, with names.

Why somebody is barred stays with their own office: here it is the rule's title and a name.
"""

from __future__ import annotations

from collections.abc import Sequence

from kernel.text import Text
from scheduling.domain.explain.shrinking import Item
from scheduling.domain.problem import Problem
from scheduling.domain.rules import RULE_BY_CODE
from scheduling.domain.rules.groups import Group
from scheduling.domain.rules.statements import Demand, Excluded

MOST_NAMES = 8


class Wording:
    """What each rule says in this round, asked once a rule."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._facts: dict[str, list[Excluded]] = {}
        self._demands: dict[Group, Text] = {}

    def of(self, item: Item) -> Text:
        """One entry: a rule at one subject, or the rule in the whole round."""
        self._read(item.rule)
        if item.subjects or not any(part.subjects for part in item.parts):
            return self._at(Group(item.rule, item.subjects))
        return self._in_the_round(item)

    def _read(self, code: str) -> None:
        if code in self._facts:
            return
        self._facts[code] = []
        for statement in RULE_BY_CODE[code].statements(self._problem):
            if isinstance(statement, Demand):
                self._demands[Group(code, statement.subjects)] = statement.says
            else:
                self._facts[code].append(statement)

    def _at(self, part: Group) -> Text:
        barred = self._barred(part)
        said = [self._demands[part]] if part in self._demands else []
        if barred:
            said.append(self._bars(part, barred))
        return Text(zh="".join(t.zh for t in said), en=" ".join(t.en for t in said))

    def _barred(self, part: Group) -> list[str]:
        """Names, leaders first: most often it is they who are missed."""
        facts = [fact for fact in self._facts[part.rule] if (fact.unit,) == part.subjects]
        people = [self._problem.inspector_by_id[i] for i in {fact.inspector for fact in facts}]
        people.sort(key=lambda inspector: (not inspector.leader, inspector.id))
        return [inspector.name for inspector in people]

    def _bars(self, part: Group, names: Sequence[str]) -> Text:
        title = RULE_BY_CODE[part.rule].title
        unit = self._problem.unit_by_id[part.subjects[0]].name
        return Text(
            zh="按“{title}”不得巡察{unit}的有 {count} 人：{names}。",
            en="“{title}” bars {count} from {unit}: {names}.",
        ).format(title=title, unit=unit, count=len(names), names=listed(names))

    def _in_the_round(self, item: Item) -> Text:
        rule = RULE_BY_CODE[item.rule]
        names = [self._subject(part) for part in sorted(item.needed)]
        return Text(
            zh="{title}（涉及：{names}）：{text}", en="{title} (here: {names}): {text}"
        ).format(title=rule.title, names=listed(names), text=rule.text)

    def _subject(self, part: Group) -> str:
        units, offices = self._problem.unit_by_id, self._problem.office_by_id
        names = [
            units[s].name if s in units else offices[s].name if s in offices else s
            for s in part.subjects
        ]
        return " – ".join(names)


def listed(names: Sequence[str]) -> Text:
    """The first few names, and how many more there are."""
    shown, more = names[:MOST_NAMES], len(names) - MOST_NAMES
    if more <= 0:
        return Text(zh="、".join(shown), en=", ".join(shown))
    return Text(
        zh=f"{'、'.join(shown)}等 {len(names)} 项", en=f"{', '.join(shown)} and {more} more"
    )
