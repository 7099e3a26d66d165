"""Letters: the office's list, drafts and acts; the inbox of whom they are for."""

from __future__ import annotations

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.attachment_forms import AttachForm
from portal.faults import faults_at, status_of
from portal.http import acts_on, posted
from portal.keyset import pages, window
from portal.letter_forms import ActForm, LetterForm, ReplyForm, case_of, kind_of, kinds
from portal.share_panel import sights_panel
from sharing.access.letters import may_draft
from sharing.domain.letters import LETTER, LetterKind
from sharing.domain.shared_views import Shareable
from sharing.selectors.letters import (
    KIND_TITLES,
    Sieve,
    first_text,
    inbox_part,
    letter_desk,
    letter_page,
    letters_part,
)
from sharing.selectors.packages import letter_answers
from sharing.services.letters import (
    act_on_letter,
    add_reply_file,
    draft_letter,
    reply_to_letter,
    revise_letter,
    urge_letter,
)
from tenancy.http import actor_of

DETAIL, EDIT = "portal/letters/detail.html", "portal/letters/edit.html"


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    actor, asked = actor_of(request), request.GET
    sieve = Sieve(
        state=asked.get("state", ""),
        kind=asked.get("kind", ""),
        overdue=asked.get("overdue") == "1",
        search=asked.get("q", "")[:100],
    )
    part = letters_part(actor, window(request), sieve)
    context = {
        "lines": part.lines,
        "sieve": sieve,
        "states": LETTER.states.items(),
        "kinds": KIND_TITLES.items(),
        "may_draft": may_draft(actor),
    }
    return render(request, "portal/letters/index.html", context | pages(request, part))


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    part = inbox_part(actor_of(request), window(request))
    context = {"lines": part.lines} | pages(request, part)
    return render(request, "portal/letters/inbox.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    kind = kind_of(request.GET.get("kind", ""))
    about = case_of(request.GET.get("case", ""))
    first = first_text(actor, kind, about)
    form = LetterForm(letter_desk(actor), kind, posted(request), first=first)
    if form.is_valid():
        with faults_at(form):
            letter = draft_letter(actor=actor, kind=kind, draft=form.draft(), case=about)
            messages.success(request, _("The draft is kept. Hand it in when it is complete."))
            return redirect("portal:letter-detail", letter.pk)
    context = {
        "form": form,
        "kind": KIND_TITLES[kind],
        "chosen": kind.value,
        "kinds": kinds(),
        "case": about,
    }
    return render(request, EDIT, context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    desk = letter_desk(actor, number)
    letter = desk.letter
    assert letter is not None  # noqa: S101  (a number was given)
    form = LetterForm(desk, LetterKind(letter.kind), posted(request))
    if form.is_valid():
        with faults_at(form):
            revise_letter(actor=actor, number=number, draft=form.draft())
            messages.success(request, _("The draft is kept. Hand it in when it is complete."))
            return redirect("portal:letter-detail", number)
    context = {"form": form, "kind": KIND_TITLES[letter.kind], "letter": letter}
    return render(request, EDIT, context, status=status_of(form))


@require_safe
def detail(request: HttpRequest, number: int) -> HttpResponse:
    return _page(request, number)


@acts_on("portal:letter-detail")
def act(request: HttpRequest, number: int) -> HttpResponse:
    actor, form = actor_of(request), ActForm(request.POST)
    page = letter_page(actor, number)
    if form.is_valid():
        with faults_at(form):
            act_on_letter(actor=actor, number=number, **form.cleaned_data)
            messages.success(request, _("Done. It stands on the letter's way."))
            return redirect("portal:letter-detail", page.letter.pk)
    return _page(request, number, act_form=form)


@acts_on("portal:letter-detail")
def reply(request: HttpRequest, number: int) -> HttpResponse:
    actor, form = actor_of(request), ReplyForm(request.POST, request.FILES)
    letter_page(actor, number)
    if form.is_valid():
        with faults_at(form):
            reply_to_letter(actor=actor, number=number, **form.cleaned_data)
            messages.success(request, _("The reply is with the office."))
            return redirect("portal:letter-detail", number)
    return _page(request, number, reply_form=form)


@acts_on("portal:letter-detail")
def reply_files(request: HttpRequest, number: int) -> HttpResponse:
    """A file after the reply."""
    actor, form = actor_of(request), AttachForm(request.POST, request.FILES)
    letter_page(actor, number)
    if form.is_valid():
        with faults_at(form):
            add_reply_file(actor=actor, number=number, **form.draft())
            messages.success(
                request, _("Handed in. It is cleaned now; the copy is here when done.")
            )
            return redirect("portal:letter-detail", number)
    return _page(request, number, file_form=form)


@require_POST
def urge(request: HttpRequest, number: int) -> HttpResponse:
    letter = urge_letter(actor=actor_of(request), number=number)
    messages.success(request, _("An urging letter is begun. It goes out like any other letter."))
    return redirect("portal:letter-detail", letter.pk)


def _page(
    request: HttpRequest,
    number: int,
    act_form: ActForm | None = None,
    reply_form: ReplyForm | None = None,
    file_form: AttachForm | None = None,
) -> HttpResponse:
    """Each act with a form of its own; the one that was refused keeps what was typed."""
    page = letter_page(actor_of(request), number)
    sent = act_form.data.get("act") if act_form is not None else None
    forms = [
        (one, act_form if act_form is not None and one.name == sent else _act_form(one.name))
        for one in sorted(page.acts, key=lambda act: act.needs_reason)
    ]
    shown: list[BaseForm] = [form for form in (act_form, reply_form, file_form) if form is not None]
    context = {
        "page": page,
        "forms": forms,
        "reply_form": reply_form or ReplyForm(),
        "file_form": file_form or (AttachForm() if page.may_attach else None),
        "package_answers": letter_answers(actor_of(request), number),
        "sights": sights_panel(actor_of(request), Shareable.LETTER, number),
    }
    return render(request, DETAIL, context, status=status_of(*shown))


def _act_form(act: str) -> ActForm:
    return ActForm(initial={"act": act}, auto_id=f"{act}_%s")
