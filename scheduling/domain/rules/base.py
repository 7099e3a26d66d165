"""What a rule is: a code for ever, words for people, a basis, and what it says of a round."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from kernel.law import LegalBasis
from kernel.text import Text
from scheduling.domain.problem import ROLES, Problem, Role, RoleScope
from scheduling.domain.rules.statements import Demand, Excluded

Kind = Literal["person", "team", "round"]
Statement = Excluded | Demand
Statements = Callable[[Problem], Iterator[Statement]]

ALL_ROLES: frozenset[Role] = frozenset(ROLES)
LEADING_ROLES: frozenset[Role] = frozenset({"leader", "deputy"})
LEADER_ONLY: frozenset[Role] = frozenset({"leader"})
ROLES_IN_SCOPE: dict[RoleScope, frozenset[Role]] = {
    "off": frozenset(),
    "leaders": LEADING_ROLES,
    "all": ALL_ROLES,
}


@dataclass(frozen=True)
class Rule:
    """One hard rule of the round.

    A rule of kind `person` keeps somebody from a unit, and says so as `Excluded` facts that
    the model reads. The others bind a whole team or the whole round: the model reads their
    parameters from the problem, and `Demand` says where they bind.
    """

    code: str
    title: Text
    text: Text
    basis: tuple[LegalBasis, ...]
    kind: Kind
    policy: tuple[str, ...]  # the keys of `Policy` that set it
    numbers: tuple[str, ...]  # in the catalogue of the trade's own rules: R01, ...
    remedy: Text | None  # what may be relaxed where it clashes; None: never, find other people
    statements: Statements


def rule(
    code: str,
    title: Text,
    *,
    text: Text,
    basis: LegalBasis | tuple[LegalBasis, ...],
    kind: Kind,
    policy: tuple[str, ...] = (),
    numbers: tuple[str, ...] = (),
    remedy: Text | None = None,
) -> Callable[[Statements], Rule]:
    """Turn the function that states a rule's facts into the `Rule` of the book."""

    def enter(statements: Statements) -> Rule:
        bases = basis if isinstance(basis, tuple) else (basis,)
        return Rule(code, title, text, bases, kind, policy, numbers, remedy, statements)

    return enter
