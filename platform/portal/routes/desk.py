from __future__ import annotations

from django.urls import path

from portal.views import comparison, desk, desk_acts

urlpatterns = [
    path("plans/<int:number>/desk/", desk.page, name="desk"),
    path("plans/<int:number>/desk/live/", desk.live, name="desk-live"),
    path("plans/<int:number>/desk/open/", desk_acts.open_one, name="desk-open"),
    path("plans/<int:number>/desk/edit/", desk_acts.edit, name="desk-edit"),
    path("plans/<int:number>/desk/undo/", desk_acts.undo, name="desk-undo"),
    path("plans/<int:number>/desk/redo/", desk_acts.redo, name="desk-redo"),
    path("plans/<int:number>/desk/barred/", desk_acts.barred, name="desk-barred"),
    path("plans/<int:number>/desk/pin/", desk_acts.set_pin, name="desk-pin"),
    path("plans/<int:number>/desk/unpin/", desk_acts.take_pin, name="desk-unpin"),
    path("plans/<int:number>/desk/duties/", desk_acts.duties, name="desk-duties"),
    path("plans/<int:number>/desk/usual-duties/", desk_acts.usual, name="desk-usual-duties"),
    path("plans/<int:number>/desk/solve/", desk_acts.solve, name="desk-solve"),
    path("plans/<int:number>/desk/check/", desk_acts.check, name="desk-check"),
    path("rounds/<int:number>/compare/", comparison.compare, name="round-compare"),
]
