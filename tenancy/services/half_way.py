"""Between the password and the whole way in: a code is still to come, or a set-up is owed.

Kept in the session, on the server. Half way somebody is a stranger; who owes something is signed
in, and acts for no office.
"""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from kernel.clock import now, today
from tenancy.models import User
from tenancy.services import sessions

HALF_WAY_FOR = timedelta(minutes=5)
SECOND_FACTOR = "second_factor"
_HALF_WAY = "half_way"
_OWES = "owes"


def go_half_way(request: HttpRequest, user: User) -> None:
    """The password was right, and a code is asked. Whoever sat at this browser before is out."""
    sessions.close_session(request)
    request.session.flush()
    request.user = AnonymousUser()
    request.session[_HALF_WAY] = {
        "user": user.pk,
        "until": (now() + HALF_WAY_FOR).timestamp(),
        "as": user.get_session_auth_hash(),
    }


def half_way(request: HttpRequest) -> User | None:
    """Whose password was right, for five minutes and as long as it is still their password."""
    kept = request.session.get(_HALF_WAY)
    if kept is None or kept["until"] < now().timestamp():
        return None
    user = User.objects.filter(pk=kept["user"]).first()
    if user is None or not user.is_open_on(today()):
        return None
    return user if constant_time_compare(kept["as"], user.get_session_auth_hash()) else None


def arrive(request: HttpRequest) -> None:
    request.session.pop(_HALF_WAY, None)


def owe(request: HttpRequest, what: str) -> None:
    """Nothing else is open to this session before it is done."""
    request.session[_OWES] = what


def what_is_owed(request: HttpRequest) -> str | None:
    owed: str | None = request.session.get(_OWES)
    return owed


def settle(request: HttpRequest, what: str) -> None:
    if what_is_owed(request) == what:
        del request.session[_OWES]
