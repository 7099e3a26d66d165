"""`./run demo` and `./run serve`: bring everything up, serve, end everything."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass

from launcher.accounts import NoAccount
from launcher.binaries import NoBinaries
from launcher.broker import BrokerFailed
from launcher.folders import CHECKOUT, DataFolder
from launcher.installation import Installation, StepFailed
from launcher.locks import locked_if_free
from launcher.postgres import PostgresFailed
from launcher.processes import identity_of
from launcher.psql import SqlRefused
from launcher.supervisor import ProgramFailed, Supervisor, end_leftovers
from launcher.terminal import Enough, Teller, enough_on_signals, undisturbed

CARD = CHECKOUT / "demo" / "card.json"
CHECK_EVERY_S = 1.0
POSTGRES_CHECK_EVERY = 5  # each so many of the checks above

EXPECTED_FAILURES = (
    StepFailed,
    ProgramFailed,
    PostgresFailed,
    SqlRefused,
    BrokerFailed,
    NoAccount,
    NoBinaries,
    OSError,  # a full disk, a folder of somebody else's: its words name the file
)

Steps = Callable[[Installation], str]


@dataclass(frozen=True, slots=True)
class Serving:
    """Which launcher serves this data folder, and where. No address: it is still starting."""

    pid: int
    identity: str | None
    address: str = ""

    @classmethod
    def mine(cls, address: str = "") -> Serving:
        return cls(os.getpid(), identity_of(os.getpid()), address)

    @classmethod
    def read(cls, folder: DataFolder) -> Serving | None:
        """None when nobody serves: a record of a launcher that was killed does not count."""
        try:
            found = cls(**json.loads(folder.serving.read_text(encoding="utf-8")))
        except (FileNotFoundError, ValueError, TypeError):
            return None
        return found if identity_of(found.pid) == found.identity else None

    def write(self, folder: DataFolder) -> None:
        draft = folder.serving.with_suffix(".part")
        draft.write_text(json.dumps(asdict(self)), encoding="utf-8")
        draft.replace(folder.serving)


def demo(folder: DataFolder) -> int:
    """Bring everything up with the demo city, and serve it until Ctrl-C."""
    return served(folder, Teller(steps=8, done=1), _demo_steps, card=True)


def serve(folder: DataFolder) -> int:
    """Bring everything up with whatever data there is, and serve it until Ctrl-C."""
    return served(folder, Teller(steps=6, done=1), _serve_steps, card=False)


def _demo_steps(installation: Installation) -> str:
    teller = installation.teller
    address = _serve_steps(installation)
    teller.step("Demo city: offices, people, workbooks, a round")
    installation.manage_once("load_demo", role="owner")
    # A demo of an earlier version, whose card had fewer people.
    installation.manage_once("load_demo", "--accounts", role="owner", of=CARD)
    teller.step("The demo round, solved by a worker and put in force")
    installation.manage_once("solve_demo_round", role="app")
    # As the owner, who alone makes accounts with passwords.
    installation.manage_once("authorise_demo_team", role="owner")
    return address


def _serve_steps(installation: Installation) -> str:
    teller = installation.teller
    teller.step("PostgreSQL: " + ("embedded" if installation.has_own_database else "DATABASE_URL"))
    installation.start_postgres()
    teller.step("Broker: " + ("embedded" if installation.has_own_broker else "BROKER_URL"))
    installation.start_broker()
    teller.step("Tables, fences, static files")
    installation.migrate()
    installation.collect_static_files()
    # Before the workers: on two cores they would only slow one another down.
    teller.step("Web server")
    address = installation.start_web()
    teller.step("Two workers, and the relay that wakes them")
    installation.start_workers()
    return address


def served(folder: DataFolder, teller: Teller, steps: Steps, *, card: bool) -> int:
    """Take the steps, serve until it is enough, end everything. Returns the exit status."""
    folder.make()
    began = time.monotonic()
    with locked_if_free(folder.locks / "serving") as is_ours:
        if not is_ours:
            return _already_served(folder, teller)
        if ended := end_leftovers(folder):
            teller.say(f"      Ended what a killed start had left running: {', '.join(ended)}.")
        supervisor = Supervisor(folder, teller)
        installation = Installation(folder, teller, supervisor)
        status = 1
        try:
            with enough_on_signals():
                Serving.mine().write(folder)
                address = steps(installation)
                Serving.mine(address).write(folder)
                _greet(teller, address, time.monotonic() - began, card=card)
                _watch(installation)
        except Enough:
            teller.say("\nEnding everything that was started. The data stays.")
            status = 0
        except EXPECTED_FAILURES as failure:
            teller.say(f"\nThis start failed.\n{failure}")
        finally:
            with undisturbed():
                supervisor.stop()
                installation.stop_postgres()
                folder.serving.unlink(missing_ok=True)
        return status


def _watch(installation: Installation) -> None:
    """Until somebody says that it is enough."""
    for count in range(1, 10**12):
        time.sleep(CHECK_EVERY_S)
        if count % POSTGRES_CHECK_EVERY == 0:
            installation.keep_postgres_running()
        installation.supervisor.mend()


def _already_served(folder: DataFolder, teller: Teller) -> int:
    serving = Serving.read(folder)
    if serving is None or not serving.address:
        teller.say("Another `./run` is starting or ending this checkout. Try again in a moment.")
        return 1
    teller.say(f"It is running already: {serving.address}")
    return 0


def _greet(teller: Teller, address: str, seconds: float, *, card: bool) -> None:
    teller.say(f"\nReady after {seconds:.0f} s: {address}")
    if card and CARD.exists():
        _show_card(teller)
    teller.say("\nCtrl-C ends everything; the data stays. `./run reset` begins anew.")


def _show_card(teller: Teller) -> None:
    """What to look at first, and whom to be."""
    card = json.loads(CARD.read_text(encoding="utf-8"))
    teller.say("\nLook at first:")
    for line in card["look_at_first"]:
        teller.say(f"  · {line}")
    teller.say("\nFictional people (name of account / password):")
    for account in card["accounts"]:
        teller.say(
            f"  · {account['role']}, {account['office']}: {account['name']}"
            f"  {account['username']} / {account['password']}"
        )
    for account in card["team_accounts"]:
        teller.say(
            f"  · {account['role']}（按方案编组）  {account['username']} / {account['password']}"
        )
