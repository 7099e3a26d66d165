"""An office's own side of every round: whom it sends, who comes, and what it has to answer."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from portal.faults import faults_at, status_of
from portal.http import acts_on
from portal.publication_forms import ObjectionForm
from portal.views.imports import download
from scheduling.selectors.dispatch import extract_page, ours_page, request_page
from scheduling.services.confirming import confirm_people, object_to_people
from scheduling.services.extracts import export_extract
from tenancy.http import actor_of
from webui.language import spoken

ASKED = "portal/requests/detail.html"


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/ours/index.html", {"page": ours_page(actor_of(request))})


@require_safe
def extract(request: HttpRequest, number: int) -> HttpResponse:
    page = extract_page(actor_of(request), number)
    return render(request, "portal/ours/extract.html", {"page": page})


@never_cache
@require_safe
def workbook(request: HttpRequest, number: int) -> HttpResponse:
    book = export_extract(actor=actor_of(request), number=number, language=spoken())
    return download(book.content, book.file_name)


@require_safe
def asked(request: HttpRequest, number: int) -> HttpResponse:
    page = request_page(actor_of(request), number)
    return render(request, ASKED, {"page": page, "form": ObjectionForm(page.people)})


@require_POST
def confirm(request: HttpRequest, number: int) -> HttpResponse:
    confirm_people(actor=actor_of(request), number=number)
    messages.success(request, _("Confirmed. The city office has your answer."))
    return redirect("portal:request-detail", number)


@acts_on("portal:request-detail")
def object_to(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    page = request_page(actor, number)
    form = ObjectionForm(page.people, request.POST)
    if form.is_valid():
        with faults_at(form):
            object_to_people(actor=actor, number=number, objections=form.objections())
            messages.success(request, _("Your objection has reached the city office."))
            return redirect("portal:request-detail", number)
    return render(request, ASKED, {"page": page, "form": form}, status=status_of(form))
