"""The texts that the rules cite. Each was read (docs/rule-book.md, "Sources"); none is guessed.

The body of the 2024 Regulation and every county-level recusal rule in full are not among
them. So nothing here is a constant of the product: every parameter is a setting of the
leading office, and a rule without a text is said to be practice.
"""

from __future__ import annotations

from kernel.law import LegalBasis
from kernel.text import Text

REGULATION_TITLE = Text(
    zh="《中国共产党巡视工作条例》（2015年，2017年修改） [S1]",
    en="Regulation on Inspection Work of the CPC (2015, amended 2017) [S1]",
)
REGULATION = LegalBasis(REGULATION_TITLE)
REGULATION_ARTICLE_12 = LegalBasis(REGULATION_TITLE, Text(zh="第十二条", en="Art. 12"))
CIVIL_SERVANTS = LegalBasis(
    Text(
        zh="《公务员回避规定》（2020年） [S6]",
        en="Provisions on Recusal of Civil Servants (2020) [S6]",
    )
)
UNIVERSITY_RULE = LegalBasis(
    Text(
        zh="北航巡办字〔2019〕45号（高校巡察回避规定，参照） [S5]",
        en="Beihang inspection office no. 45 of 2019 (a university's recusal rule, by analogy) [S5]",
    )
)
COLLEGE_RULE = LegalBasis(
    Text(
        zh="上海城建职业学院巡察工作规程（参照） [S8]",
        en="Inspection procedure of Shanghai Urban Construction Vocational College (by analogy) [S8]",
    )
)
ENTERPRISE_MANUAL = LegalBasis(
    Text(
        zh="某企业巡察工作手册（2026年，参照） [S32]",
        en="Inspection manual of an enterprise (2026, by analogy) [S32]",
    )
)
DISCIPLINE_STAFF_RULE = LegalBasis(
    Text(
        zh="阜阳市纪检监察干部回避规定（报道） [S7]",
        en="Fuyang's recusal rule for discipline staff (as reported) [S7]",
    )
)
FULL_COVERAGE = LegalBasis(
    Text(
        zh="2017年修改《中国共产党巡视工作条例》的决定（摘要）：一届任期内全覆盖 [S2]",
        en="2017 decision to amend the Regulation (digest): full coverage in one term [S2]",
    )
)

# The marks in brackets. `~` is a reprint, a mirror or a weak secondary page.
SOURCES: dict[str, Text] = {
    "S1": Text(
        zh="《巡视工作条例》2015/2017 年文本，第八至十二条、第五章（网页节选）",
        en="The Regulation as of 2015/2017, Arts 8-12 and chapter 5 (pages with extracts)",
    ),
    "S2": Text(zh="2017 年修改决定摘要，qzjjjc.gov.cn", en="Digest of 2017, qzjjjc.gov.cn"),
    "S3~": Text(
        zh="2024 年条例：“必要时可以提级巡视”，南方周末转载引用；正文未见",
        en="Regulation of 2024: one phrase as quoted in a reprint; its body was not seen",
    ),
    "S5": Text(
        zh="北航巡办字〔2019〕45号，jwjc.buaa.edu.cn",
        en="Beihang University, no. 45 of 2019, jwjc.buaa.edu.cn",
    ),
    "S6": Text(
        zh="《公务员回避规定》2020 年，第一至五条",
        en="Provisions on Recusal of Civil Servants, 2020, Arts 1-5",
    ),
    "S6~": Text(zh="公务回避案例，586598.cn", en="Cases on official-duty recusal, 586598.cn"),
    "S7": Text(zh="阜阳纪检监察干部回避，ycnews.cn", en="Fuyang discipline staff, ycnews.cn"),
    "S8": Text(zh="上海城建职业学院规程，succ.edu.cn", en="A college's procedure, succ.edu.cn"),
    "S10~": Text(zh="福建交叉巡察特稿，2019-01 转载", en="Feature on Fujian, reprint of 2019-01"),
    "S12": Text(
        zh="tjjw.gov.cn 2018-05-11（北京、曲靖）", en="tjjw.gov.cn 2018-05-11 (Beijing, Qujing)"
    ),
    "S13~": Text(
        zh="特稿第三页，2018-05-16 镜像（咸宁、桐庐）",
        en="Feature, page 3, mirror of 2018-05-16 (Xianning, Tonglu)",
    ),
    "S14~": Text(zh="南涧与巍山，2018-09-26 镜像", en="Nanjian and Weishan, mirror of 2018-09-26"),
    "S15~": Text(zh="德宏，2018-05-14 镜像", en="Dehong, mirror of 2018-05-14"),
    "S16~": Text(zh="厦门 2019 年，镜像", en="Xiamen 2019, mirror"),
    "S17": Text(zh="武威 2018 年，yybnet.net", en="Wuwei 2018, yybnet.net"),
    "S18": Text(zh="滨州 2019 年，binzhouw.com", en="Binzhou 2019, binzhouw.com"),
    "S19": Text(zh="周口公告，29 个单位", en="Zhoukou's notice, 29 units"),
    "S23": Text(zh="若干县区巡察轮次公告", en="Notices of rounds of several counties"),
    "S28~": Text(
        zh="人才库做法（大理、红河、迪庆，镜像）", en="Pools in Dali, Honghe, Diqing (mirrors)"
    ),
    "S32": Text(
        zh="某企业巡察手册，公开代码库，2026 年（全文读过）",
        en="An enterprise's manual in a public repository, 2026 (read whole)",
    ),
    "S37": Text(
        zh="71.cn 2017 年、scecea.org.cn 2013 年（三个不固定）",
        en="71.cn 2017, scecea.org.cn 2013 (three not fixed)",
    ),
    "SEED": Text(
        zh="嵊泗县巡察工作调研文章（2018 年初）",
        en="An essay on inspection in Shengsi (early 2018)",
    ),
    "E": Text(zh="本产品的设计选择，未见文本依据", en="A choice of this product; no text was seen"),
}
