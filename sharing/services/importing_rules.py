"""A workbook of rules: upload it, look at the dry run, apply it or give it up.

It is read while one waits: some thousands of rows at most. The file itself is kept nowhere; what was
read waits in the import until it is over.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath, PureWindowsPath

from django.db import transaction

from kernel.clock import now
from scheduling.mapping.filing import Stored, folder_of, forget, store
from scheduling.workbooks.lookalike import initials_key, sound_key
from scheduling.workbooks.reading import open_book
from scheduling.workbooks.refusals import FileRefused
from scheduling.workbooks.templates import template
from scheduling.workbooks.words import clean
from sharing.access.rules import access_rule_import, editions_visible_to, texts_visible_to
from sharing.domain.rulebook import MOST_ARTICLES, Article, Draft, Fate, fate_of
from sharing.errors.rules import (
    NothingNewInRules,
    RuleImportFaulty,
    RuleImportOver,
    RulesChangedMeanwhile,
)
from sharing.mapping.rules import articles_of, draft_as_json, draft_of, fault_as_json
from sharing.models.rules import RuleArticle, RuleEdition, RuleImport, RuleText
from sharing.workbooks.rules import RULES, Gathered, gathered
from tenancy import audit
from tenancy.actor import Actor
from tenancy.db import refused_as
from tenancy.domain.roles import Permission


@transaction.atomic
def upload_rules(*, actor: Actor, file_name: str, content: Iterable[bytes]) -> RuleImport:
    """Read the workbook and say what applying it would do. Nothing reaches the library yet."""
    actor.must(Permission.KEEP_RULES)
    stored = store(actor.tenant_id, content)
    try:
        found, remarks = _read(actor, stored)
    except FileRefused as refusal:
        raise refusal.at("file") from None
    finally:
        forget(actor.tenant_id, stored.name)
    drafts = [] if found.faults else found.drafts
    upload = RuleImport.objects.create(
        tenant_id=actor.tenant_id,
        file_name=_base_name(file_name),
        sha256=stored.sha256,
        rows_read=found.rows,
        drafts=[draft_as_json(one, _fate(actor, one)) for one in drafts],
        faults=[fault_as_json(row, fault) for row, fault in found.faults],
        remarks=remarks,
        uploaded_by_id=actor.user_id,
        uploaded_at=now(),
    )
    audit.record(
        actor, "sharing.rule_import.uploaded", upload, sha256=stored.sha256, rows=found.rows
    )
    return upload


@transaction.atomic
def apply_rules(*, actor: Actor, number: int) -> RuleImport:
    """Take what the library lacks. Doing it twice does it once; with a fault anywhere nothing is taken."""
    upload = access_rule_import(actor, number, lock=True)
    if upload.state == RuleImport.State.APPLIED:
        return upload
    if upload.state != RuleImport.State.DRY_RUN:
        raise RuleImportOver(file=upload.file_name)
    if upload.faults:
        raise RuleImportFaulty(file=upload.file_name, count=len(upload.faults))
    added = sum(_take(actor, draft_of(told)) for told in upload.drafts)
    if not added:
        raise NothingNewInRules(file=upload.file_name)
    _end(upload, RuleImport.State.APPLIED)
    audit.record(actor, "sharing.rule_import.applied", upload, added=added)
    return upload


@transaction.atomic
def give_up_rules(*, actor: Actor, number: int) -> RuleImport:
    """Nothing of it is taken. Doing it twice does it once."""
    upload = access_rule_import(actor, number, lock=True)
    if upload.state == RuleImport.State.GIVEN_UP:
        return upload
    if upload.state != RuleImport.State.DRY_RUN:
        raise RuleImportOver(file=upload.file_name)
    _end(upload, RuleImport.State.GIVEN_UP)
    audit.record(actor, "sharing.rule_import.given_up", upload)
    return upload


def rule_template(*, actor: Actor) -> bytes:
    """The empty workbook to fill in."""
    actor.must(Permission.KEEP_RULES)
    return template(RULES)


def _read(actor: Actor, stored: Stored) -> tuple[Gathered, list[dict[str, str]]]:
    with open_book(folder_of(actor.tenant_id) / stored.name, RULES) as book:
        found = gathered(book.rows(max_rows=MOST_ARTICLES))
        return found, [{"zh": one.zh, "en": one.en} for one in book.outline.remarks]


def _end(upload: RuleImport, state: str) -> None:
    upload.state, upload.drafts, upload.ended_at = state, [], now()
    upload.save(update_fields=["state", "drafts", "ended_at"])


def _fate(actor: Actor, draft: Draft) -> Fate:
    text = _text(actor, draft.title)
    newest = None if text is None else _newest_that_day(actor, text, draft)
    articles: Sequence[Article] | None = None
    if newest is not None:
        articles = articles_of(newest.articles.order_by("position"))
    return fate_of(draft, text is not None, articles, newest is not None and newest.is_repeal)


def _take(actor: Actor, draft: Draft) -> bool:
    """Whether the library lacked it."""
    if _fate(actor, draft) is Fate.SAME:
        return False
    meanwhile = RulesChangedMeanwhile()
    with refused_as({"rule_text_once_by_title": meanwhile, "rule_edition_once": meanwhile}):
        text = _text(actor, draft.title) or _new_text(actor, draft)
        newest = _newest_that_day(actor, text, draft)
        edition = RuleEdition.objects.create(
            tenant_id=actor.tenant_id,
            sender_id=actor.tenant_id,
            text=text,
            label=draft.label,
            effective_from=draft.effective_from,
            revision=1 if newest is None else newest.revision + 1,
            is_repeal=draft.is_repeal,
            article_count=len(draft.articles),
            added_at=now(),
        )
    RuleArticle.objects.bulk_create(
        RuleArticle(
            tenant_id=actor.tenant_id,
            sender_id=actor.tenant_id,
            edition=edition,
            position=position,
            number=one.number,
            chapter=one.chapter,
            words=one.words,
            is_gist=one.is_gist,
        )
        for position, one in enumerate(draft.articles, start=1)
    )
    return True


def _text(actor: Actor, title: str) -> RuleText | None:
    """The office's own text of that title; the city's are the city's to amend."""
    return texts_visible_to(actor).filter(sender_id=actor.tenant_id, title=title).first()


def _new_text(actor: Actor, draft: Draft) -> RuleText:
    return RuleText.objects.create(
        tenant_id=actor.tenant_id,
        sender_id=actor.tenant_id,
        title=draft.title,
        title_key=sound_key(draft.title),
        initials=initials_key(draft.title),
        issuer=draft.issuer,
        number=draft.number,
        added_at=now(),
    )


def _newest_that_day(actor: Actor, text: RuleText, draft: Draft) -> RuleEdition | None:
    same_day = editions_visible_to(actor).filter(text=text, effective_from=draft.effective_from)
    return same_day.order_by("-revision").first()


def _base_name(file_name: str) -> str:
    """Without a path, whichever system wrote it, and without marks that could deceive."""
    return clean(PureWindowsPath(PurePosixPath(file_name).name).name)[:200] or "upload"
