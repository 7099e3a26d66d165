from __future__ import annotations

from django.urls import path

from portal.views import pins, ties

urlpatterns = [
    path("ties/", ties.index, name="ties"),
    path("ties/cannot-come/", ties.cannot_come, name="ties-cannot-come"),
    path("ties/<int:number>/withdraw/", ties.withdraw, name="tie-withdraw"),
    path("rounds/<int:number>/declared/", ties.of_round, name="round-declared"),
    path("rounds/<int:number>/pins/", pins.index, name="round-pins"),
    path("rounds/<int:number>/pins/remove/", pins.remove, name="round-pin-remove"),
]
