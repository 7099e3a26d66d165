"""This house's addresses below /api/v1/."""

from __future__ import annotations

from django.urls import path

from sharing.api import contacts, dictionary, history, rule_imports, rules

urlpatterns = [
    path("history-figures", history.Figures.as_view(), name="history-figures"),
    path("unit-contacts", contacts.Desks.as_view(), name="unit-contacts"),
    path("unit-contacts/<int:number>", contacts.Desk.as_view(), name="unit-contact"),
    path(
        "unit-contacts/<int:number>/remove",
        contacts.RemoveContact.as_view(),
        name="unit-contact-remove",
    ),
    path("my-units", contacts.OwnDesks.as_view(), name="my-units"),
    path("categories", dictionary.Categories.as_view(), name="categories"),
    path("categories/begin", dictionary.BeginCategories.as_view(), name="categories-begin"),
    path("categories/editions", dictionary.CategoryEditions.as_view(), name="category-editions"),
    path("categories/adopt", dictionary.AdoptCategories.as_view(), name="categories-adopt"),
    path(
        "categories/<int:number>/retire",
        dictionary.RetireCategory.as_view(),
        name="category-retire",
    ),
    path(
        "categories/<int:number>/revive",
        dictionary.ReviveCategory.as_view(),
        name="category-revive",
    ),
    path("categories/<int:number>/move", dictionary.MoveCategory.as_view(), name="category-move"),
    path("rules", rules.RuleTexts.as_view(), name="rules"),
    path("rules/search", rules.RuleSearch.as_view(), name="rule-search"),
    path("rules/<int:number>", rules.RuleTextDetail.as_view(), name="rule-text"),
    path("rules/<int:number>/articles", rules.RuleArticles.as_view(), name="rule-articles"),
    path("rules/<int:number>/issue", rules.IssueRule.as_view(), name="rule-issue"),
    path("rule-imports", rule_imports.RuleImports.as_view(), name="rule-imports"),
    path("rule-imports/template", rule_imports.RuleTemplate.as_view(), name="rule-template"),
    path("rule-imports/<int:number>", rule_imports.RuleImportDetail.as_view(), name="rule-import"),
    path(
        "rule-imports/<int:number>/apply",
        rule_imports.ApplyRules.as_view(),
        name="rule-import-apply",
    ),
    path(
        "rule-imports/<int:number>/give-up",
        rule_imports.GiveUpRules.as_view(),
        name="rule-import-give-up",
    ),
]
