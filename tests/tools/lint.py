"""`./run lint`: each check by its own program, all of them run, the quick ones first."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

BIN = Path(sys.executable).parent
# One word for what is checked everywhere: our code, not what lies beside it.
OUR_CODE = ("manage.py", "platform", "tenancy", "scheduling", "sharing", "tests", "demo")


@dataclass(frozen=True)
class Check:
    """A command that must end with 0."""

    name: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)


CHECKS = (
    Check("style", [str(BIN / "ruff"), "check", "--quiet", "."]),
    Check("format", [str(BIN / "ruff"), "format", "--check", "--quiet", "."]),
    Check("messages", [sys.executable, "-m", "tests.tools.messages", "check"]),
    Check("import contracts", [str(BIN / "lint-imports"), "--no-cache"]),
    Check(
        "missing migrations",
        [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"],
        # It wants to compare with a database's history, and there need not be one.
        {"DJANGO_SETTINGS_MODULE": "config.settings.test", "XUNCHA_AUTOSTART": "no"},
    ),
    Check("types", [str(BIN / "mypy"), *OUR_CODE]),
)


def main() -> int:
    broken = [check.name for check in CHECKS if not _holds(check)]
    print(f"Broken: {', '.join(broken)}." if broken else "All checks hold.")
    return 1 if broken else 0


def _holds(check: Check) -> bool:
    began = time.monotonic()
    done = subprocess.run(
        check.command,
        env=os.environ | check.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    verdict = "holds" if done.returncode == 0 else "IS BROKEN"
    print(f"{check.name}: {verdict} ({time.monotonic() - began:.0f} s)", flush=True)
    if done.returncode != 0:
        print(done.stdout)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
