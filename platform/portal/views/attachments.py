"""A file that belongs to a record: how far it is, the copy for its readers, the original."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from portal.attachment_forms import OriginalForm
from portal.faults import faults_at, status_of
from portal.http import posted, shown
from portal.step_up import needs_fresh_proof
from sharing.selectors.attachments import attachment_page, original_page
from sharing.services.attaching import Opened, open_derivative, open_original
from tenancy.http import actor_of

PAGE, PART = "portal/attachments/detail.html", "portal/attachments/_line.html"
ORIGINAL = "portal/attachments/original.html"


@never_cache
@require_safe
def detail(request: HttpRequest, number: int) -> HttpResponse:
    """The page; its line alone, where a list of files looks again whether one is cleaned."""
    line = attachment_page(actor_of(request), number)
    return shown(request, PAGE, PART, {"line": line})


@never_cache
@require_safe
def file(request: HttpRequest, number: int) -> HttpResponse:
    return saved(open_derivative(actor=actor_of(request), number=number))


@needs_fresh_proof
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def original(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    line = original_page(actor, number)
    form = OriginalForm(posted(request))
    if form.is_valid():
        with faults_at(form):
            return saved(open_original(actor=actor, number=number, **form.cleaned_data))
    return render(request, ORIGINAL, {"line": line, "form": form}, status=status_of(form))


def saved(opened: Opened) -> HttpResponse:
    """To be saved, whatever it is: a browser that drew it would run what is in it as ours."""
    answer = HttpResponse(opened.content, content_type=opened.content_type)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(opened.name)}"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
