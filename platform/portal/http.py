"""What every view asks of a request, and the door that every request passes.

A view is closed unless it says otherwise: `DoorMiddleware` sends strangers to the sign-in
page, and people who have not chosen an office to the choice.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any
from unicodedata import normalize
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme

from httpapi.http import is_for_programs
from httpapi.language import negotiated
from tenancy.domain.sessions import Ending
from tenancy.errors import NotSignedIn
from tenancy.http import API_DOOR, OPEN_DOOR
from tenancy.models import User
from tenancy.services.half_way import what_is_owed
from webui.language import html_lang

View = Callable[..., HttpResponse]
UNPROCESSABLE = 422  # a form with faults: htmx swaps it in, see webui/base.html
YEAR = timedelta(days=365)
_SEATS = "portal.seats"


def open_to_all(view: View) -> View:
    """Mark a view that strangers may see (the sign-in page)."""
    view.door = OPEN_DOOR  # type: ignore[attr-defined]
    return view


def open_without_office(view: View) -> View:
    """Mark a view for people who are signed in but act for no office yet."""
    view.door = "person"  # type: ignore[attr-defined]
    return view


def open_while_owing(view: View) -> View:
    """Mark a view where somebody does what they owe: all others lead them there first."""
    view.is_open_while_owing = True  # type: ignore[attr-defined]
    return open_without_office(view)


def acts_on(page: str) -> Callable[[View], View]:
    """Mark a view that only acts, by POST. Its address, when a refused form stands there and is
    loaded again or read in the other language, leads to the page of the same number."""

    def marked(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, number: int) -> HttpResponse:
            return view(request, number) if request.method == "POST" else redirect(page, number)

        return answer

    return marked


class DoorMiddleware:
    """Closed by default: nobody unknown gets to a view that is not marked open."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # One address answers with a page or with a part of it.
        patch_vary_headers(response, ["HX-Request"])
        return response

    def process_view(
        self, request: HttpRequest, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        door = getattr(view, "door", "office")
        if door != API_DOOR and "%00" in request.META.get("QUERY_STRING", ""):
            request.GET = without_nul(request.GET)  # type: ignore[assignment]
        # A view for programs says 401; a page would be no answer to them.
        if door in (OPEN_DOOR, API_DOOR):
            return None
        if request.method == "POST":
            request.POST = composed(request.POST)  # type: ignore[assignment]
        if not request.user.is_authenticated:
            return _sent_to_sign_in(request)
        is_open = getattr(view, "is_open_while_owing", False)
        if what_is_owed(request) is not None and not is_open:
            return sent_to(request, "portal:second-factor", next=_page_wanted(request))
        if door == "office" and getattr(request, "actor", None) is None:
            return sent_to(request, "portal:office", next=request.get_full_path())
        return None


def _page_wanted(request: HttpRequest) -> str:
    """What to go on with: a page, never an act that was refused on the way."""
    return request.get_full_path() if request.method == "GET" else reverse("portal:home")


def composed(typed: QueryDict) -> QueryDict:
    """What was typed, in Unicode's composed form (NFC): one word is stored one way, however a
    keyboard sends it. Passwords stay as they are: what is hashed must not change."""
    normal = typed.copy()
    for name, values in normal.lists():
        if "password" not in name:
            normal.setlist(name, [normalize("NFC", value) for value in values])
    normal._mutable = False
    return normal


def without_nul(asked: QueryDict) -> QueryDict:
    """What an address asks for, without the one character that no text of the database holds.

    Here and not in each list: whatever a page does with it, it can be looked for. Forms and programs
    are refused it where they are read.
    """
    clean = asked.copy()
    for name, values in asked.lists():
        clean.setlist(name, [value.replace("\0", "") for value in values])
    clean._mutable = False
    return clean


def _sent_to_sign_in(request: HttpRequest) -> HttpResponse:
    """With the reason, where a session was there and is over."""
    ending = getattr(request, "session_ending", "")
    because = {"because": ending} if ending in set(Ending) else {}
    answer = sent_to(request, "portal:sign-in", next=request.get_full_path(), **because)
    if because and "HX-Redirect" in answer:
        answer["HX-Redirect"] += f"?{urlencode(because)}"
    return answer


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, for a form that is bound on POST alone: `RoundForm(posted(request))`."""
    return request.POST if request.method == "POST" else None


def person_of(request: HttpRequest) -> User:
    """Who is signed in, whether or not they act for an office."""
    if not isinstance(request.user, User):
        raise NotSignedIn
    return request.user


def is_partial(request: HttpRequest) -> bool:
    """Whether htmx asks for a part of the page."""
    return request.headers.get("HX-Request") == "true"


def sent_to(request: HttpRequest, name: str, *args: object, **query: str) -> HttpResponse:
    """A redirect; for htmx one that loads the whole page, not a page inside a part."""
    address = reverse(name, args=args)
    if is_partial(request):
        answer = HttpResponse(status=204)
        answer["HX-Redirect"] = address
        return answer
    return HttpResponseRedirect(f"{address}?{urlencode(query)}" if query else address)


def shown(
    request: HttpRequest, page: str, part: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """`part` (a template whose name starts with `_`) for htmx, the whole `page` otherwise."""
    return render(request, part if is_partial(request) else page, context, status=status)


def safe_next(request: HttpRequest, *, otherwise: str = "portal:home") -> str:
    """The address the person wanted, if it is one of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if wanted and is_ours else reverse(otherwise)


class LanguageMiddleware:
    """Chinese unless the person asked for English.

    Django's own middleware would follow the browser's list of languages; office machines with
    an English system would then greet their users in English. Programs say what they want.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = negotiated(request) if is_for_programs(request) else _chosen(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", html_lang())
        return response


def _chosen(request: HttpRequest) -> str:
    asked = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def remember_language(response: HttpResponse, language: str) -> None:
    """For a year on this machine. A cookie, because the sign-in page has no session yet."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=int(YEAR.total_seconds()),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def has_language(request: HttpRequest) -> bool:
    """Whether a language was chosen on this browser since the last sign-out."""
    return settings.LANGUAGE_COOKIE_NAME in request.COOKIES


def forget_language(response: HttpResponse) -> None:
    """The next person on this machine begins with their own."""
    response.delete_cookie(settings.LANGUAGE_COOKIE_NAME, samesite="Lax")


def remember_seats(request: HttpRequest, count: int) -> None:
    """How many seats the person held at sign-in: with one there is no choice to offer."""
    request.session[_SEATS] = count


def has_several_seats(request: HttpRequest) -> bool:
    return int(request.session.get(_SEATS, 0)) > 1
