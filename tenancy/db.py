"""What the database answers: the value of one of its functions, a constraint's refusal in our words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, connection, transaction

from kernel.errors import DomainError


def ask(sql: str, *values: Any) -> Any:
    """The one value of the one row that a function of `sec` answers."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        ((answer,),) = cursor.fetchall()
    return answer


@contextmanager
def refused_by(constraint: str, refusal: DomainError) -> Iterator[None]:
    """Raise `refusal` where the database refuses by `constraint`; any other refusal passes.

    A savepoint, so that what was done before in the transaction can still be kept.
    """
    with refused_as({constraint: refusal}):
        yield


@contextmanager
def refused_as(refusals: Mapping[str, DomainError]) -> Iterator[None]:
    """The same, where one statement can be refused by several constraints."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        diagnostics = getattr(error.__cause__, "diag", None)
        refusal = refusals.get(getattr(diagnostics, "constraint_name", None) or "")
        if refusal is None:
            raise
        raise refusal from error
