"""The office's classes of findings: the set, what is added to it, and the city's editions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal.dictionary_forms import CategoryForm, IssueForm, MoveForm
from portal.faults import faults_at, status_of
from portal.http import posted
from sharing.access.dictionary import access_category
from sharing.selectors.dictionary import CategoriesPage, categories_page, tags
from sharing.services.dictionary import (
    add_category,
    begin_with_standard,
    move_category,
    retire_category,
    revive_category,
)
from sharing.services.issuing_categories import adopt_categories, issue_categories
from tenancy.domain.roles import Permission
from tenancy.http import actor_of


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    page = categories_page(actor)
    if request.method == "POST":
        actor.must(Permission.KEEP_CATEGORIES)
    form = CategoryForm(page.headings_in_use, not page.uses_the_citys, posted(request))
    if form.is_valid():
        with faults_at(form):
            category = add_category(actor=actor, **form.draft())
            messages.success(request, _("Added as %(code)s.") % {"code": category.code})
            return redirect("portal:categories")
    return _shown(request, page, form)


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    begin_with_standard(actor=actor_of(request))
    messages.success(
        request, _("The usual headings are yours now. Add your own classes under them.")
    )
    return redirect("portal:categories")


@require_POST
def issue(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    actor.must(Permission.ISSUE_DICTIONARIES)
    form = IssueForm(request.POST)
    if not form.is_valid():
        return _shown(request, categories_page(actor), issue_form=form)
    issue_categories(actor=actor, **form.cleaned_data)
    messages.success(request, _("Issued. Each county's director takes it over."))
    return redirect("portal:categories")


@require_POST
def adopt(request: HttpRequest) -> HttpResponse:
    adopt_categories(actor=actor_of(request))
    messages.success(request, _("The city's edition is in use here now."))
    return redirect("portal:categories")


@require_POST
def retire(request: HttpRequest, number: int) -> HttpResponse:
    return _kept(request, retire_category, number, _("Retired. Old records keep it."))


@require_POST
def revive(request: HttpRequest, number: int) -> HttpResponse:
    return _kept(request, revive_category, number, _("In use again."))


@require_POST
def move(request: HttpRequest, number: int) -> HttpResponse:
    actor, form = actor_of(request), MoveForm(request.POST)
    if not form.is_valid():
        access_category(actor, number)
        actor.must(Permission.KEEP_CATEGORIES)
        messages.error(request, _("Neither up nor down was named. Nothing was moved."))
        return _shown(request, categories_page(actor), move_form=form)
    up = form.cleaned_data["towards"] == "up"
    return _kept(request, move_category, number, _("Moved."), up=up)


def _kept(
    request: HttpRequest, act: Callable[..., Any], number: int, words: str, **said: Any
) -> HttpResponse:
    act(actor=actor_of(request), number=number, **said)
    messages.success(request, words)
    return redirect("portal:categories")


def _shown(
    request: HttpRequest,
    page: CategoriesPage,
    form: CategoryForm | None = None,
    *,
    issue_form: IssueForm | None = None,
    move_form: MoveForm | None = None,
) -> HttpResponse:
    """The page, with the form that was refused as it was typed."""
    sent = [one for one in (form, issue_form, move_form) if one is not None]
    context = {
        "page": page,
        "form": form or CategoryForm(page.headings_in_use, not page.uses_the_citys, None),
        "issue_form": issue_form or IssueForm(),
        "tags": tags(),
    }
    return render(request, "portal/dictionary/index.html", context, status=status_of(*sent))
