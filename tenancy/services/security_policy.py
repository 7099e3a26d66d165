"""The installation's security policy: read by everybody, set by the security administrator."""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction

from tenancy import audit
from tenancy.actor import Actor
from tenancy.db import refused_as
from tenancy.domain.roles import Permission, Role
from tenancy.domain.security import BOUNDS, SecurityRules, out_of_bounds
from tenancy.errors import AdministratorsNeedAFactor, PolicyOutOfBounds, ProofNeeded
from tenancy.models import SecurityPolicy

_FIGURES = tuple(BOUNDS)


def rules_in_force() -> SecurityRules:
    """Those of a new installation where the row is gone; the database then ends every session."""
    row = SecurityPolicy.objects.filter(pk=1).values("factor_roles", *_FIGURES).first()
    if row is None:
        return SecurityRules()
    known = set(Role)
    roles = frozenset(Role(role) for role in row.pop("factor_roles") if role in known)
    return SecurityRules(factor_roles=roles, **row)


@transaction.atomic
def set_rules(*, actor: Actor, rules: SecurityRules) -> None:
    """In force from the next request on, for whoever signs in from now. The record says what each
    figure was and is. Whoever calls has shown a fresh proof: the database asks for it, too."""
    actor.must(Permission.SET_SECURITY)
    _refuse(rules)
    before = rules_in_force()
    changed = _changed(before, rules)
    if not changed:
        return
    refusals = {
        "security_policy_administrators": AdministratorsNeedAFactor(),
        # By the database's clock, which another machine's may differ from.
        "proof_is_fresh": ProofNeeded(),
    }
    with refused_as(refusals), connection.cursor() as cursor:
        cursor.execute(
            "SELECT sec.set_security_policy(%s, %s, %s, %s)",
            [
                [role.value for role in Role if role in rules.factor_roles],
                *(getattr(rules, name) for name in _FIGURES),
            ],
        )
    audit.record(actor, "tenancy.security_policy.set", SecurityPolicy(pk=1), **changed)


def _refuse(rules: SecurityRules) -> None:
    for name in out_of_bounds(rules):
        (least, most) = BOUNDS[name]
        raise PolicyOutOfBounds(least=least, most=most).at(name)
    if rules.left_out:
        raise AdministratorsNeedAFactor().at("factor_roles")


def _changed(before: SecurityRules, after: SecurityRules) -> dict[str, Any]:
    """As `15/20`, a word that the record may show; roles by name."""
    pairs = {name: (getattr(before, name), getattr(after, name)) for name in _FIGURES}
    changed: dict[str, Any] = {
        name: f"{was}/{now}" for name, (was, now) in pairs.items() if was != now
    }
    roles = {
        "added_roles": sorted(after.factor_roles - before.factor_roles),
        "removed_roles": sorted(before.factor_roles - after.factor_roles),
    }
    return changed | {name: found for name, found in roles.items() if found}
