"""Coming in, choosing a seat and a language, leaving."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from kernel.errors import DomainError
from kernel.text import Text
from portal.forms import SeatForm, SignInForm
from portal.http import (
    UNPROCESSABLE,
    forget_language,
    has_language,
    open_to_all,
    open_without_office,
    person_of,
    posted,
    remember_language,
    remember_seats,
    safe_next,
)
from portal.refusals import Refusal
from portal.sign_in_forms import CodeForm
from tenancy.domain.sessions import ENDING_TITLES, Ending
from tenancy.services import preferences
from tenancy.services import sign_in as tenancy_session
from tenancy.services.half_way import half_way, what_is_owed


@open_to_all
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    form = SignInForm(request.POST if request.method == "POST" else None)
    if request.method == "GET":
        if request.user.is_authenticated:
            return redirect(safe_next(request))
        return _sign_in_page(request, form)
    if not form.is_valid():
        return _sign_in_page(request, form, status=UNPROCESSABLE)
    try:
        entered = tenancy_session.sign_in(request, **form.cleaned_data)
    except DomainError as error:
        refusal = Refusal.of(error)
        return _sign_in_page(request, form, refusal=refusal, status=refusal.status)
    if entered.wants_code:
        return redirect(_with_next(request, "portal:sign-in-code"))
    return _let_in(request, entered)


@open_to_all
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """The second page of signing in. Whoever was not let as far begins at the first."""
    if half_way(request) is None:
        return redirect(_with_next(request, "portal:sign-in"))
    form = CodeForm(posted(request))
    if not form.is_bound:
        return _code_page(request, form)
    if not form.is_valid():
        return _code_page(request, form, status=UNPROCESSABLE)
    try:
        entered = tenancy_session.enter_code(request, form.cleaned_data["code"])
    except DomainError as error:
        refusal = Refusal.of(error)
        return _code_page(request, CodeForm(), refusal=refusal, status=refusal.status)
    return _let_in(request, entered)


def _let_in(request: HttpRequest, entered: tenancy_session.SignedIn) -> HttpResponse:
    remember_seats(request, len(entered.seats))
    wanted = safe_next(request)
    if what_is_owed(request) is not None:
        wanted = _with_next(request, "portal:second-factor")
    elif entered.actor is None:
        wanted = _with_next(request, "portal:office")
    answer = HttpResponseRedirect(wanted)
    if not has_language(request):
        remember_language(answer, entered.user.language)
    return answer


def _with_next(request: HttpRequest, name: str) -> str:
    return f"{reverse(name)}?{urlencode({'next': safe_next(request)})}"


def _code_page(
    request: HttpRequest, form: CodeForm, *, refusal: Refusal | None = None, status: int = 200
) -> HttpResponse:
    context = {"form": form, "refusal": refusal, "next": safe_next(request)}
    return render(request, "portal/session/sign_in_code.html", context, status=status)


def _sign_in_page(
    request: HttpRequest,
    form: SignInForm,
    *,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": form,
        "refusal": refusal,
        "next": safe_next(request),
        "ending": _ending(request),
        "tries": settings.AXES_FAILURE_LIMIT,
        "minutes": int(settings.AXES_COOLOFF_TIME.total_seconds() // 60),
    }
    return render(request, "portal/session/sign_in.html", context, status=status)


def _ending(request: HttpRequest) -> Text | None:
    """Why the last session is over; words of ours alone, whatever the address says."""
    because = request.GET.get("because", "")
    return ENDING_TITLES[Ending(because)] if because in set(Ending) else None


def locked_out(
    request: HttpRequest, original_response: HttpResponse, credentials: object = None
) -> HttpResponse:
    """django-axes asks what to answer when there were too many tries: what we said already."""
    return original_response


@open_to_all
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    tenancy_session.sign_out(request)
    answer = redirect("portal:sign-in")
    # What a browser kept of us: nothing that the next person on this machine could look at.
    answer["Clear-Site-Data"] = '"cache", "storage"'
    forget_language(answer)
    return answer


@open_without_office
@never_cache
@require_http_methods(["GET", "POST"])
def office(request: HttpRequest) -> HttpResponse:
    """Which hat to wear, for people who hold several seats."""
    form = SeatForm(request.POST)
    if request.method == "POST" and form.is_valid():
        tenancy_session.choose_seat(request, form.cleaned_data["seat"])
        return redirect(safe_next(request))
    seats = tenancy_session.seats_of(person_of(request).pk)
    actor = getattr(request, "actor", None)
    remember_seats(request, len(seats))
    context = {
        "seats": seats,
        "current": actor.seat_number if actor else None,
        "lost": tenancy_session.seats_lost(request),
        "next": safe_next(request),
    }
    return render(request, "portal/session/seat.html", context)


@open_to_all
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Switch between Chinese and English: for this browser, and for the person who asks."""
    wanted = request.POST.get("language", "")
    answer = redirect(safe_next(request))
    if wanted not in dict(settings.LANGUAGES):
        return answer
    remember_language(answer, wanted)
    if request.user.is_authenticated:
        preferences.prefer_language(user_id=request.user.pk, language=wanted)
    return answer
