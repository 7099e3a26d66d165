"""The rule library: search, a text with its editions, one article."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kernel.clock import today
from portal.keyset import pages, window
from portal.rulebook_forms import EditionForm, RulesForm
from sharing.domain.rulebook import MOST_FOUND
from sharing.selectors.rules import (
    article_page,
    articles_part,
    has_rules,
    search_articles,
    text_page,
    texts_part,
)
from sharing.services.issuing_rules import issue_rule
from tenancy.domain.roles import Permission
from tenancy.http import actor_of

UNPROCESSABLE = 422


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    actor.must(Permission.VIEW_RULES)
    form = RulesForm(request.GET)
    asked = form.asked()
    part = texts_part(actor, window(request), **asked)
    context = {
        "form": form,
        "lines": part.lines,
        "found": search_articles(actor, **asked),
        "is_searched": form.is_searched,
        "is_empty": not part.lines and not has_rules(actor),
        "on": asked["on"] or today(),
        "most": MOST_FOUND,
        "may_keep": actor.may(Permission.KEEP_RULES),
    }
    status = 200 if form.is_valid() else UNPROCESSABLE
    return render(
        request, "portal/rulebook/index.html", context | pages(request, part), status=status
    )


@require_safe
def text(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    edition = EditionForm(request.GET).asked()
    page = text_page(actor, number, edition)
    part = articles_part(actor, number, window(request), edition)
    context = {"page": page, "articles": part.lines}
    return render(request, "portal/rulebook/text.html", context | pages(request, part))


@require_safe
def article(request: HttpRequest, number: int) -> HttpResponse:
    page = article_page(actor_of(request), number)
    return render(request, "portal/rulebook/article.html", {"page": page})


@require_POST
def issue(request: HttpRequest, number: int) -> HttpResponse:
    given = issue_rule(actor=actor_of(request), number=number)
    messages.success(request, _("Issued: %(count)d editions were handed over.") % {"count": given})
    return redirect("portal:rule-text", number)
