"""What of shares stands on somebody's desk: what waits for them, and what runs out."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext, ngettext

from portal.todos import Todo
from sharing.selectors.share_lists import counts
from sharing.selectors.share_turns import waits_for, waits_for_the_city
from tenancy.actor import Actor
from tenancy.domain.roles import Permission


def share_todos(actor: Actor) -> Iterator[Todo]:
    if not actor.may(Permission.VIEW_SHARES):
        return
    if mine := waits_for(actor):
        yield Todo(
            gettext("Shares to deal with"),
            gettext("Asked of your office, or offered by it: to be prepared, approved or refused."),
            "portal:shares",
            count=mine,
            counted=ngettext("waits for you", "wait for you", mine),
            step=gettext("To the shares"),
            query="tab=of_us",
        )
    if watched := waits_for_the_city(actor):
        yield Todo(
            gettext("Shares of clues to look at"),
            gettext(
                "Between your counties: in force once you or the owner's discipline body approves."
            ),
            "portal:shares",
            count=watched,
            counted=ngettext("waits for you", "wait for you", watched),
            step=gettext("To the shares"),
            query="tab=watched",
        )
    waiting = counts(actor)
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
