"""Refusals about the rule library."""

from __future__ import annotations

from kernel.errors import DomainError
from kernel.text import Text


class RuleImportOver(DomainError):
    code = "sharing.rule_import.over"
    message = Text(zh="“{file}”已经应用或放弃。", en="“{file}” was applied or given up already.")
    remedy = Text(zh="如需再次导入，请重新上传。", en="Upload it again to import it once more.")


class RuleImportFaulty(DomainError):
    code = "sharing.rule_import.faulty"
    message = Text(
        zh="“{file}”有 {count} 处不符合要求，不能导入。",
        en="“{file}” has {count} faults and cannot be applied.",
    )
    remedy = Text(
        zh="请按列出的行改正后重新上传：一部法规要么全部收入，要么不收入。规则库没有任何改动。",
        en="Correct the rows that are listed and upload it again: a text is taken whole or not at all. Nothing was changed.",
    )


class NothingNewInRules(DomainError):
    code = "sharing.rule_import.nothing_new"
    message = Text(
        zh="“{file}”里的内容规则库都已有。", en="The library has all of “{file}” already."
    )
    remedy = Text(zh="无需导入，可以放弃。", en="There is nothing to apply; give it up.")


class RulesChangedMeanwhile(DomainError):
    code = "sharing.rules.changed_meanwhile"
    message = Text(
        zh="同一时刻有人也收入了同一部法规。",
        en="Somebody else added the same text at this moment.",
    )
    remedy = Text(
        zh="请刷新页面，核对后再试。没有任何改动。",
        en="Load the page again, look, and repeat it. Nothing was changed.",
    )


class RuleIssuedAlready(DomainError):
    code = "sharing.rule.issued_already"
    message = Text(
        zh="“{title}”的各版本都已下发到全部县（区）。",
        en="Every county has all editions of “{title}” already.",
    )
    remedy = Text(
        zh="有新版本时再下发。没有任何改动。",
        en="Issue it again once there is another edition. Nothing was changed.",
    )
