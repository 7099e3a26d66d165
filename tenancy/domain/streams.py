"""The streams of a record: a chain for the acts of an office, and several for what its people read.

Who appends holds the head of a stream until the commit. Acts are few; every page of somebody is a
read, and those of different people shall not wait for one another, nor for an act
(docs/decisions/0014-streams-of-the-record.md). Which of them a reading goes to, the database says.
"""

from __future__ import annotations

from kernel.text import Text

ACTS = 0
READS = (1, 2, 3, 4)
STREAMS = (ACTS, *READS)
A_READING = READS[0]  # what a writer asks for; the database spreads them by person

KINDS = {False: Text(zh="操作", en="acts"), True: Text(zh="查看", en="reads")}


def name_of(stream: int) -> str:
    """As the check prints it: `acts`, `reads 3`."""
    return "acts" if stream == ACTS else f"reads {stream}"


def title_of_stream(stream: int) -> Text:
    """As the pages say it."""
    title = KINDS[stream != ACTS]
    return title if stream == ACTS else Text(zh=f"{title.zh} {stream}", en=f"{title.en} {stream}")
