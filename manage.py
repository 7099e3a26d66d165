#!/usr/bin/env python3
"""Django's command line. From a bare clone: `./run manage ...` makes the environment first."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parent

# Commands that only the schema's owner may run, and one that is a worker's part. Everything
# else runs as the web does, bound by row-level security. XUNCHA_ROLE overrules.
ROLE_OF_COMMAND = {
    "migrate": "owner",
    "makemigrations": "owner",
    "showmigrations": "owner",
    "sqlmigrate": "owner",
    "create_office": "owner",
    "create_administrators": "owner",
    "create_user": "owner",
    "install_context_key": "owner",
    "check_fence": "owner",
    "verify_audit": "audit",
    "export_audit_heads": "audit",
    "verify_publications": "owner",
    "load_demo": "owner",
    "bench_plan_page": "owner",
    "bench_desk_page": "owner",
    "relay_jobs": "worker",
    "purge_idempotency_keys": "worker",
    "rotate_keys": "worker",
}


# The engine's commands work on files. They run without settings, apps and database, which
# also spares them the second that loading all of these takes.
ON_FILES = ("solve_round", "check_plan")


def main() -> None:
    # `platform/` is a source root, never a package; a bare clone has no installed path to it.
    sys.path.insert(1, str(ROOT / "platform"))
    command = sys.argv[1] if len(sys.argv) > 1 else ""
    if command in ON_FILES:
        os.environ.pop("DJANGO_SETTINGS_MODULE", None)
        import_module(f"scheduling.management.commands.{command}").Command().run_from_argv(sys.argv)
        return
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    os.environ.setdefault("XUNCHA_AUTOSTART", "yes")
    os.environ.setdefault("XUNCHA_ROLE", ROLE_OF_COMMAND.get(command, "app"))

    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
