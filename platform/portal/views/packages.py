"""Packages for offices without a line: made, brought, looked at, taken in, answered."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.faults import faults_at, status_of
from portal.form_keys import answer_shown_once
from portal.http import acts_on, posted
from portal.keyset import pages, window
from portal.package_forms import AnswerForm, BringForm, PackageForm, ReceiverForm
from portal.step_up import needs_fresh_proof
from sharing.selectors.package_records import shown
from sharing.selectors.packages import (
    brought_page,
    offered,
    received_page,
    received_part,
    received_records_part,
    receivers,
    record_page,
    sent_lines,
    sent_page,
    sent_part,
    waiting,
)
from sharing.services.making_packages import Made, make_package
from sharing.services.taking_packages import (
    bring_package,
    drop_package,
    take_in_package,
    write_answer,
)
from tenancy.domain.roles import Permission
from tenancy.http import actor_of

RECORD = "portal/packages/record.html"


@require_safe
def sent_index(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    part = sent_part(actor, window(request))
    context = {"lines": sent_lines(actor, part.lines)} | pages(request, part)
    return render(request, "portal/packages/sent.html", context)


@require_safe
def sent(request: HttpRequest, number: int) -> HttpResponse:
    context = {"page": sent_page(actor_of(request), number)}
    return render(request, "portal/packages/sent_one.html", context)


@needs_fresh_proof
@answer_shown_once
@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The answer is the file itself."""
    actor = actor_of(request)
    known = receivers(actor)
    receiver = ReceiverForm(known, request.GET)
    groups = offered(actor, receiver.chosen) if receiver.chosen else ()
    form = PackageForm(groups, posted(request))
    if form.is_valid():
        with faults_at(form, receiver):
            return saved(make_package(actor=actor, receiver=receiver.chosen, **form.draft()))
    context = {"form": form, "receiver": receiver, "groups": groups, "known": known}
    return render(request, "portal/packages/new.html", context, status=status_of(form))


@require_safe
def received_index(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    part = received_part(actor, window(request))
    context = {
        "lines": part.lines,
        "waiting": waiting(actor),
        "may_bring": actor.may(Permission.TAKE_IN_PACKAGES),
    }
    return render(request, "portal/packages/received.html", context | pages(request, part))


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    actor.must(Permission.TAKE_IN_PACKAGES)
    form = BringForm(posted(request), request.FILES or None)
    if form.is_valid():
        with faults_at(form):
            return redirect("portal:package-brought", bring_package(actor=actor, **form.draft()).pk)
    return render(request, "portal/packages/bring.html", {"form": form}, status=status_of(form))


@never_cache
@require_safe
def brought(request: HttpRequest, number: int) -> HttpResponse:
    context = {"page": brought_page(actor_of(request), number)}
    return render(request, "portal/packages/brought.html", context)


@require_POST
def take_in(request: HttpRequest, number: int) -> HttpResponse:
    package = take_in_package(actor=actor_of(request), number=number)
    messages.success(request, _("Taken in. What was in it stands here as it was signed."))
    return redirect("portal:package-received", package.pk)


@require_POST
def drop(request: HttpRequest, number: int) -> HttpResponse:
    drop_package(actor=actor_of(request), number=number)
    messages.success(request, _("Dropped. Nothing of it was taken in."))
    return redirect("portal:packages-received")


@never_cache
@require_safe
def received(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    part = received_records_part(actor, number, window(request))
    context = {"page": received_page(actor, number), "records": part.lines}
    return render(request, "portal/packages/received_one.html", context | pages(request, part))


@never_cache
@require_safe
def record(request: HttpRequest, number: int) -> HttpResponse:
    return _record(request, number)


@acts_on("portal:package-record")
def answer(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    form = AnswerForm(record_page(actor, number).kinds, request.POST)
    actor.must(Permission.MAKE_PACKAGES)
    if form.is_valid():
        with faults_at(form):
            write_answer(actor=actor, number=number, **form.cleaned_data)
            messages.success(request, _("Kept. It goes with the next package for the sender."))
            return redirect("portal:package-record", number)
    return _record(request, number, form)


def saved(made: Made) -> HttpResponse:
    answer = HttpResponse(made.content, content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="{made.file_name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _record(request: HttpRequest, number: int, form: AnswerForm | None = None) -> HttpResponse:
    page = record_page(actor_of(request), number)
    context = {
        "page": page,
        "shown": shown(page.record.part, page.record.content),
        "form": form or AnswerForm(page.kinds),
    }
    return render(request, RECORD, context, status=status_of(form) if form else 200)
