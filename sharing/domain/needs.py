"""What an act asks for, in words: on the page that refuses it, and in the printed tables."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from kernel.text import Text

NEED_TITLES: Mapping[str, Text] = MappingProxyType(
    {
        "title": Text(zh="标题", en="title"),
        "fact": Text(zh="事实", en="fact"),
        "nature": Text(zh="定性", en="nature"),
        "responsibility": Text(zh="责任", en="responsibility"),
        "bases": Text(zh="定性依据", en="basis"),
        "evidence": Text(zh="佐证材料", en="evidence"),
        "category": Text(zh="问题类别", en="category"),
        "met_on": Text(zh="组务会日期", en="day of the team meeting"),
        "meeting_opinion": Text(zh="组务会意见", en="opinion of the meeting"),
        "report": Text(zh="所在报告", en="the report"),
        "comment": Text(zh="意见内容", en="the comment"),
        "heard_on": Text(zh="听取汇报日期", en="day of the hearing"),
        "served_on": Text(zh="反馈意见送达日期", en="day on which the text was served"),
        "evaluation": Text(zh="总体评价", en="evaluation"),
        "advice": Text(zh="意见建议", en="advice"),
        "findings": Text(zh="列入报告的问题", en="findings in the report"),
        "told_on": Text(zh="向主要负责人反馈日期", en="day on which the head was told"),
        "feedback_text": Text(zh="反馈意见正文", en="text of the feedback"),
        "attendance": Text(zh="参会人员", en="who attended"),
        "rectification": Text(zh="整改事项", en="items of rectification"),
        "all_items_closed": Text(zh="整改事项全部销号", en="all items closed out"),
        "look_back": Text(zh="回头看结果", en="the look-back that found it"),
        "gist": Text(zh="线索概要", en="gist"),
        "management_level": Text(zh="干部管理权限", en="who manages the cadre"),
        "hand_over_list": Text(zh="移交清单", en="list of hand-over"),
        "number": Text(zh="编号", en="number"),
        "signed_by_sender": Text(zh="移交方签字", en="signature of who hands over"),
        "receipt_number": Text(zh="签收编号", en="number of the receipt"),
        "signed_by_receiver": Text(zh="接收方签字", en="signature of who takes over"),
        "letter": Text(zh="催办函", en="urging letter"),
        "disposal": Text(zh="处置方式", en="way of disposal"),
        "outcomes": Text(zh="办理结果代码", en="coded outcomes"),
        "past_problem": Text(zh="历史台账中的原记录", en="its line of the past ledger"),
        "issue": Text(zh="问题原文", en="issue, word for word"),
        "goal": Text(zh="整改目标", en="goal"),
        "measures": Text(zh="整改措施", en="measures"),
        "lead": Text(zh="责任领导", en="leader in charge"),
        "department": Text(zh="责任部门", en="department"),
        "due_on": Text(zh="期限", en="due day"),
        "signed_by_head": Text(zh="单位主要负责人签字", en="signature of the unit's head"),
        "progress": Text(zh="进展情况", en="progress"),
        "result": Text(zh="整改结果", en="result"),
        "checked_by": Text(zh="审核部门", en="who checked"),
        "addressee": Text(zh="收函单位", en="addressee"),
        "body": Text(zh="正文", en="text"),
        "urging": Text(zh="催办记录", en="the urging"),
        "reply": Text(zh="回复内容", en="the reply"),
        "population": Text(zh="抽取范围", en="population"),
        "count": Text(zh="抽取数量", en="how many"),
        "seed": Text(zh="随机种子", en="seed"),
        "authorisation": Text(zh="授权文件", en="authorisation"),
        "pieces": Text(zh="份数", en="how many pieces"),
        "person": Text(
            zh="单位移交人或收回人", en="who of the unit handed it over or took it back"
        ),
        "results": Text(zh="逐项结果", en="result of each"),
        "view": Text(zh="共享视图", en="the view"),
        "seen_view": Text(zh="已查看的共享视图", en="the view that was seen"),
        "approvals": Text(zh="所需批准", en="the approvals that it needs"),
        "term": Text(zh="共享期限", en="its term"),
        "narrower": Text(zh="比原视图更窄的视图", en="a view narrower than before"),
        "over": Text(zh="授权已到期或已收回", en="that it is over or taken back"),
    }
)

# What one act calls otherwise than the others do, by act and need.
OF_ONE_ACT: Mapping[tuple[str, str], Text] = MappingProxyType(
    {("meeting_held", "met_on"): Text(zh="反馈会日期", en="day of the feedback meeting")}
)


def title_of_need(act: str, need: str) -> Text:
    """As the page that refuses that act says it."""
    return OF_ONE_ACT.get((act, need)) or NEED_TITLES[need]
