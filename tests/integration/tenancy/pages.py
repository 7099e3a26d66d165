"""A few pages for the tests of the request's way through the fence."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.urls import path

from tenancy.access import access_job
from tenancy.http import OPEN_DOOR, actor_of
from tenancy.models import Job, Membership
from tenancy.services.sign_in import choose_seat, sign_in, sign_out


def who(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    return JsonResponse(
        {
            "name": actor.name,
            "office": actor.tenant_id,
            "roles": sorted(actor.roles),
            "jobs": list(Job.objects.values_list("tenant_id", flat=True)),
        }
    )


def seats(request: HttpRequest) -> HttpResponse:
    found = Membership.objects.order_by("tenant_id").values_list("tenant_id", flat=True)
    return JsonResponse({"seats": list(found), "actor": request.actor is not None})  # type: ignore[attr-defined]


def job(request: HttpRequest, number: int) -> HttpResponse:
    return HttpResponse(access_job(actor_of(request), number).task)


def write(request: HttpRequest, end: str) -> HttpResponse:
    """Queue a job, then end in one of several ways."""
    Job.objects.create(tenant_id=actor_of(request).tenant_id, task="probe.word")
    if end == "missing":
        raise Http404
    if end == "error":
        raise ZeroDivisionError
    return HttpResponse(status=500 if end == "broken" else 200)


def stream(request: HttpRequest) -> StreamingHttpResponse:
    def lines() -> Iterator[str]:
        for seat in Membership.objects.order_by("user_id"):
            yield f"{seat.user_id}\n"

    return StreamingHttpResponse(lines(), content_type="text/plain")


async def never() -> Iterator[str]:  # type: ignore[misc]
    yield "never"


def stream_async(request: HttpRequest) -> StreamingHttpResponse:
    return StreamingHttpResponse(never(), content_type="text/plain")


def enter(request: HttpRequest) -> HttpResponse:
    entered = sign_in(request, request.POST["username"], request.POST["password"])
    return JsonResponse({"office": entered.actor and entered.actor.tenant_id})


def choose(request: HttpRequest, number: int) -> HttpResponse:
    return JsonResponse({"office": choose_seat(request, number).tenant_id})


def leave(request: HttpRequest) -> HttpResponse:
    sign_out(request)
    return HttpResponse()


def outside(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"in a transaction": connection.in_atomic_block})


enter.door = OPEN_DOOR  # type: ignore[attr-defined]
leave.door = OPEN_DOOR  # type: ignore[attr-defined]
outside.door = OPEN_DOOR  # type: ignore[attr-defined]

urlpatterns = [
    path("who/", who),
    path("seats/", seats),
    path("job/<int:number>/", job),
    path("write/<str:end>/", write),
    path("stream/", stream),
    path("stream-async/", stream_async),
    path("enter/", enter),
    path("choose/<int:number>/", choose),
    path("leave/", leave),
    path("outside/", outside),
]
