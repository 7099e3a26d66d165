from __future__ import annotations

from django.urls import path

from portal.views import past_clues, past_problems

urlpatterns = [
    path("past-problems/", past_problems.index, name="past-problems"),
    path("past-problems/<int:number>/", past_problems.detail, name="past-problem"),
    path("past-clues/", past_clues.index, name="past-clues"),
    path("past-clues/<int:number>/", past_clues.detail, name="past-clue"),
    *(
        path(f"{kind}-imports/{where}", getattr(views, act), name=f"{kind}-import{suffix}")
        for kind, views in (("problem", past_problems), ("clue", past_clues))
        for where, act, suffix in (
            ("new/", "new", "-new"),
            ("template/", "template", "-template"),
            ("<int:number>/", "dry_run", ""),
            ("<int:number>/confirm/", "confirm", "-confirm"),
            ("<int:number>/cancel/", "cancel", "-cancel"),
        )
    ),
]
