from __future__ import annotations

from django.urls import path, register_converter

from portal.views import digests


class PeriodConverter:
    """2026-Q3, 2026-H2, 2026: the same in each office, where the numbers of its copies are not."""

    regex = r"[0-9]{4}(?:-Q[1-4]|-H[12])?"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(PeriodConverter, "period")

urlpatterns = [
    path("digests/", digests.index, name="digests"),
    path("digests/rule/", digests.rule, name="digest-rule"),
    path("digests/make/", digests.make, name="digest-make"),
    path("digests/of/<period:period>/", digests.of_period, name="digest-of"),
    path("digests-made/<int:number>/stop/", digests.stop, name="digest-stop"),
    path("digests-made/<int:number>/publish/", digests.publish, name="digest-publish"),
    path("digests/<int:number>/", digests.detail, name="digest"),
    path("digests/<int:number>/workbook/", digests.workbook, name="digest-workbook"),
]
