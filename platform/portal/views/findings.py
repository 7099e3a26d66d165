"""Findings as the office reads them, and the classes that it keeps."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.faults import faults_at, status_of
from portal.http import UNPROCESSABLE, acts_on, posted
from portal.paper_context import key_of, listed, must_any, paper_context, query_of, window_of
from portal.paper_forms import CommentForm
from portal.report_forms import ClassForm
from sharing.domain.findings import LEVEL_TITLES
from sharing.selectors.papers import classes_kept, finding_page, findings_part
from sharing.services.finding_classes import add_class, add_usual_classes, retire_class
from sharing.services.paper_acts import comment_paper
from tenancy.domain.roles import Permission
from tenancy.http import actor_of
from webui.language import spoken


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    actor, query = actor_of(request), query_of(request)
    part = findings_part(actor, query, window_of(request))
    may_keep = actor.may(Permission.KEEP_FINDING_CLASSES)
    context = {**listed(part, query), "may_keep_classes": may_keep}
    return render(request, "portal/findings/index.html", context)


@require_safe
def detail(request: HttpRequest, number: int) -> HttpResponse:
    page = finding_page(actor_of(request), number)
    context = {**paper_context(page), "form": CommentForm()}
    return render(request, "portal/findings/detail.html", context)


@acts_on("portal:finding-detail")
def comment(request: HttpRequest, number: int) -> HttpResponse:
    actor, form = actor_of(request), CommentForm(request.POST)
    page = finding_page(actor, number)
    must_any(actor, Permission.COMMENT_REPORTS, Permission.FEED_BACK)
    if form.is_valid():
        with faults_at(form):
            comment_paper(actor=actor, number=number, comment=form.cleaned_data["comment"])
            messages.success(request, _("Said. The team reads it on the paper's page."))
            return redirect("portal:finding-detail", number)
    context = {**paper_context(page), "form": form}
    return render(request, "portal/findings/detail.html", context, status=UNPROCESSABLE)


@require_http_methods(["GET", "HEAD", "POST"])
def classes(request: HttpRequest) -> HttpResponse:
    actor, typed = actor_of(request), posted(request)
    kept = classes_kept(actor)
    levels = [(key.value, text[spoken()]) for key, text in LEVEL_TITLES.items()]
    form = ClassForm(typed if typed and "name" in typed else None, levels)
    if typed is not None and "retire" in typed:
        retire_class(actor=actor, number=key_of(typed.get("retire")))
        return redirect("portal:finding-classes")
    if typed is not None and "usual" in typed:
        add_usual_classes(actor=actor)
        return redirect("portal:finding-classes")
    if form.is_valid():
        with faults_at(form):
            add_class(actor=actor, **form.cleaned_data)
            return redirect("portal:finding-classes")
    context = {"classes": kept, "form": form}
    return render(request, "portal/findings/classes.html", context, status=status_of(form))
