"""What is told by the bell of mutual corroboration. The database tells it (sharing 0170), at the matcher's moments.

No word says more than the page does: no office, no number of them, and no time but the one that was drawn.
"""

from __future__ import annotations

from kernel.text import Text
from scheduling.domain.notices import NoticeKind, add_kinds

TOLD = "hit_told"
LED = "hit_led"
PROBING = "probing_raised"

# Directors and discipline bodies have no permission in common that others lack: who is told of a hit is
# said in full where it is read (sharing.tasks.telling).
add_kinds(
    (
        NoticeKind(
            TOLD,
            Text(
                zh="有一条问题线索可能与其他单位掌握的情况有关，请在 {until} 前查看并决定。",
                en="Another office may hold something related to a clue of yours:"
                " look and decide until {until}.",
            ),
            "view_notices",
            "hit",
        ),
        NoticeKind(
            LED,
            Text(
                zh="双方均已同意，请查看对方单位和印证编号。",
                en="Both sides agreed: see which office holds the related clue.",
            ),
            "view_notices",
            "hit",
        ),
        NoticeKind(
            PROBING,
            Text(
                zh="有疑似试探的印证申请，请查看。",
                en="Somebody seems to guess by asking about clues: take a look.",
            ),
            "handle_clue",
            "hits",
        ),
    )
)
