"""A workbook of rules on its way into the library: upload, dry run, apply or give up."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.faults import faults_at, status_of
from portal.http import posted
from portal.rulebook_forms import RuleUploadForm
from portal.views.imports import download
from sharing.selectors.rules import recent_rule_imports, rule_import_page
from sharing.services.importing_rules import (
    apply_rules,
    give_up_rules,
    rule_template,
    upload_rules,
)
from tenancy.http import actor_of


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    recent = recent_rule_imports(actor)
    form = RuleUploadForm(posted(request), request.FILES or None)
    if form.is_valid():
        with faults_at(form):
            upload = upload_rules(actor=actor, **form.draft())
            return redirect("portal:rule-import", upload.pk)
    context = {"form": form, "recent": recent}
    return render(request, "portal/rulebook/upload.html", context, status=status_of(form))


@never_cache
@require_safe
def template(request: HttpRequest) -> HttpResponse:
    return download(rule_template(actor=actor_of(request)), "规则库.xlsx")


@require_safe
def detail(request: HttpRequest, number: int) -> HttpResponse:
    page = rule_import_page(actor_of(request), number)
    return render(request, "portal/rulebook/import.html", {"page": page})


@require_POST
def apply(request: HttpRequest, number: int) -> HttpResponse:
    apply_rules(actor=actor_of(request), number=number)
    messages.success(request, _("Applied. The library has it now."))
    return redirect("portal:rule-import", number)


@require_POST
def give_up(request: HttpRequest, number: int) -> HttpResponse:
    give_up_rules(actor=actor_of(request), number=number)
    messages.success(request, _("Given up. Nothing was changed."))
    return redirect("portal:rule-import", number)
