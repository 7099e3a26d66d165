"""Typed readers of the environment, and the only place that reads it.

A value that cannot be meant is refused with its name, what it is and what to write instead.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

YES = {"1", "true", "yes", "on"}
NO = {"0", "false", "no", "off", ""}


def text(name: str, default: str | None = None) -> str:
    """The value; `NAME_FILE` names a file that holds it instead (for secrets)."""
    value = _raw(name)
    if value is not None:
        return value
    if default is None:
        raise ImproperlyConfigured(f"{name} is not set. See docs/development.md, Environment.")
    return default


def is_set(name: str) -> bool:
    return _raw(name) is not None


def require(*names: str) -> None:
    """Refuse once for all that is missing, not once for each."""
    missing = [name for name in names if not is_set(name)]
    if missing:
        raise ImproperlyConfigured(
            f"Not set: {', '.join(missing)}. See deploy/README.md for what each is."
        )


def flag(name: str, *, default: bool) -> bool:
    value = (_raw(name) or "").strip().lower()
    if _raw(name) is None:
        return default
    if value in YES | NO:
        return value in YES
    raise ImproperlyConfigured(f"{name}={value!r} is neither yes nor no. Write `yes` or `no`.")


def whole(name: str, *, default: int, least: int = 0) -> int:
    value = _raw(name)
    if value is None:
        return default
    if not value.strip().isdecimal() or int(value) < least:
        raise ImproperlyConfigured(f"{name}={value!r}: write a whole number, at least {least}.")
    return int(value)


def seconds(name: str, *, default: int) -> int:
    """A number of seconds, written without a unit."""
    return whole(name, default=default, least=1)


def listing(name: str, *, default: list[str]) -> list[str]:
    """Values set apart by commas."""
    value = _raw(name)
    if value is None:
        return default
    return [part.strip() for part in value.split(",") if part.strip()]


def hexadecimal(name: str) -> bytes:
    value = text(name)
    try:
        key = bytes.fromhex(value)
    except ValueError:
        key = b""
    if len(key) < 32:
        raise ImproperlyConfigured(
            f"{name} must be at least 32 bytes in hexadecimal (64 digits). "
            'Make one: python -c "import secrets; print(secrets.token_hex(32))"'
        )
    return key


def one_of(name: str, choices: tuple[str, ...], *, default: str) -> str:
    value = text(name, default)
    if value not in choices:
        raise ImproperlyConfigured(f"{name}={value!r}: write one of {', '.join(choices)}.")
    return value


def database(name: str) -> dict[str, Any]:
    """A PostgreSQL URL as Django wants it; `?host=/folder` names a folder of unix sockets."""
    return parse_database(text(name), name=name)


def parse_database(url: str, *, name: str) -> dict[str, Any]:
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise ImproperlyConfigured(
            f"{name} must look like postgresql://user:password@host:5432/database."
        )
    options = dict(parse_qsl(parts.query))
    host = options.pop("host", unquote(parts.hostname or ""))
    port = options.pop("port", str(parts.port or ""))
    return {
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": port,
        "OPTIONS": options,
    }


def folder(name: str, *, default: Path) -> Path:
    return Path(text(name, str(default))).resolve()


def _raw(name: str) -> str | None:
    if (path := os.environ.get(f"{name}_FILE")) is not None:
        return Path(path).read_text(encoding="utf-8").strip()
    return os.environ.get(name)
