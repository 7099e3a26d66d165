"""This house's addresses below /api/v1/."""

from __future__ import annotations

from django.urls import path

from sharing.api import authorisations, history, rooms, weekly

urlpatterns = [
    path("history-figures", history.Figures.as_view(), name="history-figures"),
    path("rooms", rooms.Rooms.as_view(), name="rooms"),
    path("rooms/<int:number>", rooms.OneRoom.as_view(), name="room"),
    path(
        "rooms/<int:number>/weekly-reports",
        weekly.RoomWeeklyReports.as_view(),
        name="weekly-reports",
    ),
    path(
        "rooms/<int:number>/weekly-reports/sign",
        weekly.SignWeeklyReport.as_view(),
        name="weekly-report-sign",
    ),
    path(
        "authorisations/<int:number>/weekly-reports",
        weekly.OfficeWeeklyReports.as_view(),
        name="signed-weekly-reports",
    ),
    path("person-accounts", rooms.PersonAccounts.as_view(), name="person-accounts"),
    path("people/<int:number>/account", rooms.OnePersonAccount.as_view(), name="person-account"),
    path("people/<int:number>/account/unlink", rooms.UnlinkAccount.as_view(), name="unlink"),
    path(
        "publications/<int:number>/teams",
        authorisations.PublicationTeams.as_view(),
        name="publication-teams",
    ),
    path("authorisations", authorisations.Authorisations.as_view(), name="authorisations"),
    path(
        "authorisations/<int:number>",
        authorisations.OneAuthorisation.as_view(),
        name="authorisation",
    ),
    path(
        "authorisations/<int:number>/grant",
        authorisations.GrantAuthorisation.as_view(),
        name="authorisation-grant",
    ),
    path(
        "authorisations/<int:number>/refuse",
        authorisations.RefuseAuthorisation.as_view(),
        name="authorisation-refuse",
    ),
    path(
        "authorisations/<int:number>/admit",
        authorisations.AdmitMember.as_view(),
        name="authorisation-admit",
    ),
    path(
        "authorisations/<int:number>/end",
        authorisations.EndMember.as_view(),
        name="authorisation-end",
    ),
    path(
        "authorisations/<int:number>/follow",
        authorisations.FollowCorrection.as_view(),
        name="authorisation-follow",
    ),
    path(
        "authorisations/<int:number>/revoke",
        authorisations.RevokeAuthorisation.as_view(),
        name="authorisation-revoke",
    ),
]
