"""What is told by the bell of letters, rectification, feedback, teams and clues. No word names a record."""

from __future__ import annotations

from kernel.text import Text
from scheduling.domain.notices import NoticeKind, add_kinds

LETTER_RECEIVED = "letter_received"
LETTER_REPLIED = "letter_replied"
REPLY_RETURNED = "letter_reply_returned"
FEEDBACK_SERVED = "feedback_served"
ITEM_ASSIGNED = "item_assigned"
ITEM_PLANNED = "item_planned"
ITEM_CLAIMED = "item_claimed"
ITEM_RETURNED = "item_returned"
AUTHORISATION_PROPOSED = "authorisation_proposed"
AUTHORISATION_ANSWERED = "authorisation_answered"
AUTHORISATION_ENDED = "authorisation_ended"
CLUE_ARRIVED = "clue_arrived"
CLUE_ANSWERED = "clue_answered"
CLUE_ASKED = "clue_asked"
HAND_OVER_SENT = "hand_over_sent"
HAND_OVER_RECEIVED = "hand_over_received"
HAND_OVER_URGED = "hand_over_urged"

# CLUE_ARRIVED is told by the database (sharing 0096): the sender has no row there to speak of.
add_kinds(
    (
        NoticeKind(
            LETTER_RECEIVED,
            Text(
                zh="收到一封函件，请签收并在期限内回复。",
                en="A letter has come: sign for it, and answer it within its term.",
            ),
            "read_own_letters",
            "letter",
        ),
        NoticeKind(
            LETTER_REPLIED,
            Text(zh="有函件已回复，请审阅。", en="A letter is answered: see the reply."),
            "view_letters",
            "letter",
        ),
        NoticeKind(
            REPLY_RETURNED,
            Text(
                zh="函件的回复被退回，请补充后重新回复。",
                en="The reply to a letter came back: complete it and answer again.",
            ),
            "answer_letters",
            "letter",
        ),
        NoticeKind(
            FEEDBACK_SERVED,
            Text(zh="巡察反馈意见已送达，请查看。", en="The feedback of an inspection is served."),
            "view_notices",
            "report",
        ),
        NoticeKind(
            ITEM_ASSIGNED,
            Text(
                zh="交办了新的整改事项，请查看并按期报送整改方案。",
                en="Items of rectification are assigned: their plan is due.",
            ),
            "view_notices",
            "item",
        ),
        NoticeKind(
            ITEM_PLANNED,
            Text(zh="有整改方案报送，请审议。", en="A plan of rectification waits for your word."),
            "view_rectification",
            "item",
        ),
        NoticeKind(
            ITEM_CLAIMED,
            Text(
                zh="有整改事项申报完成，请审核。",
                en="An item of rectification is said to be done: please check it.",
            ),
            "supervise_unit",
            "item",
        ),
        NoticeKind(
            ITEM_RETURNED,
            Text(
                zh="有整改事项被退回，请查看意见并继续整改。",
                en="An item of rectification came back to you, with words.",
            ),
            "speak_for_unit",
            "item",
        ),
        NoticeKind(
            AUTHORISATION_PROPOSED,
            Text(
                zh="有巡察组提请本单位授权，请审议。",
                en="You are asked to authorise an inspection team.",
            ),
            "view_authorisations",
            "authorisation",
        ),
        NoticeKind(
            AUTHORISATION_ANSWERED,
            Text(
                zh="巡察组的授权已有答复，请查看。",
                en="There is an answer about authorising a team.",
            ),
            "view_authorisations",
            "authorisation",
        ),
        NoticeKind(
            AUTHORISATION_ENDED,
            Text(zh="一个巡察组的授权已收回。", en="The authorisation of a team was revoked."),
            "view_authorisations",
            "authorisation",
        ),
        NoticeKind(
            CLUE_ARRIVED,
            Text(zh="直报登记中有新的事项待接收。", en="A matter has come to the direct register."),
            "handle_clue",
            "ledger_clue",
        ),
        NoticeKind(
            CLUE_ANSWERED,
            Text(
                zh="直报登记中有事项已有答复，请查看。",
                en="There is an answer about a matter in the direct register.",
            ),
            "handle_clue",
            "ledger_clue",
        ),
        NoticeKind(
            CLUE_ASKED,
            Text(
                zh="直报登记中有事项被催办或要求补充。",
                en="You are asked about a matter in the direct register.",
            ),
            "dispose_clue",
            "ledger_clue",
        ),
        NoticeKind(
            HAND_OVER_SENT,
            Text(zh="有移交清单待签收。", en="A list of hand-over waits for your receipt."),
            "dispose_clue",
            "hand_over",
        ),
        NoticeKind(
            HAND_OVER_URGED,
            Text(zh="有移交清单被催办，请查看。", en="You are urged about a list of hand-over."),
            "dispose_clue",
            "hand_over",
        ),
        NoticeKind(
            HAND_OVER_RECEIVED,
            Text(zh="移交清单已签收。", en="A list of hand-over was signed for."),
            "handle_clue",
            "hand_over",
        ),
    )
)
