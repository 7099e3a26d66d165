"""This house's addresses below /api/v1/."""

from __future__ import annotations

from django.urls import path

from sharing.api import contacts, history

urlpatterns = [
    path("history-figures", history.Figures.as_view(), name="history-figures"),
    path("unit-contacts", contacts.Desks.as_view(), name="unit-contacts"),
    path("unit-contacts/<int:number>", contacts.Desk.as_view(), name="unit-contact"),
    path(
        "unit-contacts/<int:number>/remove",
        contacts.RemoveContact.as_view(),
        name="unit-contact-remove",
    ),
    path("my-units", contacts.OwnDesks.as_view(), name="my-units"),
]
