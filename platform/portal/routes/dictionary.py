from __future__ import annotations

from django.urls import path

from portal.views import dictionary

urlpatterns = [
    path("categories/", dictionary.index, name="categories"),
    path("categories/begin/", dictionary.begin, name="categories-begin"),
    path("categories/issue/", dictionary.issue, name="categories-issue"),
    path("categories/adopt/", dictionary.adopt, name="categories-adopt"),
    path("categories/<int:number>/retire/", dictionary.retire, name="category-retire"),
    path("categories/<int:number>/revive/", dictionary.revive, name="category-revive"),
    path("categories/<int:number>/move/", dictionary.move, name="category-move"),
]
