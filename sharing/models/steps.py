"""Records that live by a table of acts, and the acts that led each to where it is."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from kernel.text import Text
from sharing.domain.life_cycle import LifeCycle
from tenancy.models import TenantOwned, User


class Living(TenantOwned):
    """A record with a life cycle. Nobody writes `state` or `steps`: the database does, when a step
    of its table is added (`sharing.models.guards.walks`).
    """

    life: ClassVar[LifeCycle]
    step_model: ClassVar[type[Step]]

    state = models.CharField(max_length=40)
    steps = models.PositiveIntegerField(default=0, help_text="How many acts were done.")

    class Meta:
        abstract = True

    def save(self, *args: object, **kwargs: object) -> None:
        """A new record begins where its life begins."""
        if not self.state:
            self.state = self.life.begins_as
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class Step(TenantOwned):
    """One act. The subclass adds `record`, a key to its living record (`db_column="record_id"`).

    Number, state before, who and when are the database's; who adds a step says act, hand, state
    after, reason and facts.
    """

    number = models.PositiveIntegerField(default=0)
    act = models.CharField(max_length=40)
    hand = models.CharField(max_length=40)
    before = models.CharField(max_length=40, default="")
    after = models.CharField(max_length=40)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    by_name = models.CharField(max_length=100, default="")
    on_behalf_of = models.CharField(max_length=100, default="", help_text="Of a deputy: whose.")
    reason = models.CharField(max_length=2000, blank=True)
    facts = models.JSONField(
        default=dict,
        encoder=DjangoJSONEncoder,
        help_text="What the act was asked for: days, opinions, numbers. Content, and in no log.",
    )
    at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @property
    def title(self) -> Text:
        """What the act is called."""
        living: Any = self._meta.get_field("record").related_model
        life: LifeCycle = living.life
        return life.by_name[self.act].title


class LawfulStep(models.Model):
    """The life cycles as the database knows them: no table of an office, written by migrations.

    A test holds it to `sharing.domain.lives`."""

    life = models.CharField(max_length=40)
    act = models.CharField(max_length=40)
    before = models.CharField(max_length=40)
    after = models.CharField(max_length=40)
    hand = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="lawful_step_once", fields=["life", "act", "before", "after", "hand"]
            )
        ]


class HandRole(models.Model):
    """Which role gives which hand in a life, and the permission that a deputy may be refused."""

    life = models.CharField(max_length=40)
    hand = models.CharField(max_length=40)
    role = models.CharField(max_length=40)
    permission = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="hand_role_once", fields=["life", "hand", "role"])
        ]
