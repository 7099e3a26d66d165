"""Working papers of a team: the list, the editor, one paper and its texts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.attachment_forms import EvidenceFileForm
from portal.faults import faults_at, status_of
from portal.http import UNPROCESSABLE, acts_on, posted
from portal.paper_context import form_of, key_of, listed, paper_context, query_of, window_of
from portal.paper_forms import ACT_FORMS, PaperForm, bases_of, evidence_of
from sharing.selectors.paper_places import rooms_to_write_in
from sharing.selectors.papers import (
    PaperPage,
    board,
    classes_offered,
    comparison_page,
    paper_page,
    papers_page,
    titles_of_rules,
)
from sharing.services import paper_acts
from sharing.services.evidence_files import add_evidence_file, take_off_evidence_file
from sharing.services.paper_texts import begin_paper, write_paper
from tenancy.actor import Actor
from tenancy.http import actor_of


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    actor, query = actor_of(request), query_of(request)
    page = papers_page(actor, query, window_of(request))
    context: dict[str, Any] = {"page": page, **listed(actor, page.part, query)}
    if request.GET.get("view") == "board":
        context["board"] = board(actor, query)
    return render(request, "portal/papers/index.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    actor, typed = actor_of(request), posted(request)
    rooms = rooms_to_write_in(actor)
    units = [(f"{one.room_id}:{one.code}", one.name) for one in rooms.units]
    form = PaperForm(typed, units=units, classes=classes_offered(actor))
    rows = bases_of(typed, None), evidence_of(typed, None)
    if form.is_valid() and all(one.is_valid() for one in rows):
        room, _colon, unit = form.cleaned_data["unit"].partition(":")
        with faults_at(form):
            text = form.text(*rows)
            paper = begin_paper(actor=actor, room=int(room), unit=unit, text=text)
            messages.success(request, _("Saved as the first version."))
            return redirect("portal:paper-detail", paper.pk)
    context: dict[str, Any] = {"form": form, "bases": rows[0], "evidence": rows[1], "units": units}
    context["rules"] = titles_of_rules(actor)
    return render(request, "portal/papers/edit.html", context, status=status_of(form, *rows))


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, number: int) -> HttpResponse:
    actor, typed = actor_of(request), posted(request)
    page = paper_page(actor, number)
    form = PaperForm(typed, units=(), classes=classes_offered(actor), version=page.version)
    rows = bases_of(typed, page.version), evidence_of(typed, page.version)
    if form.is_valid() and all(one.is_valid() for one in rows):
        with faults_at(form):
            write_paper(
                actor=actor,
                number=number,
                text=form.text(*rows),
                based_on=form.cleaned_data["based_on"],
                why=form.cleaned_data["why"],
            )
            messages.success(request, _("Saved as a further version."))
            return redirect("portal:paper-detail", number)
    context: dict[str, Any] = {"form": form, "bases": rows[0], "evidence": rows[1], "page": page}
    context["rules"] = titles_of_rules(actor)
    return render(request, "portal/papers/edit.html", context, status=status_of(form, *rows))


@require_safe
def detail(request: HttpRequest, number: int) -> HttpResponse:
    page = paper_page(actor_of(request), number)
    return render(request, "portal/papers/detail.html", paper_context(page))


@require_safe
def versions(request: HttpRequest, number: int) -> HttpResponse:
    asked = request.GET
    page = comparison_page(
        actor_of(request), number, key_of(asked.get("old")), key_of(asked.get("new"))
    )
    return render(request, "portal/papers/versions.html", {"page": page})


@acts_on("portal:paper-detail")
def files(request: HttpRequest, number: int) -> HttpResponse:
    """A file for a line of the evidence."""
    actor, form = actor_of(request), EvidenceFileForm(request.POST, request.FILES)
    page = paper_page(actor, number)
    if form.is_valid():
        with faults_at(form):
            add_evidence_file(actor=actor, number=number, **form.draft())
            messages.success(
                request, _("Handed in. It is cleaned now; the copy is here when done.")
            )
            return redirect("portal:paper-detail", number)
    context = paper_context(page, file_form=form)
    return render(request, "portal/papers/detail.html", context, status=UNPROCESSABLE)


@acts_on("portal:paper-detail")
def files_off(request: HttpRequest, number: int) -> HttpResponse:
    attachment = key_of(request.POST.get("attachment"))
    take_off_evidence_file(actor=actor_of(request), number=number, attachment=attachment)
    messages.success(request, _("Taken off. Earlier versions keep it."))
    return redirect("portal:paper-detail", number)


@acts_on("portal:paper-detail")
def act(request: HttpRequest, number: int) -> HttpResponse:
    """One of the acts that the paper's page offers."""
    actor, name = actor_of(request), request.POST.get("act", "")
    page = paper_page(actor, number)
    form = form_of(ACT_FORMS, name, request.POST)
    if form.is_valid():
        with faults_at(form):
            _done(actor, page, name, form.cleaned_data)
            messages.success(request, _("Done."))
            return redirect("portal:paper-detail", number)
    context = paper_context(page, name, form)
    return render(request, "portal/papers/detail.html", context, status=UNPROCESSABLE)


def _done(actor: Actor, page: PaperPage, name: str, given: dict[str, Any]) -> None:
    number = page.paper.pk
    if name == "put_in_report":
        report = page.report.pk if page.report else 0
        paper_acts.put_in_report(actor=actor, number=number, report=report)
        return
    paper_acts.do(actor=actor, number=number, act=name, given=given)
