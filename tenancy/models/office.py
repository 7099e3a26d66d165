"""The tree of inspection offices."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Office(models.Model):
    """A party inspection office: one tenant. The directory of offices is public within the product.

    Only the owner writes here (`manage.py create_office`), and the system administrator by the
    functions of `tenancy.services.administration`: who may hand rows to whom follows from `parent`.
    """

    class Kind(models.TextChoices):
        PLATFORM = "platform", _("Platform")
        PROVINCE = "province", _("Province")
        CITY = "city", _("City")
        COUNTY = "county", _("County")

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=100)
    short_name = models.CharField(max_length=20)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    lon = models.FloatField(null=True, blank=True)
    lat = models.FloatField(null=True, blank=True)
    name_key = models.CharField(
        max_length=200, help_text="The name in pinyin: sorts the same on every server."
    )
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors"
    )
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["name_key", "id"]
        constraints = [
            models.UniqueConstraint(
                name="office_one_platform", fields=["kind"], condition=Q(kind="platform")
            ),
            models.CheckConstraint(
                name="office_is_not_its_own_parent",
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
            ),
            models.CheckConstraint(
                name="office_stands_on_the_earth",
                condition=(Q(lon__isnull=True) & Q(lat__isnull=True))
                | Q(lon__gte=-180, lon__lte=180, lat__gte=-90, lat__lte=90),
            ),
        ]

    def __str__(self) -> str:
        return self.short_name
