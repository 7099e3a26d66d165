"""A small rule library: titles, dates and words that are public and known; the rest said as a gist.

Where the words of a text are not at hand its row says so, and is marked as a gist (要旨).
"""

from __future__ import annotations

_CENTRE, _CONGRESS = "中共中央", "全国人民代表大会常务委员会"
_NO_WORDS = "本库未收录正文，请对照公布文本补录。"
_DISCIPLINES = ("政治", "组织", "廉洁", "群众", "工作", "生活")
_CHAPTERS = ("第六章", "第七章", "第八章", "第九章", "第十章", "第十一章")
_REGULATION = ("中国共产党巡视工作条例", _CENTRE)
_SANCTIONS = ("中国共产党纪律处分条例", _CENTRE)

# title, issuer, number, edition, in force from, repeal, chapter, article, words, kind
RULES: list[list[str]] = [
    [*_REGULATION, "", "2015年公布", "2015-08-03", "", "", "第二十七条",
     "收到反馈意见后认真整改，两个月内报送整改情况报告和主要负责人组织落实情况报告。", "要旨"],
    [*_REGULATION, "", "2024年修订（施行日期请核对）", "2024-02-08", "", "", "全文",
     _NO_WORDS, "要旨"],
    *(
        [*_SANCTIONS, "", label, day, "", "分则", chapter, f"对违反{one}纪律行为的处分。", "要旨"]
        for label, day in (("2018年修订", "2018-10-01"), ("2023年修订", "2024-01-01"))
        for chapter, one in zip(_CHAPTERS, _DISCIPLINES, strict=True)
    ),
    *(
        ["中国共产党廉洁自律准则", _CENTRE, "", "2015年", "2016-01-01", "", "党员廉洁自律规范",
         article, words, "原文"]
        for article, words in (
            ("第一条", "坚持公私分明，先公后私，克己奉公。"),
            ("第二条", "坚持崇廉拒腐，清白做人，干净做事。"),
            ("第三条", "坚持尚俭戒奢，艰苦朴素，勤俭节约。"),
            ("第四条", "坚持吃苦在前，享受在后，甘于奉献。"),
        )
    ),
    ["中华人民共和国公职人员政务处分法", _CONGRESS, "", "2020年", "2020-07-01", "", "", "全文",
     _NO_WORDS, "要旨"],
    ["中华人民共和国政府采购法", _CONGRESS, "", "2002年", "2003-01-01", "", "", "第二十八条",
     "采购人不得将应当以公开招标方式采购的货物或者服务化整为零或者以其他任何方式规避公开招标采购。",
     "原文"],
    ["中华人民共和国招标投标法", _CONGRESS, "", "1999年", "2000-01-01", "", "", "第四条",
     "任何单位和个人不得将依法必须进行招标的项目化整为零或者以其他任何方式规避招标。", "原文"],
]  # fmt: skip
