"""The office's rule library: its own texts, and those that the city handed over."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from kernel.errors import NotVisible
from sharing.models.rules import RuleArticle, RuleEdition, RuleImport, RuleText, RuleTextQuerySet
from tenancy.actor import Actor
from tenancy.domain.roles import Permission


def texts_visible_to(actor: Actor) -> RuleTextQuerySet:
    return RuleText.objects.readable_by(actor)


def editions_visible_to(actor: Actor) -> QuerySet[RuleEdition]:
    editions = RuleEdition.objects.all()
    if not actor.may(Permission.VIEW_RULES):
        return editions.none()
    return editions.filter(tenant_id=actor.tenant_id)


def articles_visible_to(actor: Actor) -> QuerySet[RuleArticle]:
    articles = RuleArticle.objects.all()
    if not actor.may(Permission.VIEW_RULES):
        return articles.none()
    return articles.filter(tenant_id=actor.tenant_id)


def access_text(actor: Actor, number: int) -> RuleText:
    found = texts_visible_to(actor).filter(pk=number).first()
    if found is None:
        raise NotVisible(what="rule_text", number=number)
    return found


def access_text_to_issue(actor: Actor, number: int) -> RuleText:
    """A text that the office keeps itself; one that was handed to it is not its to hand on."""
    text = access_text(actor, number)
    actor.must(Permission.ISSUE_DICTIONARIES)
    if text.sender_id != actor.tenant_id:
        raise NotVisible(what="rule_text", number=number)
    return text


def access_article(actor: Actor, number: int) -> RuleArticle:
    """An article of whatever edition, with its edition and text: what a finding cites."""
    articles = articles_visible_to(actor).select_related("edition__text")
    found = articles.filter(pk=number).first()
    if found is None:
        raise NotVisible(what="rule_article", number=number)
    return found


def editions_in_force(actor: Actor, on: date) -> QuerySet[RuleEdition]:
    """Of each text the edition that applied on the day, unless it had been repealed."""
    begun = editions_visible_to(actor).filter(effective_from__lte=on)
    newest = begun.order_by("text_id", "-effective_from", "-revision").distinct("text_id")
    return editions_visible_to(actor).filter(pk__in=newest.values("pk"), is_repeal=False)


def access_article_in_force(actor: Actor, number: int, on: date) -> RuleArticle:
    """The article, where its edition applied on the day; else the refusal of what is not there."""
    article = access_article(actor, number)
    if not editions_in_force(actor, on).filter(pk=article.edition_id).exists():
        raise NotVisible(what="rule_article", number=number)
    return article


def article_as_cited(actor: Actor, title: str, number: str, on: date) -> RuleArticle | None:
    """The article of that text in force on the day, by the words that people cite it with, with or
    without 《》; None: the library has it not, or the actor does not read it."""
    named = articles_visible_to(actor).filter(
        number=number.strip(), edition__text__title=title.strip().strip("《》")
    )
    return named.filter(edition__in=editions_in_force(actor, on).values("pk")).first()


def rule_imports_of(actor: Actor) -> QuerySet[RuleImport]:
    actor.must(Permission.KEEP_RULES)
    return RuleImport.objects.filter(tenant_id=actor.tenant_id)


def access_rule_import(actor: Actor, number: int, *, lock: bool = False) -> RuleImport:
    rows = RuleImport.objects.filter(tenant_id=actor.tenant_id)
    mine = rows if actor.may(Permission.KEEP_RULES) else rows.none()
    found = (mine.select_for_update() if lock else mine).filter(pk=number).first()
    if found is None:
        raise NotVisible(what="rule_import", number=number)
    return found
