"""Who reads the files of a claim and of a reply: exactly who may read what they hang on."""

from __future__ import annotations

from kernel.errors import NotVisible
from sharing.access.attachments import attached
from sharing.access.letters import access_letter
from sharing.access.rectification import access_item
from sharing.models.letters import LetterReply
from sharing.models.note_files import NoteFile
from sharing.models.rectification import ItemNote
from sharing.models.reply_files import ReplyFile
from tenancy.actor import Actor


@attached("item_note", NoteFile)
def access_note(actor: Actor, number: int) -> ItemNote:
    """For the office, the unit, who supervises it, and the county leader in charge."""
    found = ItemNote.objects.filter(tenant_id=actor.tenant_id, pk=number).first()
    if found is None:
        raise NotVisible(what="item_note", number=number)
    access_item(actor, found.item_id)
    return found


@attached("letter_reply", ReplyFile)
def access_reply(actor: Actor, number: int) -> LetterReply:
    """For the office, the addressee, and who got a copy of the letter."""
    found = LetterReply.objects.filter(tenant_id=actor.tenant_id, pk=number).first()
    if found is None:
        raise NotVisible(what="letter_reply", number=number)
    access_letter(actor, found.letter_id)
    return found
