from __future__ import annotations

from django.urls import path

from portal.views import accounts, deputies, offices, seats

urlpatterns = [
    path("deputies/", deputies.index, name="deputies"),
    path("deputies/<int:number>/revoke/", deputies.revoke, name="deputy-revoke"),
    path("seats/", seats.index, name="seats"),
    path("transfers/", seats.transfers, name="transfers"),
    path("seats/<int:number>/end/", seats.end, name="seat-end"),
    path("seat-changes/<int:number>/decide/", seats.decide, name="seat-change-decide"),
    path("accounts/", accounts.index, name="accounts"),
    path("accounts/<int:number>/", accounts.detail, name="account"),
    path("accounts/<int:number>/invite/", accounts.invite, name="account-invite"),
    path("invitation/<str:secret>/", accounts.accept, name="invitation"),
    path("offices/", offices.index, name="offices"),
    path("offices/<int:number>/", offices.detail, name="office-detail"),
    path("offices/<int:number>/abolish/", offices.abolish, name="office-abolish"),
]
