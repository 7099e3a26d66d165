from __future__ import annotations

from django.urls import path

from portal.views import contacts

urlpatterns = [
    path("unit-contacts/", contacts.index, name="unit-contacts"),
    path("unit-contacts/<int:number>/", contacts.detail, name="unit-contact"),
    path("unit-contacts/<int:number>/remove/", contacts.remove, name="unit-contact-remove"),
    path("my-units/", contacts.own, name="my-units"),
]
