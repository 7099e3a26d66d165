from __future__ import annotations

from django.urls import path

from portal.views import rule_imports, rulebook

urlpatterns = [
    path("rules/", rulebook.index, name="rules"),
    path("rules/<int:number>/", rulebook.text, name="rule-text"),
    path("rules/<int:number>/issue/", rulebook.issue, name="rule-issue"),
    path("rule-articles/<int:number>/", rulebook.article, name="rule-article"),
    path("rule-imports/new/", rule_imports.new, name="rule-import-new"),
    path("rule-imports/template/", rule_imports.template, name="rule-import-template"),
    path("rule-imports/<int:number>/", rule_imports.detail, name="rule-import"),
    path("rule-imports/<int:number>/apply/", rule_imports.apply, name="rule-import-apply"),
    path("rule-imports/<int:number>/give-up/", rule_imports.give_up, name="rule-import-give-up"),
]
