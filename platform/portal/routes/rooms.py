from __future__ import annotations

from django.urls import path

from portal.views import (
    authorisations,
    document_requests,
    interviews,
    person_accounts,
    petitions,
    posts,
    rooms,
    weekly,
)

urlpatterns = [
    path("rooms/", rooms.index, name="rooms"),
    path("rooms/<int:number>/", rooms.detail, name="room-detail"),
    path("rooms/<int:number>/weekly/", weekly.index, name="room-weekly"),
    path("rooms/<int:number>/weekly/sign/", weekly.sign, name="room-weekly-sign"),
    path("rooms/<int:number>/posts/", posts.index, name="room-posts"),
    path("rooms/<int:number>/posts/end/", posts.end, name="room-post-end"),
    path("rooms/<int:number>/petitions/", petitions.index, name="room-petitions"),
    path("rooms/<int:number>/petitions/handle/", petitions.handle, name="room-petition-handle"),
    path("rooms/<int:number>/interviews/", interviews.index, name="room-interviews"),
    path("rooms/<int:number>/interviews/strata/", interviews.strata, name="room-interview-strata"),
    path("rooms/<int:number>/interviews/settle/", interviews.settle, name="room-interview-settle"),
    path(
        "rooms/<int:number>/document-requests/",
        document_requests.index,
        name="room-document-requests",
    ),
    path(
        "rooms/<int:number>/document-requests/act/",
        document_requests.act,
        name="room-document-request-act",
    ),
    path("documents-asked/", document_requests.asked, name="documents-asked"),
    path("post-settings/", posts.settings, name="post-settings"),
    path("authorisations/<int:number>/weekly/", weekly.signed, name="authorisation-weekly"),
    path("my-room/<int:number>/", rooms.of_authorisation, name="my-room"),
    path("authorisations/", authorisations.index, name="authorisations"),
    path("authorisations/<int:number>/", authorisations.detail, name="authorisation-detail"),
    path("authorisations/<int:number>/grant/", authorisations.grant, name="authorisation-grant"),
    path("authorisations/<int:number>/refuse/", authorisations.refuse, name="authorisation-refuse"),
    path("authorisations/<int:number>/admit/", authorisations.admit, name="authorisation-admit"),
    path("authorisations/<int:number>/end/", authorisations.end, name="authorisation-end"),
    path("authorisations/<int:number>/follow/", authorisations.follow, name="authorisation-follow"),
    path("authorisations/<int:number>/revoke/", authorisations.revoke, name="authorisation-revoke"),
    path("publications/<int:number>/teams/", authorisations.teams, name="publication-teams"),
    path("roster/accounts/", person_accounts.index, name="roster-accounts"),
    path("roster/<int:number>/account/", person_accounts.link, name="person-account"),
    path("roster/<int:number>/account/unlink/", person_accounts.unlink, name="person-unlink"),
]
