"""Somebody's own mail reminders."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from portal.faults import faults_at, status_of
from portal.http import posted
from portal.mail_forms import CodeForm, MailForm
from tenancy.actor import Actor
from tenancy.domain.mail import CODE, MOST_CODE_TRIES, THINGS
from tenancy.http import actor_of
from tenancy.models import MailMessage
from tenancy.services.mail import ask_for_mail, confirm_mail, end_mail, mail_page

PAGE = "portal/mail/page.html"
STATES: dict[str, tuple[str, str | Promise]] = {
    "waiting": ("info", gettext_lazy("on its way")),
    "sent": ("good", gettext_lazy("sent")),
    "failed": ("bad", gettext_lazy("given up")),
    "dropped": ("quiet", gettext_lazy("not needed any more")),
}
FAULTS: dict[str, str | Promise] = {
    "no_connection": gettext_lazy("the mail server does not answer"),
    "certificate": gettext_lazy("the mail server's certificate does not hold"),
    "sign_in": gettext_lazy("the mail server does not know this system"),
    "not_now": gettext_lazy("the mail server does not take it now"),
    "refused": gettext_lazy("refused by the receiving mail system"),
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    form = MailForm(posted(request))
    if form.is_bound and form.is_valid():
        with faults_at(form):
            ask_for_mail(actor=actor, address=form.cleaned_data["address"])
            messages.success(request, _("A code is on its way. Type it below."))
            return redirect("portal:mail")
    return render(request, PAGE, _context(actor, form, CodeForm()), status=status_of(form))


@never_cache
@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """A wrong code is no refusal: the try counts, so nothing of it is undone."""
    actor = actor_of(request)
    form = CodeForm(request.POST)
    if form.is_valid():
        if confirm_mail(actor=actor, code=form.cleaned_data["code"]):
            messages.success(request, _("Confirmed. From now on you are reminded by mail."))
            return redirect("portal:mail")
        wrong = _("That is not the code, or it is too late: after %(n)d tries ask for another.")
        form.add_error("code", wrong % {"n": MOST_CODE_TRIES})
    return render(request, PAGE, _context(actor, MailForm(), form), status=status_of(form))


@require_POST
def end(request: HttpRequest) -> HttpResponse:
    end_mail(actor=actor_of(request))
    messages.success(request, _("Ended. Nothing is mailed to you any more."))
    return redirect("portal:mail")


def _context(actor: Actor, form: MailForm, code: CodeForm) -> dict[str, Any]:
    page = mail_page(actor)
    return {
        "page": page,
        "form": form,
        "code_form": code,
        "letters": [_line(one) for one in page.letters],
    }


def _line(one: MailMessage) -> dict[str, Any]:
    mark, words = STATES[one.state]
    return {
        "letter": one,
        "thing": None if one.about == CODE else THINGS.get(one.about),
        "mark": mark,
        "state": words,
        "fault": FAULTS.get(one.last_fault, ""),
    }
