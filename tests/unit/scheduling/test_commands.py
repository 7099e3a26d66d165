"""solve_round and check_plan: files in, lines and an exit status out."""

from __future__ import annotations

import io
import json
import os
import shlex
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from scheduling.domain.cli.checking import check_plan
from scheduling.domain.cli.exits import Exit
from scheduling.domain.cli.solving import Effort, solve_round
from scheduling.domain.document import read_plan, read_problem
from scheduling.domain.problem import PinArc, PinPerson, PinUnit, Problem
from scheduling.domain.verify import breaches, claims
from scheduling.management.commands.solve_round import Command as SolveRound
from scheduling.management.commands.solve_round import calls
from tests.rounds import tiny_round, with_person, with_policy, with_slot
from tests.unit.scheduling.plans import (
    infeasible_plan,
    true_plan,
    unknown_plan,
    written_problem,
)

ROOT = Path(__file__).parents[3]
SOON = Effort(time_limit_s=20.0)


@pytest.fixture
def problem_file(tmp_path: Path) -> Path:
    path = tmp_path / "problem.json"
    path.write_bytes(written_problem())
    return path


def problem_at(path: Path, problem: Problem) -> Path:
    path.write_bytes(written_problem(problem))
    return path


def plan_at(path: Path, plan: dict[str, Any]) -> Path:
    path.write_text(json.dumps(plan))
    return path


def checked(problem: Path, plan: Path) -> tuple[int, list[str], list[str]]:
    out, err = io.StringIO(), io.StringIO()
    status = check_plan(problem, plan, out=out, err=err)
    return status, out.getvalue().splitlines(), err.getvalue().splitlines()


def solved(problem: Path, plan: Path, effort: Effort = SOON) -> tuple[int, list[str], list[str]]:
    out, err = io.StringIO(), io.StringIO()
    status = solve_round(problem, plan, effort, out=out, err=err)
    return status, out.getvalue().splitlines(), err.getvalue().splitlines()


# --- check_plan -----------------------------------------------------------------------------


def test_a_plan_that_holds_is_said_to_hold(problem_file: Path, tmp_path: Path) -> None:
    status, out, err = checked(problem_file, plan_at(tmp_path / "plan.json", true_plan()))

    assert (status, err) == (Exit.DONE, [])
    [line] = out
    assert line.startswith("The plan holds: 2 teams")


def test_each_breach_and_false_claim_is_one_line(problem_file: Path, tmp_path: Path) -> None:
    plan = true_plan()
    plan["teams"][0]["members"] = ["lei"]
    plan["measures"]["travel"] = 5

    status, out, err = checked(problem_file, plan_at(tmp_path / "plan.json", plan))

    assert (status, err) == (Exit.BROKEN, [])
    codes = [line.split(":")[0] for line in out]
    assert codes[:2] == ["own_county", "own_county"]
    assert set(codes[2:]) == {"claim"}
    assert out[0] == "own_county: lei, school: Lei (member) visits School, a unit of their own" \
        " county (East office), and a member is on no host seat."  # fmt: skip
    assert any(line.startswith("claim: measures.travel: the plan says 5, it is ") for line in out)


def test_a_plan_for_another_problem_has_a_false_hash(problem_file: Path, tmp_path: Path) -> None:
    problem_file.write_bytes(problem_file.read_bytes() + b"\n")

    status, out, _ = checked(problem_file, plan_at(tmp_path / "plan.json", true_plan()))

    assert status == Exit.BROKEN
    [line] = out
    assert line.startswith("claim: problem_sha256: ")


def test_names_that_the_problem_has_not_are_faults(problem_file: Path, tmp_path: Path) -> None:
    plan = true_plan()
    plan["teams"][0]["leader"] = "ghost"

    status, out, err = checked(problem_file, plan_at(tmp_path / "plan.json", plan))

    assert (status, out) == (Exit.UNREADABLE, [])
    assert err == ['$.teams[0].leader: is "ghost", which is the id of no inspector of the problem']


def test_each_fault_of_the_problem_is_one_line(problem_file: Path, tmp_path: Path) -> None:
    document = json.loads(problem_file.read_bytes())
    document["units"][0]["days"] = "three"
    del document["policy"]
    problem_file.write_text(json.dumps(document))

    status, out, err = checked(problem_file, plan_at(tmp_path / "plan.json", true_plan()))

    assert (status, out) == (Exit.UNREADABLE, [])
    assert [line.split(":")[0] for line in err] == ["$.policy", "$.units[0].days"]


@pytest.mark.parametrize("plan", [infeasible_plan(), unknown_plan()])
def test_without_a_plan_there_is_nothing_to_check(
    plan: dict[str, Any], problem_file: Path, tmp_path: Path
) -> None:
    status, out, err = checked(problem_file, plan_at(tmp_path / "plan.json", plan))

    assert (status, out) == (Exit.NO_PLAN, [])
    [line] = err
    assert plan["status"] in line


@pytest.mark.parametrize("missing", ["problem.json", "plan.json"])
def test_a_file_that_cannot_be_read_is_named(
    missing: str, problem_file: Path, tmp_path: Path
) -> None:
    plan_at(tmp_path / "plan.json", true_plan())
    (tmp_path / missing).unlink()

    status, _, err = checked(tmp_path / "problem.json", tmp_path / "plan.json")

    assert status == Exit.UNREADABLE
    assert err == [f"{tmp_path / missing}: cannot be read: No such file or directory"]


def test_a_folder_or_an_impossible_path_is_no_document(problem_file: Path, tmp_path: Path) -> None:
    for path in (tmp_path, Path("a\0b"), problem_file / "below"):
        status, out, err = checked(path, problem_file)

        assert (status, out) == (Exit.UNREADABLE, [])
        [line] = err
        assert "cannot be read" in line


# --- solve_round ----------------------------------------------------------------------------


def test_a_solved_round_holds_before_the_checker(problem_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "plan.json"

    status, out, err = solved(problem_file, path)

    assert (status, err) == (Exit.DONE, [])
    assert out[-1] == f"Written to {path}"
    assert checked(problem_file, path)[0] == Exit.DONE
    assert json.loads(path.read_bytes())["status"] == "optimal"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["plan.json", "problem.json"]


def test_an_infeasible_round_names_what_cannot_hold_together(tmp_path: Path) -> None:
    clashing = tiny_round(pins=(PinPerson("wu", "red"), PinPerson("wu", None)))
    problem, path = problem_at(tmp_path / "problem.json", clashing), tmp_path / "plan.json"

    status, out, err = solved(problem, path)

    assert (status, err) == (Exit.BROKEN, [])
    assert [line.split(": ")[:2] for line in out[:2]] == [["pin", "pins[0]"], ["pin", "pins[1]"]]
    plan = json.loads(path.read_bytes())
    assert plan["status"] == "infeasible"
    assert plan["minimal"] is True
    assert plan["teams"] == []
    assert [entry["subjects"] for entry in plan["conflict"]] == [["pins[0]"], ["pins[1]"]]
    assert checked(problem, path)[0] == Exit.NO_PLAN


def test_a_work_limit_makes_the_plan_repeatable(problem_file: Path, tmp_path: Path) -> None:
    plans = []
    for name in ("one.json", "two.json"):
        solved(problem_file, tmp_path / name, Effort(work_limit=1.0, workers=1, seed=3))
        plan = json.loads((tmp_path / name).read_bytes())
        plans.append({key: value for key, value in plan.items() if key != "seconds"})

    assert plans[0] == plans[1]


def test_whoever_stops_the_search_keeps_what_it_found(problem_file: Path, tmp_path: Path) -> None:
    out, err = io.StringIO(), io.StringIO()

    status = solve_round(
        problem_file, tmp_path / "plan.json", SOON, out=out, err=err, should_stop=lambda: True
    )

    # However early the stop came: a plan that holds, or the word that there is none.
    assert status in (Exit.DONE, Exit.NO_PLAN)
    plan_status = json.loads((tmp_path / "plan.json").read_bytes())["status"]
    assert (plan_status == "unknown") == (status == Exit.NO_PLAN)


def test_a_limit_of_work_has_no_clock_and_one_thread_unless_asked() -> None:
    assert Effort(work_limit=5).seconds > 24 * 3600
    assert Effort(work_limit=5).threads == 1
    assert Effort(work_limit=5, time_limit_s=9, workers=2).seconds == 9
    assert Effort(work_limit=5, time_limit_s=9, workers=2).threads == 2
    assert Effort().seconds == 60
    assert Effort(workers=16).threads == 2


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda p: replace(p, teams=()), id="no teams"),
        pytest.param(lambda p: replace(p, inspectors=()), id="no people"),
        pytest.param(
            lambda p: replace(p, teams=tuple(replace(t, size=(10**9, 10**9)) for t in p.teams)),
            id="a slip in the sizes",
        ),
        pytest.param(
            lambda p: replace(p, pins=(PinUnit("school", "red", date(2026, 3, 7)),)),
            id="a pinned start that is no working day",
        ),
        pytest.param(lambda p: replace(p, pins=(PinArc("east", "east"),)), id="an arc to itself"),
    ],
)
def test_what_can_have_no_plan_is_said_to_have_none(
    spoil: Callable[[Problem], Problem], tmp_path: Path
) -> None:
    problem = problem_at(tmp_path / "problem.json", spoil(tiny_round()))

    status, _, err = solved(problem, tmp_path / "plan.json")

    assert (status, err) == (Exit.BROKEN, [])
    assert json.loads((tmp_path / "plan.json").read_bytes())["minimal"] is True
    assert checked(problem, tmp_path / "plan.json")[0] == Exit.NO_PLAN


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(
            lambda p: with_person(p, "chen", home_unit=""), id="an employer without a name"
        ),
        pytest.param(lambda p: with_policy(p, objective=({},)), id="a tier of nothing"),
        pytest.param(
            lambda p: with_policy(p, objective=({}, {"uncovered": 1}, {}, {"travel": 1})),
            id="tiers of nothing between others",
        ),
        pytest.param(lambda p: with_slot(p, "red", size=(3, 10**9)), id="a size without an end"),
    ],
)
def test_what_the_format_allows_is_solved(
    spoil: Callable[[Problem], Problem], tmp_path: Path
) -> None:
    problem = problem_at(tmp_path / "problem.json", spoil(tiny_round()))

    status, _, err = solved(problem, tmp_path / "plan.json")

    assert (status, err) == (Exit.DONE, [])
    assert checked(problem, tmp_path / "plan.json")[0] == Exit.DONE


@pytest.mark.parametrize(
    "objective",
    [
        pytest.param(({"travel": 10**9, "recent_load": 10**9},) * 100, id="a hundred tiers"),
        pytest.param(({"travel": 10**8, "recent_load": 10**8},), id="beyond exact fractions"),
        pytest.param(({"uncovered": 1}, {"skill_gap": 10**9}), id="beyond the solver's numbers"),
    ],
)
def test_figures_of_any_size_are_written_and_hold(
    objective: tuple[dict[str, int], ...], tmp_path: Path
) -> None:
    round_ = with_policy(tiny_round(), objective=objective)
    people = tuple(replace(i, recent_days=10**9 - len(i.id)) for i in round_.inspectors)
    units = tuple(replace(u, wanted={"law": 10**9}) for u in round_.units)
    vast = replace(round_, inspectors=people, units=units)
    problem = problem_at(tmp_path / "problem.json", vast)

    status, _, err = solved(problem, tmp_path / "plan.json", Effort(work_limit=0.5, workers=1))

    assert (status, err) == (Exit.DONE, [])
    assert checked(problem, tmp_path / "plan.json")[0] == Exit.DONE


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"{}", b'{"format": "round-problem/1"'])
def test_what_is_no_problem_is_refused_and_nothing_is_written(data: bytes, tmp_path: Path) -> None:
    problem = tmp_path / "problem.json"
    problem.write_bytes(data)

    status, out, err = solved(problem, tmp_path / "plan.json")

    assert (status, out) == (Exit.UNREADABLE, [])
    assert err
    assert all(line.startswith("$") for line in err)
    assert not (tmp_path / "plan.json").exists()


def test_a_plan_that_could_not_be_written_is_refused_before_the_search(
    problem_file: Path, tmp_path: Path
) -> None:
    for path in (tmp_path / "missing" / "plan.json", tmp_path, problem_file / "plan.json"):
        status, out, err = solved(problem_file, path)

        assert (status, out) == (Exit.UNREADABLE, [])
        [line] = err
        assert line.startswith(f"{path}: ")


def test_a_plan_may_have_the_longest_name_that_a_folder_takes(
    problem_file: Path, tmp_path: Path
) -> None:
    path = tmp_path / ("方" * 83 + ".json")  # 254 bytes of the 255 that most systems allow

    status, _, err = solved(problem_file, path)

    assert (status, err) == (Exit.DONE, [])
    assert sorted(file.name for file in tmp_path.iterdir()) == ["problem.json", path.name]


def test_the_problem_is_never_overwritten(problem_file: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.json"
    link.symlink_to(problem_file)

    for path in (problem_file, link):
        status, _, err = solved(problem_file, path)

        assert status == Exit.UNREADABLE
        assert err == [f"{path}: is the problem itself; name another file for the plan"]
    read_problem(problem_file.read_bytes())


def test_an_older_plan_is_replaced_through_its_link(problem_file: Path, tmp_path: Path) -> None:
    (tmp_path / "plan.json").write_text("an older plan")
    link = tmp_path / "link.json"
    link.symlink_to(tmp_path / "plan.json")

    solved(problem_file, link)

    assert link.is_symlink()
    problem = read_problem(problem_file.read_bytes())
    plan = read_plan((tmp_path / "plan.json").read_bytes(), problem)
    assert plan.schedule is not None
    assert breaches(problem, plan.schedule) == []
    assert claims(problem, plan.problem_sha256, plan) == []


def test_a_device_is_written_to_and_not_replaced(problem_file: Path) -> None:
    status, _, _ = solved(problem_file, Path(os.devnull))

    assert status == Exit.DONE
    assert Path(os.devnull).is_char_device()


# --- manage.py ------------------------------------------------------------------------------


def manage(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run manage.py with nothing in the environment that would lead to a database."""
    return subprocess.run(
        [sys.executable, ROOT / "manage.py", *arguments],
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_the_commands_run_without_a_database_and_end_with_the_statuses_of_the_contract(
    problem_file: Path, tmp_path: Path
) -> None:
    nowhere = "postgres://nobody@127.0.0.1:1/none"
    path = tmp_path / "plan.json"

    made = manage("solve_round", problem_file, "--out", path, "--seed", "1", DATABASE_URL=nowhere)
    held = manage("check_plan", problem_file, path, DATABASE_URL=nowhere)
    plan_at(path, {**json.loads(path.read_bytes()), "round": "another"})
    broken = manage("check_plan", problem_file, path)
    plan_at(path, {})
    unreadable = manage("check_plan", problem_file, path)

    assert made.returncode == 0, made.stderr
    assert held.returncode == 0, held.stderr
    assert broken.returncode == 1
    assert broken.stdout == "claim: round: the plan says another, it is r1.\n"
    assert unreadable.returncode == 2
    assert "$.status: is missing" in unreadable.stderr.splitlines()


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--time-limit", "nan"),
        ("--time-limit", "0"),
        ("--time-limit", "inf"),
        ("--work-limit", "-1"),
        ("--workers", "0"),
        ("--workers", "2.5"),
        ("--seed", "many"),
        ("--seed", "-1"),
    ],
)
def test_an_effort_that_makes_no_sense_is_refused_with_its_option(
    option: str,
    value: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    command = SolveRound()
    # What Django sets for manage.py.
    monkeypatch.setattr(command, "_called_from_command_line", True, raising=False)
    parser = command.create_parser("manage.py", "solve_round")

    with pytest.raises(SystemExit) as ended:
        parser.parse_args(["p.json", "--out", "x.json", option, value])

    assert ended.value.code == 2
    assert f"argument {option}: '{value}' is no" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "redirected", "status"),
    [
        (("problem.json", "plan.json"), ">&-", 0),
        (("problem.json", "plan.json"), ">/dev/full", 0),
        (("problem.json", "missing.json"), "2>&-", 2),
    ],
)
def test_a_command_that_nobody_hears_ends_as_it_would(
    arguments: tuple[str, str],
    redirected: str,
    status: int,
    problem_file: Path,
    tmp_path: Path,
) -> None:
    plan_at(tmp_path / "plan.json", true_plan())
    command = shlex.join([sys.executable, str(ROOT / "manage.py"), "check_plan", *arguments])

    ended = subprocess.run(
        ["/bin/sh", "-c", f"{command} {redirected}"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert ended.returncode == status
    assert ended.stderr == ""


def test_a_reader_that_goes_away_changes_no_status(problem_file: Path, tmp_path: Path) -> None:
    plan_at(tmp_path / "plan.json", true_plan())
    reading, writing = os.pipe()
    os.close(reading)
    ended = subprocess.run(
        [sys.executable, ROOT / "manage.py", "check_plan", problem_file, tmp_path / "plan.json"],
        stdout=writing,
        stderr=subprocess.PIPE,
        text=True,
        timeout=120,
        check=False,
    )
    os.close(writing)

    assert (ended.returncode, ended.stderr) == (0, "")


def test_arguments_that_are_missing_end_with_status_2() -> None:
    for arguments in (("check_plan", "only-one.json"), ("solve_round", "p.json")):
        ended = manage(*arguments)

        assert ended.returncode == 2
        assert "the following arguments are required" in ended.stderr


def test_ctrl_c_asks_the_search_to_stop_and_is_itself_again_afterwards() -> None:
    before, asked = signal.getsignal(signal.SIGINT), threading.Event()

    with calls(signal.SIGINT, asked.set):
        signal.raise_signal(signal.SIGINT)

    assert asked.is_set()
    assert signal.getsignal(signal.SIGINT) is before


def test_words_survive_a_terminal_that_knows_ascii_only(problem_file: Path, tmp_path: Path) -> None:
    document = json.loads(problem_file.read_bytes())
    document["units"][0]["county"] = "定海"
    problem_file.write_text(json.dumps(document))

    ended = manage("check_plan", problem_file, problem_file, PYTHONIOENCODING="ascii")

    assert ended.returncode == 2
    assert "\\u5b9a\\u6d77" in ended.stderr
    assert "Traceback" not in ended.stderr
