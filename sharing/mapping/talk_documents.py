"""A talk as the record that both sides sign; what the product does not keep is left to the hand."""

from __future__ import annotations

from sharing.documents.talk_record import TalkRecord
from sharing.models.rectification import Talk


def talk_document(talk: Talk) -> TalkRecord:
    return TalkRecord(
        round_name=talk.round_name,
        unit=talk.desk.name,
        held_on=talk.held_on,
        talker=talk.held_by,
        talked_to=talk.person,
        talked_to_post=talk.post,
        recorder=talk.recorded_by,
        matter=talk.matter,
        commitment=talk.commitment,
    )
