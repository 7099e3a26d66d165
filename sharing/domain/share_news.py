"""What is told by the bell of shares. The database tells it (sharing 0141, 0172): siblings hand each other no rows."""

from __future__ import annotations

from kernel.text import Text
from scheduling.domain.notices import NoticeKind, add_kinds

ASKED = "share_asked"
PREPARED = "share_prepared"
TO_WATCH = "share_to_watch"
GRANTED = "share_granted"
IN_FORCE = "share_in_force"
REFUSED = "share_refused"
NARROWED = "share_narrowed"
REVOKED = "share_revoked"
DESTRUCTION_TOLD = "share_destruction_told"

SAYS = {
    ASKED: Text(zh="有单位申请共享，请办理。", en="An office asks you to share something."),
    PREPARED: Text(
        zh="有共享视图已拟定，请查看并批准。", en="A view to share is prepared: look and approve."
    ),
    TO_WATCH: Text(
        zh="有县（区）拟共享问题线索，请查看并批准。",
        en="A county is to share a clue: look and approve.",
    ),
    GRANTED: Text(zh="有内容已共享给本单位。", en="Something is shared with your office."),
    IN_FORCE: Text(
        zh="市委巡察办主任已批准，本单位的共享已生效。",
        en="The city's director approved last: what your office shares is in force.",
    ),
    REFUSED: Text(zh="一项共享申请未获批准。", en="What your office asked for was refused."),
    NARROWED: Text(
        zh="共享给本单位的内容已缩小范围。", en="What is shared with your office became less."
    ),
    REVOKED: Text(
        zh="共享给本单位的内容已收回，请销毁留存的副本并报告。",
        en="What was shared was taken back: destroy copies, and say so.",
    ),
    DESTRUCTION_TOLD: Text(
        zh="接收单位已报告销毁情况。", en="A receiver told what became of its copies."
    ),
}
KINDS = tuple(SAYS)

add_kinds(
    tuple(
        NoticeKind(code, says, "watch_clue_shares" if code == TO_WATCH else "view_shares", "share")
        for code, says in SAYS.items()
    )
)
