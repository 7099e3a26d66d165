"""The rule library: texts, editions, articles."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from httpapi.declarations import Call, acts, lists, reads
from httpapi.endpoint import Endpoint
from httpapi.fields import Input, Number, Output
from sharing.selectors.rules import articles_part, search_articles, text_page, texts_part
from sharing.services.issuing_rules import issue_rule
from tenancy.domain.roles import Permission


class RulesQuery(Input):
    q = serializers.CharField(
        required=False, max_length=100, help_text="Words of the title, its pinyin or initials."
    )
    on = serializers.DateField(required=False, help_text="As in force on that day; today.")


class RuleSearchQuery(Input):
    q = serializers.CharField(
        max_length=100, help_text="Words of title, chapter, number or article; all must be there."
    )
    on = serializers.DateField(required=False, help_text="As in force on that day; today.")


class EditionQuery(Input):
    edition = Number(required=False, help_text="Of the text; without one that of today.")


class RuleEditionOut(Output):
    number = serializers.IntegerField(source="pk")
    name = serializers.CharField(source="label", help_text="As people call it.")
    effective_from = serializers.DateField()
    revision = serializers.IntegerField(help_text="The later of two of a day corrects the other.")
    is_repeal = serializers.BooleanField()
    article_count = serializers.IntegerField()


class RuleTextOut(Output):
    number = serializers.IntegerField(source="text.pk")
    title = serializers.CharField(source="text.title")
    issuer = serializers.CharField(source="text.issuer")
    document_number = serializers.CharField(source="text.number")
    is_citys = serializers.BooleanField(help_text="Handed over by the city's office.")
    in_force = RuleEditionOut(source="edition", allow_null=True)


class EditionLineOut(Output):
    edition = RuleEditionOut()
    until = serializers.DateField(allow_null=True, help_text="The last day; null: open-ended.")
    is_in_force = serializers.BooleanField(help_text="Today.")
    is_corrected = serializers.BooleanField()


class RuleTextPageOut(Output):
    number = serializers.IntegerField(source="text.pk")
    title = serializers.CharField(source="text.title")
    issuer = serializers.CharField(source="text.issuer")
    document_number = serializers.CharField(source="text.number")
    is_citys = serializers.BooleanField()
    editions = EditionLineOut(many=True)


class RuleArticleOut(Output):
    number = serializers.IntegerField(source="pk", help_text="What a finding cites.")
    edition = serializers.IntegerField(source="edition_id")
    article = serializers.CharField(source="number", help_text="As printed.")
    chapter = serializers.CharField()
    words = serializers.CharField()
    is_gist = serializers.BooleanField(help_text="The words are about the article, not its own.")


class FoundRuleOut(RuleArticleOut):
    title = serializers.CharField(source="edition.text.title")
    edition_label = serializers.CharField(source="edition.label")


class FoundRulesOut(Output):
    on = serializers.DateField()
    articles = FoundRuleOut(many=True)
    is_more = serializers.BooleanField(help_text="Others match: search more narrowly.")


class RulesGivenOut(Output):
    given = serializers.IntegerField(help_text="Editions, over all counties.")


class RuleTexts(Endpoint):
    @lists("list_rule_texts", Permission.VIEW_RULES, gives=RuleTextOut, asks=RulesQuery)
    def get(self, call: Call) -> Any:
        """The texts of the library, with the edition in force on a day."""
        asked = call.asked
        return texts_part(call.actor, call.window, search=asked.get("q", ""), on=asked.get("on"))


class RuleSearch(Endpoint):
    @reads("search_rules", Permission.VIEW_RULES, gives=FoundRulesOut, asks=RuleSearchQuery)
    def get(self, call: Call) -> Any:
        """Articles in force on a day, up to fifty."""
        return search_articles(call.actor, search=call.asked["q"], on=call.asked.get("on"))


class RuleTextDetail(Endpoint):
    @reads("read_rule_text", Permission.VIEW_RULES, gives=RuleTextPageOut)
    def get(self, call: Call, number: int) -> Any:
        """A text with its editions, newest first."""
        return text_page(call.actor, number)


class RuleArticles(Endpoint):
    @lists("list_rule_articles", Permission.VIEW_RULES, gives=RuleArticleOut, asks=EditionQuery)
    def get(self, call: Call, number: int) -> Any:
        """The articles of one edition, as printed."""
        return articles_part(call.actor, number, call.window, call.asked.get("edition", 0))


class IssueRule(Endpoint):
    @acts("issue_rule", Permission.ISSUE_DICTIONARIES, gives=RulesGivenOut)
    def post(self, call: Call, number: int) -> Any:
        """Give every county the editions of the text that it lacks."""
        return {"given": issue_rule(actor=call.actor, number=number)}
