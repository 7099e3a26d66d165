"""How a name and a password become an account."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest
from django.views.decorators.debug import sensitive_variables

from kernel.clock import today
from tenancy.models import User
from tenancy.services.second_factor import use_code


def spend_as_much(password: str) -> None:
    """The time that asking an account's password takes, where there is none to ask."""
    User().set_password(password)


class PasswordBackend(BaseBackend):
    """By password, and nothing else: no permission hangs on the account itself."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **_: Any,
    ) -> User | None:
        if username is None or password is None:
            return None
        user = User.objects.filter(username=username).first()
        if user is None:
            # The same work as for a known name, so that the clock does not tell them apart.
            spend_as_much(password)
            return None
        is_right = user.check_password(password)
        return user if is_right and user.is_open_on(today()) else None

    def get_user(self, user_id: int) -> User | None:
        user = User.objects.filter(pk=user_id).first()
        return user if user is not None and user.is_open_on(today()) else None


class SecondFactorBackend(BaseBackend):
    """By a code, for somebody whose password was right already: never the first to be asked."""

    @sensitive_variables("code")
    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        code: str | None = None,
        **_: Any,
    ) -> User | None:
        if username is None or code is None:
            return None
        user = User.objects.filter(username=username).first()
        is_open = user is not None and user.is_open_on(today())
        return user if user is not None and is_open and use_code(user, code) else None

    def get_user(self, user_id: int) -> User | None:
        return PasswordBackend().get_user(user_id)
