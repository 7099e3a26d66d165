"""The settings of an installation, against a database as installations have it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from launcher.folders import CHECKOUT
from tests.unit.config.test_settings import IN_SERVICE


def checked(given: Mapping[str, str], tmp_path: Path, **more: str) -> tuple[int, str]:
    kept = {name: value for name, value in IN_SERVICE.items() if name != "DATABASE_URL"}
    known = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        env=known | dict(given) | kept | {"MEDIA_ROOT": str(tmp_path)} | more,
        capture_output=True,
        text=True,
        check=False,
        cwd=CHECKOUT,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.usefixtures("committed_db")
def test_the_check_of_an_installation_has_nothing_to_say(
    process_environment: Mapping[str, str], tmp_path: Path
) -> None:
    code, said = checked(process_environment, tmp_path)

    assert said.strip() == "System check identified no issues (3 silenced)."
    assert code == 0


@pytest.mark.usefixtures("committed_db")
def test_and_it_would_speak_of_open_cookies(
    process_environment: Mapping[str, str], tmp_path: Path
) -> None:
    code, said = checked(process_environment, tmp_path, HTTPS="no")

    assert code == 1
    assert "SESSION_COOKIE_SECURE" in said
