from __future__ import annotations

from django.db.models import Q

from kernel.errors import NotVisible
from sharing.access.attachments import attached
from tenancy.actor import Actor
from tests.filing.models import Folder, FolderFile


@attached("folder", FolderFile)
def access_folder(actor: Actor, number: int) -> Folder:
    mine = Q(kept_by=None) | Q(kept_by=actor.user_id)
    found = Folder.objects.filter(mine, tenant_id=actor.tenant_id, pk=number).first()
    if found is None:
        raise NotVisible(what="folder", number=number)
    return found
