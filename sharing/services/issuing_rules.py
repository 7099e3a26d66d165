"""The city hands a text of its library, with all its editions, to its counties."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from sharing.access.rules import access_text_to_issue
from sharing.errors.rules import RuleIssuedAlready, RulesChangedMeanwhile
from sharing.models.rules import RuleArticle, RuleEdition, RuleText
from tenancy import audit
from tenancy.actor import Actor
from tenancy.db import refused_as
from tenancy.models import Office


@transaction.atomic
def issue_rule(*, actor: Actor, number: int) -> int:
    """Give every county the editions of text `number` that it lacks. Returns how many were given.

    They are copies of the county's own, so that its findings cite what cannot change; nothing that a
    county has is touched.
    """
    text = access_text_to_issue(actor, number)
    editions = list(text.editions.order_by("effective_from", "revision"))
    articles = {one.pk: list(one.articles.order_by("position")) for one in editions}
    counties = Office.objects.filter(parent_id=actor.tenant_id).order_by("pk")
    meanwhile = RulesChangedMeanwhile()
    given = 0
    with refused_as({"rule_text_once_by_title": meanwhile, "rule_edition_once": meanwhile}):
        for county in counties.values_list("pk", flat=True):
            copy = _text_of(county, text)
            for edition in _lacking(county, copy, editions):
                _hand_over(county, copy, edition, articles[edition.pk])
                given += 1
    if not given:
        raise RuleIssuedAlready(title=text.title)
    audit.record(actor, "sharing.rule_edition.issued", text, added=given)
    return given


def _text_of(county: int, text: RuleText) -> RuleText:
    sent = RuleText.objects.filter(tenant_id=county, sender_id=text.sender_id, title=text.title)
    return sent.first() or RuleText.objects.create(
        tenant_id=county,
        sender_id=text.sender_id,
        title=text.title,
        title_key=text.title_key,
        initials=text.initials,
        issuer=text.issuer,
        number=text.number,
        added_at=text.added_at,
    )


def _lacking(county: int, copy: RuleText, editions: Sequence[RuleEdition]) -> list[RuleEdition]:
    sent = RuleEdition.objects.filter(tenant_id=county, text=copy)
    there = set(sent.values_list("effective_from", "revision"))
    return [one for one in editions if (one.effective_from, one.revision) not in there]


def _hand_over(
    county: int, text: RuleText, edition: RuleEdition, articles: Sequence[RuleArticle]
) -> None:
    copy = RuleEdition.objects.create(
        tenant_id=county,
        sender_id=edition.sender_id,
        text=text,
        label=edition.label,
        effective_from=edition.effective_from,
        revision=edition.revision,
        is_repeal=edition.is_repeal,
        article_count=edition.article_count,
        added_at=edition.added_at,
    )
    RuleArticle.objects.bulk_create(
        RuleArticle(
            tenant_id=county,
            sender_id=edition.sender_id,
            edition=copy,
            position=one.position,
            number=one.number,
            chapter=one.chapter,
            words=one.words,
            is_gist=one.is_gist,
        )
        for one in articles
    )
