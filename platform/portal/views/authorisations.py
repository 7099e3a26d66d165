"""Authorising teams: proposed on a publication's page, answered on the authorisation's own."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.faults import faults_at, status_of
from portal.http import acts_on, posted
from portal.room_forms import GrantForm, MemberForm, ProposalForm, RefusalForm, RevocationForm
from portal.step_up import needs_fresh_proof
from scheduling.selectors.publication import publication_page
from sharing.access.authorisations import access_request_to
from sharing.selectors.authorisations import (
    authorisation_list,
    authorisation_page,
    teams_to_authorise,
)
from sharing.services import authorising
from tenancy.domain.roles import Permission
from tenancy.http import actor_of

PAGE = "portal/authorisations/detail.html"


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    lines = authorisation_list(actor_of(request))
    return render(request, "portal/authorisations/index.html", {"lines": lines})


@require_safe
def detail(request: HttpRequest, number: int) -> HttpResponse:
    return _page(request, number)


@require_http_methods(["GET", "HEAD", "POST"])
def teams(request: HttpRequest, number: int) -> HttpResponse:
    """The teams of what was published, and how far each is authorised."""
    actor = actor_of(request)
    lines = teams_to_authorise(actor, number)
    if request.method == "POST":
        actor.must(Permission.PROPOSE_AUTHORISATION)
    form = ProposalForm(lines, posted(request))
    if form.is_valid():
        with faults_at(form):
            made = authorising.propose_teams(
                actor=actor,
                publication=number,
                teams=form.named(),
                starts_on=form.cleaned_data["starts_on"],
                until_on=form.cleaned_data["until_on"],
            )
            said = ngettext("One team is proposed.", "%(n)d teams are proposed.", len(made))
            messages.success(request, said % {"n": len(made)})
            return redirect("portal:publication-teams", number)
    page = publication_page(actor, number)
    may_propose = actor.may(Permission.PROPOSE_AUTHORISATION)
    context = {
        "made": page.publication,
        "lines": lines,
        "form": form,
        "may_propose": may_propose
        and page.publication.ended_at is None
        and any(line.is_proposable for line in lines),
    }
    return render(request, "portal/authorisations/teams.html", context, status=status_of(form))


@needs_fresh_proof
@acts_on("portal:authorisation-detail")
def grant(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    asked = access_request_to(actor, number, Permission.GRANT_AUTHORISATION)
    form = GrantForm(asked.starts_on, asked.until_on, request.POST)
    if form.is_valid():
        with faults_at(form):
            admitted = authorising.grant(actor=actor, number=number, **form.cleaned_data)
            messages.success(
                request,
                ngettext(
                    "The team is authorised; one person is let in.",
                    "The team is authorised; %(n)d people are let in.",
                    admitted,
                )
                % {"n": admitted},
            )
            return redirect("portal:authorisation-detail", number)
    return _page(request, number, grant_form=form)


@acts_on("portal:authorisation-detail")
def refuse(request: HttpRequest, number: int) -> HttpResponse:
    actor, form = actor_of(request), RefusalForm(request.POST)
    access_request_to(actor, number, Permission.GRANT_AUTHORISATION)
    if form.is_valid():
        with faults_at(form):
            authorising.refuse(actor=actor, number=number, **form.cleaned_data)
            messages.success(request, _("Refused. The city office reads your words."))
            return redirect("portal:authorisation-detail", number)
    return _page(request, number, refusal_form=form)


@require_POST
def admit(request: HttpRequest, number: int) -> HttpResponse:
    who = MemberForm(request.POST).named()
    authorising.admit_member(
        actor=actor_of(request), number=number, origin=who["origin"], person=who["person"]
    )
    messages.success(request, _("They are let in, to both rooms."))
    return redirect("portal:authorisation-detail", number)


@require_POST
def end(request: HttpRequest, number: int) -> HttpResponse:
    authorising.end_member(
        actor=actor_of(request), number=number, **MemberForm(request.POST).named()
    )
    messages.success(request, _("Their seats ended today, in both rooms."))
    return redirect("portal:authorisation-detail", number)


@require_POST
def follow(request: HttpRequest, number: int) -> HttpResponse:
    authorising.follow_correction(actor=actor_of(request), number=number)
    messages.success(request, _("The room follows the plan in force."))
    return redirect("portal:authorisation-detail", number)


@needs_fresh_proof
@acts_on("portal:authorisation-detail")
def revoke(request: HttpRequest, number: int) -> HttpResponse:
    actor, form = actor_of(request), RevocationForm(request.POST)
    access_request_to(actor, number, Permission.END_AUTHORISATION)
    if form.is_valid():
        with faults_at(form):
            authorising.revoke(actor=actor, number=number, **form.cleaned_data)
            messages.success(request, _("Revoked. Both rooms are closed."))
            return redirect("portal:authorisation-detail", number)
    return _page(request, number, revocation_form=form)


def _page(
    request: HttpRequest,
    number: int,
    *,
    grant_form: GrantForm | None = None,
    refusal_form: RefusalForm | None = None,
    revocation_form: RevocationForm | None = None,
) -> HttpResponse:
    page = authorisation_page(actor_of(request), number)
    asked = page.line.request
    given = next((one for one in (grant_form, refusal_form, revocation_form) if one), None)
    context = {
        "page": page,
        "asked": asked,
        "grant_form": grant_form or GrantForm(asked.starts_on, asked.until_on, None),
        "refusal_form": refusal_form or RefusalForm(),
        "revocation_form": revocation_form or RevocationForm(),
    }
    return render(request, PAGE, context, status=status_of(given) if given else 200)
