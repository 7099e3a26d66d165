"""The office's own people and bodies."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.room_forms import AccountForm
from portal.views.imports import download
from scheduling.selectors.rosters import roster_page, units_page
from scheduling.services.exporting import export_roster, export_units
from scheduling.services.looking import open_person
from sharing.selectors.accounts import account_of_person
from tenancy.domain.roles import Permission
from tenancy.http import actor_of


@require_safe
def roster(request: HttpRequest) -> HttpResponse:
    actor, asked = actor_of(request), request.GET
    page = roster_page(
        actor,
        search=asked.get("q", ""),
        pool=asked.get("pool", ""),
        skill=asked.get("skill", ""),
        page=asked.get("page", 1),
    )
    may_import = actor.may(Permission.IMPORT_ROSTER)
    may_export = actor.may(Permission.EXPORT_ROSTER)
    context = {
        "page": page,
        "may_import": may_import,
        "may_export": may_export,
        "may_link": actor.may(Permission.LINK_ACCOUNTS),
    }
    return render(request, "portal/rosters/people.html", context)


@require_safe
def person(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    page = open_person(actor=actor, number=number)
    context = {
        "page": page,
        "account": account_of_person(actor, number),
        "account_form": AccountForm(),
    }
    return render(request, "portal/rosters/person.html", context)


@require_safe
def units(request: HttpRequest) -> HttpResponse:
    actor, asked = actor_of(request), request.GET
    page = units_page(
        actor, search=asked.get("q", ""), kind=asked.get("kind", ""), page=asked.get("page", 1)
    )
    may_import = actor.may(Permission.IMPORT_UNITS)
    may_export = actor.may(Permission.EXPORT_ROSTER)
    context = {"page": page, "may_import": may_import, "may_export": may_export}
    return render(request, "portal/rosters/units.html", context)


@never_cache
@require_safe
def roster_xlsx(request: HttpRequest) -> HttpResponse:
    book = export_roster(actor=actor_of(request))
    return download(book.content, book.file_name)


@never_cache
@require_safe
def units_xlsx(request: HttpRequest) -> HttpResponse:
    book = export_units(actor=actor_of(request))
    return download(book.content, book.file_name)
