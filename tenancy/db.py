"""A constraint's refusal in our words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction

from kernel.errors import DomainError


@contextmanager
def refused_by(constraint: str, refusal: DomainError) -> Iterator[None]:
    """Raise `refusal` where the database refuses by `constraint`; any other refusal passes.

    A savepoint, so that what was done before in the transaction can still be kept.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        diagnostics = getattr(error.__cause__, "diag", None)
        if getattr(diagnostics, "constraint_name", None) == constraint:
            raise refusal from error
        raise
