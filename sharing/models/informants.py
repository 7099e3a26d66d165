"""Who gave a hint: sealed record by record, for named custodians, and for nothing else.

No table points here and this module is imported by `sharing.services.informants` and its access alone
(tests/architecture/test_informants.py): what no code reaches, no delivery, list or export carries.
"""

from __future__ import annotations

from django.db import models

from sharing.models.clues import Clue
from tenancy.models import TenantOwned, User
from tenancy.visibility import OfficeQuerySet


class Informant(TenantOwned):
    """The web inserts what is sealed and never selects it: `sec.open_informant` hands it to a
    custodian, and writes down that it did. `code`: by which the team and the custodian speak of it.
    """

    clue = models.ForeignKey(
        Clue, models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    code = models.CharField(max_length=12)
    cipher = models.CharField(max_length=20)
    key = models.CharField(max_length=40)
    wrapped = models.BinaryField()
    sealed = models.BinaryField()
    entered_at = models.DateTimeField(null=True)
    destroyed_at = models.DateTimeField(null=True)

    objects = OfficeQuerySet["Informant"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="informant_once_a_clue", fields=["tenant", "clue"]),
            models.UniqueConstraint(name="informant_code_once", fields=["tenant", "code"]),
        ]


class InformantEvent(TenantOwned):
    """An opening or the destruction: who, when, why. The database writes it."""

    informant = models.ForeignKey(
        Informant, models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    kind = models.CharField(max_length=10)  # opened, destroyed
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    by_name = models.CharField(max_length=100)
    reason = models.CharField(max_length=500)
    at = models.DateTimeField()

    objects = OfficeQuerySet["InformantEvent"].as_manager()

    class Meta:
        indexes = [models.Index(name="informant_events", fields=["tenant", "-id"])]


class InformantCustodian(TenantOwned):
    """Somebody who may open what is sealed: named by the director, in force by the leading group."""

    user = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    named_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    named_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", db_index=False
    )
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = OfficeQuerySet["InformantCustodian"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="custodian_named_once",
                fields=["tenant", "user"],
                condition=models.Q(ended_at__isnull=True),
            )
        ]
