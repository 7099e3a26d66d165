"""Refusals when findings are assigned for rectification."""

from __future__ import annotations

from kernel.errors import DomainError
from kernel.text import Text


class NotServedYet(DomainError):
    code = "sharing.assignment.not_served_yet"
    message = Text(zh="反馈意见尚未送达。", en="The feedback was not served yet.")
    remedy = Text(
        zh="送达之日是整改各期限的起点，送达后再交办。没有任何改动。",
        en="Terms run from the day of service: assign once it is served. Nothing was changed.",
    )


class FindingsNotWaiting(DomainError):
    code = "sharing.assignment.findings_not_waiting"
    message = Text(
        zh="请选择本报告中尚未交办的问题。",
        en="Choose findings of this report that are not assigned yet.",
    )
    remedy = Text(
        zh="一个问题只交办一次；可能刚由他人交办。没有任何改动。",
        en="A finding is assigned once; somebody may just have done it. Nothing was changed.",
    )
    status = 422
    fields = ("findings",)


class ClassesApart(DomainError):
    code = "sharing.assignment.classes_apart"
    message = Text(
        zh="合并为一个事项的问题须属同一类别。",
        en="Findings that become one item are of one class.",
    )
    remedy = Text(
        zh="请分开交办，或只选同类问题。没有任何改动。",
        en="Assign them apart, or choose those of one class. Nothing was changed.",
    )
    status = 422
    fields = ("findings", "together")


class TooMuchTogether(DomainError):
    code = "sharing.assignment.too_much_together"
    message = Text(
        zh="所选问题的文字合计超过一个事项的篇幅（{most} 字）。",
        en="Their words together are more than one item holds ({most} characters).",
    )
    remedy = Text(zh="请分开交办。没有任何改动。", en="Assign them apart. Nothing was changed.")
    status = 422
    fields = ("findings", "together")


class UnitOfAnotherRegistry(DomainError):
    code = "sharing.assignment.unit_of_another_registry"
    message = Text(
        zh="被巡察单位不在本单位名录中，整改由其所在县（区）巡察办交办。",
        en="The unit is not in this office's registry: its own county's office assigns.",
    )
    remedy = Text(
        zh="请将反馈意见函送该县（区）巡察办，由其逐条交办。没有任何改动。",
        en="Send the feedback to that office by letter; it assigns the issues. Nothing was changed.",
    )


class AssignedMeanwhile(DomainError):
    code = "sharing.assignment.assigned_meanwhile"
    message = Text(
        zh="同一单位的事项正由他人交办。",
        en="Somebody else assigned items of this unit at the same time.",
    )
    remedy = Text(zh="请重试。没有任何改动。", en="Try again. Nothing was changed.")
