"""What of rectification stands on an office's desk: feedback that was served and not assigned yet."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext, ngettext

from portal.todos import Todo
from sharing.selectors.assigning import waiting_reports
from tenancy.actor import Actor

MOST_ON_THE_DESK = 5


def rectification_todos(actor: Actor) -> Iterator[Todo]:
    for one in waiting_reports(actor)[:MOST_ON_THE_DESK]:
        yield Todo(
            gettext("Assign for rectification: %(unit)s") % {"unit": one.report.unit_name},
            gettext("The feedback is served: the terms of the rectification run."),
            "portal:report-rectification",
            (one.report.pk,),
            count=one.count,
            counted=ngettext("finding waits", "findings wait", one.count),
            step=gettext("Assign"),
        )
