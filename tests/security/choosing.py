"""Who asks for what in the calls once each: everybody for every row would be a million calls.

Who might is asked of the table of roles, by the address and the verb: a fixed list of roles that may
much asks in vain at most addresses, and leaves out those whose address it is. Those who might not
are refused alike, so that of them a few are asked.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from httpapi.rules import rules_of_operations
from portal.rules import NO_VERB, PAGE, PERSON, RULES, alternatives
from tenancy.actor import Actor
from tenancy.domain import roles
from tenancy.domain.matrix import Rule
from tenancy.domain.roles import MATRIX, Permission
from tests.security import bodies
from tests.security.addresses import Address, Row

NOT_THEIRS = ("foreign", "colleague's")
ADMINISTRATORS = tuple(sorted(roles.ADMINISTRATORS))
# Whoever may much in their office, and mostly sees that a row is there where they may not act on it.
DIRECTING = ("scheduler", "city_director", "recusal_officer", "county_director", "county_clerk")
Pair = tuple[str, Row | None]


@cache
def cell(address: Address, verb: str) -> str:
    """What the table of addresses says of a page. One that stands nowhere is outside: it is open."""
    rule = RULES.get(address.name)
    if verb not in ("GET", "POST"):
        return NO_VERB
    if rule is None:
        return PERSON
    return rule.get if verb == "GET" else rule.post


@cache
def is_there(address: Address, verb: str) -> bool:
    """Whether it answers that verb with something of its own. A page that leads on to another one
    leads there from any number."""
    if address.is_api:
        return verb != "HEAD" and bodies.operation(address.pattern, verb) is not None
    return cell(address, verb) not in (NO_VERB, PAGE)


@cache
def _rules(address: Address, verb: str) -> tuple[Rule, ...]:
    """One of them is enough; none: it is everybody's."""
    if not address.is_api:
        return alternatives(cell(address, verb))
    said = bodies.operation(address.pattern, verb)
    return rules_of_operations()[said["operationId"]] if said else ()


def might(permissions: frozenset[Permission], address: Address, verb: str) -> bool:
    """Whether with these it is theirs to ask for a row of their own office's there."""
    rules = _rules(address, verb)
    return not rules or any(MATRIX.needs[rule] <= permissions for rule in rules)


def role_of(who: str) -> str:
    return who.rpartition("/")[2]


class Chooser:
    def __init__(self, actors: Mapping[str, Actor], drawing: random.Random) -> None:
        self.actors, self.random = actors, drawing
        self.permissions = {who: actor.permissions for who, actor in actors.items()}
        self.kinds = {actor.tenant_id: actor.office_kind for actor in actors.values()}

    def chosen(
        self, address: Address, verb: str, relation: str, pairs: Sequence[Pair]
    ) -> Iterator[Pair]:
        """Of what is one's own, by somebody who might. Of what is not, see `_in_vain`. Lists: by every
        seat that there is, each has its own. Where there is no such verb: by anybody, of what is
        not theirs alone, since what is theirs could only tell them of itself."""
        if not is_there(address, verb):
            if relation in NOT_THEIRS or not address.is_numbered:
                yield self.random.choice(pairs)
        elif not address.is_numbered and verb == "GET":
            yield from self._one_of_each(pairs)
        elif relation not in NOT_THEIRS:
            able = self.able(address, verb)
            yield self.random.choice([one for one in pairs if one[0] in able] or pairs)
        else:
            yield from self._in_vain(address, verb, pairs)

    def able(self, address: Address, verb: str) -> frozenset[str]:
        return frozenset(
            who for who, theirs in self.permissions.items() if might(theirs, address, verb)
        )

    def _in_vain(self, address: Address, verb: str, pairs: Sequence[Pair]) -> Iterator[Pair]:
        """By anybody; by each role that might if it were their own office's: no missing permission
        stands before the row; by one who directs and might not, and by an administrator: whether the
        row or the role is looked at first, they are not told."""
        yield self.random.choice(pairs)
        able = self.able(address, verb)
        peers = [one for one in pairs if self.is_peer(*one)]
        yield from self._one_of_each([one for one in peers if one[0] in able])
        unable = [one for one in peers if one[0] not in able]
        for one_of in (_seated(unable, DIRECTING), _seated(pairs, ADMINISTRATORS)):
            if one_of:
                yield self.random.choice(one_of)

    def _one_of_each(self, pairs: Sequence[Pair]) -> Iterator[Pair]:
        by_role: dict[str, list[Pair]] = defaultdict(list)
        for who, row in pairs:
            if who in self.actors:
                by_role[role_of(who)].append((who, row))
        for role in sorted(by_role):
            yield self.random.choice(by_role[role])

    def is_peer(self, who: str, row: Row | None) -> bool:
        """Whether their office is such a one as the row's, or as the one that sent it."""
        if row is None or who not in self.actors:
            return False
        kinds = {self.kinds.get(office or 0) for office in (row.tenant, row.sender)}
        return self.actors[who].office_kind in kinds


def _seated(pairs: Sequence[Pair], roles_of_them: Sequence[str]) -> list[Pair]:
    return [one for one in pairs if role_of(one[0]) in roles_of_them]
