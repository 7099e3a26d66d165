"""The city digest: what was published, and for the city's director how the next one is made."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.digest_charts import bars_of, closed_share, share_bars
from portal.digest_forms import DigestRuleForm, set_words
from portal.faults import faults_at, status_of
from portal.http import posted, shown
from portal.readings import tell_number
from portal.views.imports import download
from sharing.domain.digest.publications import MARK_MEANINGS, MARK_TITLES, Mark
from sharing.selectors.digests import (
    DigestPage,
    digest_desk,
    digest_list,
    digest_of_period,
    digest_page,
)
from sharing.services.digest_rules import foresee_digest_rule, set_digest_rule
from sharing.services.digests import make_next_digest, publish_digest, stop_digest
from sharing.services.taking_digests import take_digest
from tenancy.http import actor_of
from webui.language import spoken

MARKS = [(MARK_TITLES[one], MARK_MEANINGS[one]) for one in Mark]


@never_cache
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    page = digest_list(actor_of(request))
    return shown(request, "portal/digests/index.html", "portal/digests/_desk.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def rule(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    desk = digest_desk(actor)
    is_sent = request.method == "POST"
    # Another length stands for ever, so it is looked at first: by GET, which sets nothing.
    typed = request.GET if not is_sent and "length" in request.GET else posted(request)
    form, outlook = DigestRuleForm(typed, desk), None
    if form.is_valid():
        with faults_at(form):
            outlook = foresee_digest_rule(actor=actor, **form.given)
            if is_sent and (desk.may_correct or "confirmed" in request.POST):
                set_digest_rule(actor=actor, **form.given)
                messages.success(request, set_words(outlook))
                return redirect("portal:digests")
    is_looked_at = outlook is not None and not desk.may_correct and not form.errors
    context = {"form": form, "desk": desk, "outlook": outlook if is_looked_at else None}
    return render(request, "portal/digests/rule.html", context, status=status_of(form))


@require_POST
def make(request: HttpRequest) -> HttpResponse:
    make_next_digest(actor=actor_of(request))
    messages.success(request, _("The digest is being made. Nobody sees it before you publish it."))
    return redirect("portal:digests")


@require_POST
def stop(request: HttpRequest, number: int) -> HttpResponse:
    stop_digest(actor=actor_of(request), number=number)
    messages.success(request, _("It stops. Nothing was told to anybody."))
    return redirect("portal:digests")


@require_POST
def publish(request: HttpRequest, number: int) -> HttpResponse:
    copy = publish_digest(actor=actor_of(request), number=number)
    messages.success(request, _("Published to your office and to the counties."))
    return redirect("portal:digest-of", copy.period)


@never_cache
@require_safe
def detail(request: HttpRequest, number: int) -> HttpResponse:
    return _shown(request, digest_page(actor_of(request), number))


@never_cache
@require_safe
def of_period(request: HttpRequest, period: str) -> HttpResponse:
    """The address that can be passed on: it shows each office the copy of its own."""
    page = digest_of_period(actor_of(request), period)
    tell_number(request, page.copy.pk)
    return _shown(request, page)


def _shown(request: HttpRequest, page: DigestPage) -> HttpResponse:
    context = {
        "page": page,
        "marks": MARKS,
        "sections": [(one, bars_of(one)) for one in page.sections],
        "settled": [
            (
                one,
                closed_share(one),
                share_bars(one),
                [(section, bars_of(section)) for section in one.sections],
            )
            for one in page.settled
        ],
    }
    return render(request, "portal/digests/detail.html", context)


@never_cache
@require_safe
def workbook(request: HttpRequest, number: int) -> HttpResponse:
    taken = take_digest(actor=actor_of(request), number=number, language=spoken())
    return download(taken.content, taken.file_name)
