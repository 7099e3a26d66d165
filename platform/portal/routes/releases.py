from __future__ import annotations

from django.urls import path

from portal.views import releases

urlpatterns = [
    path("releases/", releases.index, name="releases"),
    path("releases/<int:number>/", releases.detail, name="release-detail"),
    path("releases/<int:number>/give/", releases.give, name="release-give"),
    path("releases/<int:number>/withdraw/", releases.withdraw, name="release-withdraw"),
]
