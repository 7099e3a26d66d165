"""What is told by the bell of city digests. The database tells it (sharing 0171): a copy is another office's row."""

from __future__ import annotations

from kernel.text import Text
from scheduling.domain.notices import NoticeKind, add_kinds

READY = "digest_ready"
NOT_MADE = "digest_not_made"
PUBLISHED = "digest_published"

add_kinds(
    (
        NoticeKind(
            READY,
            Text(
                zh="情况通报已生成，可以发布。",
                en="The digest is made, and waits to be published.",
            ),
            "publish_digest",
            "digests",
        ),
        NoticeKind(
            NOT_MADE,
            Text(
                zh="情况通报未能生成，请查看原因。",
                en="The digest could not be made: see why.",
            ),
            "publish_digest",
            "digests",
        ),
        NoticeKind(
            PUBLISHED,
            Text(zh="新一期情况通报已发布，请查看。", en="A city digest is published."),
            "view_digest",
            "digest",
        ),
    )
)
