"""What the environment says is read as it is meant, or refused with what to write instead."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import env
from launcher.folders import CHECKOUT

# Handing the environment on to a process of ours, or naming its settings, is no reading.
READS = re.compile(r"environ\[|environ\.get|getenv")


@pytest.mark.parametrize(
    ("written", "meant"), [("yes", True), ("On", True), ("0", False), ("", False)]
)
def test_a_flag_is_read_as_people_write_it(
    written: str, meant: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEBUG", written)

    assert env.flag("DEBUG", default=not meant) is meant


def test_a_flag_that_is_neither_is_refused_with_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEBUG", "maybe")

    with pytest.raises(ImproperlyConfigured, match=r"DEBUG='maybe'.*Write `yes` or `no`"):
        env.flag("DEBUG", default=False)


def test_seconds_are_a_positive_whole_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOB_LEASE_S", "45")
    assert env.seconds("JOB_LEASE_S", default=30) == 45

    for written in ("0", "-1", "1.5", "30s"):
        monkeypatch.setenv("JOB_LEASE_S", written)
        with pytest.raises(ImproperlyConfigured, match="JOB_LEASE_S"):
            env.seconds("JOB_LEASE_S", default=30)


def test_a_secret_may_stand_in_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = tmp_path / "secret_key"
    secret.write_text("from a file\n")
    monkeypatch.setenv("SECRET_KEY_FILE", str(secret))

    assert env.text("SECRET_KEY") == "from a file"


def test_a_key_too_short_to_sign_with_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONTEXT_KEY", "ab" * 16)
    with pytest.raises(ImproperlyConfigured, match="CONTEXT_KEY must be at least 32 bytes"):
        env.hexadecimal("CONTEXT_KEY")

    monkeypatch.setenv("CONTEXT_KEY", "ab" * 32)
    assert len(env.hexadecimal("CONTEXT_KEY")) == 32


def test_a_database_url_may_name_a_server_or_a_folder_of_sockets() -> None:
    there = env.parse_database("postgresql://anna:p%40ss@db.example:5433/xuncha", name="X")
    here = env.parse_database(
        "postgresql://anna:p@/xuncha?host=%2Frun%2Fpg&sslmode=disable", name="X"
    )

    assert (there["HOST"], there["PORT"], there["PASSWORD"]) == ("db.example", "5433", "p@ss")
    assert (here["HOST"], here["NAME"], here["OPTIONS"]) == (
        "/run/pg",
        "xuncha",
        {"sslmode": "disable"},
    )


@pytest.mark.parametrize("url", ["mysql://a@b/c", "postgresql://a@b", "xuncha"])
def test_what_is_no_database_url_is_refused(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL must look like"):
        env.parse_database(url, name="DATABASE_URL")


def test_the_environment_is_read_in_one_place_only() -> None:
    readers = [
        str(path.relative_to(CHECKOUT))
        for top in ("platform/config", "platform/portal", "platform/webui", "tenancy", "scheduling")
        for path in (CHECKOUT / top).rglob("*.py")
        if READS.search(path.read_text(encoding="utf-8"))
    ]

    assert readers == ["platform/config/env.py"]


def test_service_refuses_to_start_on_what_is_missing_all_named_at_once(tmp_path: Path) -> None:
    ours = ("DATABASE", "SECRET", "CONTEXT", "BROKER", "ID_NUMBER", "MEDIA", "ALLOWED", "XUNCHA")
    clean = {k: v for k, v in os.environ.items() if not k.startswith(ours)}
    done = subprocess.run(
        [sys.executable, "-c", "import config.settings.prod"],
        env=clean | {"XUNCHA_VAR": str(tmp_path / "var"), "SECRET_KEY": "given"},
        capture_output=True,
        text=True,
    )

    last = done.stderr.strip().splitlines()[-1]
    assert "Not set: CONTEXT_KEY, ID_NUMBER_KEY, BROKER_URL" in last
    assert "SECRET_KEY," not in last
    assert not (tmp_path / "var").exists()
