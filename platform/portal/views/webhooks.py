"""An office's webhooks, what became of each message, and the installation's list of hosts."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.faults import faults_at, status_of
from portal.form_keys import answer_shown_once
from portal.step_up import needs_fresh_proof
from portal.webhook_context import page_of_webhook
from portal.webhook_forms import AgainForm, HostForm, WebhookForm
from tenancy.access import access_webhook, webhooks_visible_to
from tenancy.domain.roles import Permission
from tenancy.http import actor_of
from tenancy.services import webhooks
from tenancy.services.webhooks import NewSecret

CREATED = 201
DETAIL = "portal/webhooks/detail.html"


@needs_fresh_proof
@answer_shown_once
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """The secret of a new one is on the answer to the form and on no other page."""
    actor = actor_of(request)
    actor.must(Permission.MANAGE_WEBHOOKS)
    offered = webhooks.events_for(actor)
    form = WebhookForm(offered, request.POST or None)
    made: NewSecret | None = None
    if form.is_valid():
        with faults_at(form):
            made = webhooks.make_webhook(actor=actor, **form.cleaned_data)
            form = WebhookForm(offered)
    context = {
        "form": form,
        "made": made,
        "lines": webhooks_visible_to(actor),
        "hosts": [entry for entry in webhooks.allowed_hosts() if "/" not in entry],
    }
    status = CREATED if made else status_of(form)
    return render(request, "portal/webhooks/index.html", context, status=status)


@never_cache
@require_safe
def detail(request: HttpRequest, number: int) -> HttpResponse:
    webhook = access_webhook(actor_of(request), number)
    return render(request, DETAIL, page_of_webhook(webhook))


@require_POST
def test(request: HttpRequest, number: int) -> HttpResponse:
    webhooks.send_test(actor=actor_of(request), number=number)
    messages.success(request, _("A test message is on its way. Load this page again in a moment."))
    return redirect("portal:webhook-detail", number)


@require_POST
def again(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    access_webhook(actor, number)
    form = AgainForm(request.POST)
    if form.is_valid():
        delivery = form.cleaned_data["delivery"]
        webhooks.send_again(actor=actor, number=number, delivery=delivery)
        messages.success(request, _("The message is sent again, under the same id."))
    return redirect("portal:webhook-detail", number)


@needs_fresh_proof
@answer_shown_once
@never_cache
@require_POST
def rotate(request: HttpRequest, number: int) -> HttpResponse:
    """The new secret is on this answer alone."""
    made = webhooks.rotate_secret(actor=actor_of(request), number=number)
    return render(request, DETAIL, page_of_webhook(made.webhook, made=made), status=CREATED)


@require_POST
def resume(request: HttpRequest, number: int) -> HttpResponse:
    webhooks.resume_webhook(actor=actor_of(request), number=number)
    messages.success(request, _("Messages are sent again from now on."))
    return redirect("portal:webhook-detail", number)


@require_POST
def end(request: HttpRequest, number: int) -> HttpResponse:
    webhooks.end_webhook(actor=actor_of(request), number=number)
    messages.success(request, _("The webhook is ended. Nothing more is sent there."))
    return redirect("portal:webhooks")


@needs_fresh_proof
@require_http_methods(["GET", "HEAD", "POST"])
def hosts(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    actor.must(Permission.KEEP_WEBHOOK_HOSTS)
    form = HostForm(request.POST or None)
    if form.is_valid():
        with faults_at(form):
            webhooks.allow_host(actor=actor, entry=form.cleaned_data["entry"])
            messages.success(request, _("It is on the list."))
            return redirect("portal:webhook-hosts")
    context = {"form": form, "entries": webhooks.allowed_hosts()}
    return render(request, "portal/webhooks/hosts.html", context, status=status_of(form))


@require_POST
def remove_host(request: HttpRequest) -> HttpResponse:
    entry = request.POST.get("entry", "").replace("\0", "")
    webhooks.refuse_host(actor=actor_of(request), entry=entry)
    messages.success(request, _("It is off the list. Nothing more is sent there."))
    return redirect("portal:webhook-hosts")
