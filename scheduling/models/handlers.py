"""Who handles a round."""

from __future__ import annotations

from django.db import models

from scheduling.models.rounds import InspectionRound
from tenancy.domain.roles import Permission
from tenancy.object_permissions import HandlerPermission


class RoundHandler(HandlerPermission):
    """Somebody who may set up, solve, edit and propose in this round.

    The database makes the first one (whoever makes the round handles it), lets the director alone
    name further ones, and keeps the last one while the round is open.
    """

    needs = Permission.EDIT_ROUND

    # The name is guardian's.
    content_object = models.ForeignKey(
        InspectionRound,
        models.PROTECT,
        db_column="round_id",
        db_constraint=False,
        db_index=False,
    )

    class Meta:
        constraints = [
            # The round first: who handles it is asked far more often than what somebody handles.
            models.UniqueConstraint(
                name="round_handler_named_once",
                fields=["tenant", "content_object", "user", "permission"],
            )
        ]
