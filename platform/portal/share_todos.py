"""What of shares stands on an office's desk: asked of it, and running out."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext, ngettext

from portal.todos import Todo
from sharing.domain.grants import SHARE_GRANT
from sharing.selectors.share_lists import counts
from tenancy.actor import Actor
from tenancy.domain.roles import Permission

# Whoever has a part in what is asked of the office. Who only looks on has nothing to do.
HANDS = frozenset(SHARE_GRANT.permissions.values()) - {Permission.ASK_FOR_SHARES.value}


def share_todos(actor: Actor) -> Iterator[Todo]:
    if not actor.may(Permission.VIEW_SHARES):
        return
    waiting = counts(actor)
    if waiting["of_us"] and HANDS & {one.value for one in actor.permissions}:
        yield Todo(
            gettext("Shares to deal with"),
            gettext("Asked of your office, or offered by it: to be prepared, approved or refused."),
            "portal:shares",
            count=waiting["of_us"],
            counted=ngettext("waits", "wait", waiting["of_us"]),
            step=gettext("To the shares"),
            query="tab=of_us",
        )
    if waiting["running_out"]:
        yield Todo(
            gettext("Shares that run out"),
            gettext("Within a fortnight. Whoever needs one longer asks anew in time."),
            "portal:shares",
            count=waiting["running_out"],
            standing=True,
            step=gettext("Look"),
            query="tab=running_out",
        )
