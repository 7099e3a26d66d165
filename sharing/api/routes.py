"""This house's addresses below /api/v1/."""

from __future__ import annotations

from django.urls import path

from sharing.api import (
    contacts,
    dictionary,
    history,
    letters,
    rectification,
    rectification_desks,
    rule_imports,
    rules,
)

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
    path("letters", letters.Letters.as_view(), name="letters"),
    path("letters/<int:number>", letters.Letter.as_view(), name="letters-one"),
    path("letters/<int:number>/acts", letters.LetterAct.as_view(), name="letters-one-acts"),
    path("letters/<int:number>/urging", letters.LetterUrging.as_view(), name="letters-one-urging"),
    path("inbox", letters.Inbox.as_view(), name="inbox"),
    path("items", rectification.Items.as_view(), name="items"),
    path("items/<int:number>", rectification.Item.as_view(), name="items-one"),
    path("items/<int:number>/acts", rectification.ItemAct.as_view(), name="items-one-acts"),
    path("items/<int:number>/plan", rectification.Plan.as_view(), name="items-one-plan"),
    path("items/<int:number>/claim", rectification.Claim.as_view(), name="items-one-claim"),
    path("outcomes", rectification.Outcomes.as_view(), name="outcomes"),
    path("rectification-board", rectification.Board.as_view(), name="rectification-board"),
    path("my-items", rectification.MyItems.as_view(), name="my-items"),
    path("supervised-items", rectification.SupervisedItems.as_view(), name="supervised-items"),
    path("led-items", rectification.LedItems.as_view(), name="led-items"),
    path("joint-cases", rectification_desks.Cases.as_view(), name="joint-cases"),
    path("joint-cases/<int:number>", rectification_desks.Case.as_view(), name="joint-cases-one"),
    path("talks", rectification_desks.Talks.as_view(), name="talks"),
    path("evaluations", rectification_desks.Evaluations.as_view(), name="evaluations"),
    path("look-backs", rectification_desks.LookBacks.as_view(), name="look-backs"),
    path("look-backs/<int:number>", rectification_desks.LookBack.as_view(), name="look-backs-one"),
    path(
        "letters/<int:number>/replies", letters.LetterReplies.as_view(), name="letters-one-replies"
    ),
    path(
        "items/<int:number>/progress", rectification.Progress.as_view(), name="items-one-progress"
    ),
    path(
        "items/<int:number>/deadline", rectification.Deadline.as_view(), name="items-one-deadline"
    ),
    path(
        "items/<int:number>/outcomes",
        rectification.ItemOutcomes.as_view(),
        name="items-one-outcomes",
    ),
    path(
        "talks/<int:number>/record",
        rectification_desks.TalkRecord.as_view(),
        name="talks-one-record",
    ),
    path(
        "look-backs/<int:number>/acts",
        rectification_desks.LookBackAct.as_view(),
        name="look-backs-one-acts",
    ),
    path(
        "look-backs/<int:number>/team",
        rectification_desks.LookBackTeam.as_view(),
        name="look-backs-one-team",
    ),
    path(
        "look-backs/<int:number>/results",
        rectification_desks.LookBackResults.as_view(),
        name="look-backs-one-results",
    ),
]
