"""The embedded server comes up, whatever the last run left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from launcher.folders import CHECKOUT, DataFolder
from launcher.postgres import Cluster
from launcher.processes import identity_of
from launcher.psql import SqlRefused, sql
from tests.unit.launcher.conftest import hasty

REMEMBER = "CREATE TABLE kept(word text); INSERT INTO kept VALUES ('嵊泗');"
RECALL = "SELECT word FROM kept;"


def test_what_was_written_is_there_after_a_stop_and_a_start(cluster: Cluster) -> None:
    cluster.ensure_running()
    sql(REMEMBER, cluster.superuser)

    cluster.stop()
    assert not cluster.is_alive()
    cluster.ensure_running()

    assert sql(RECALL, cluster.superuser).strip() == "嵊泗"


def test_starting_a_running_server_leaves_it_alone(cluster: Cluster) -> None:
    cluster.ensure_running()
    before = _pid_of(cluster)

    cluster.ensure_running()

    assert _pid_of(cluster) == before


def test_a_server_killed_with_9_starts_again_with_its_rows(cluster: Cluster) -> None:
    cluster.ensure_running()
    sql(REMEMBER + "CHECKPOINT;", cluster.superuser)

    os.kill(_pid_of(cluster), signal.SIGKILL)
    _wait_until_gone(_pid_of(cluster))
    cluster.ensure_running()

    assert sql(RECALL, cluster.superuser).strip() == "嵊泗"


def test_a_pid_file_of_a_process_that_is_gone_is_no_server(cluster: Cluster) -> None:
    cluster.ensure_running()
    cluster.stop()
    gone = subprocess.Popen(["true"])
    gone.wait()
    _write_pid_file(cluster, gone.pid)

    cluster.ensure_running()

    assert cluster.is_alive()


def test_a_pid_that_now_belongs_to_somebody_else_is_no_server_and_is_not_harmed(
    cluster: Cluster,
) -> None:
    cluster.ensure_running()
    cluster.stop()
    stranger = subprocess.Popen(["sleep", "60"])
    try:
        _write_pid_file(cluster, stranger.pid)

        assert not cluster.has_process
        cluster.ensure_running()

        assert cluster.is_alive()
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_another_checkouts_server_with_the_recycled_pid_is_not_taken_for_ours(
    cluster: Cluster, open_folder: Path
) -> None:
    other_folder = DataFolder(open_folder / "other")
    other_folder.make()
    other = hasty(other_folder)
    try:
        other.ensure_running()
        cluster.ensure_running()
        cluster.stop()
        _write_pid_file(cluster, _pid_of(other))

        cluster.ensure_running()

        assert cluster.is_alive()
        assert other.is_alive()
    finally:
        other.remove()


def test_an_interrupted_making_is_begun_anew(cluster: Cluster) -> None:
    """initdb was killed half-way: what it had made has not got its final name yet."""
    cluster.ensure_running()
    cluster.stop()
    cluster.data.rename(cluster.place / "data.part")
    (cluster.place / "data.part" / "global" / "pg_control").unlink()

    cluster.ensure_running()

    assert cluster.is_alive()
    assert not (cluster.place / "data.part").exists()


def test_a_data_folder_without_a_database_is_set_aside_not_deleted(cluster: Cluster) -> None:
    cluster.ensure_running()
    cluster.stop()
    (cluster.data / "global" / "pg_control").unlink()

    cluster.ensure_running()

    assert cluster.is_alive()
    [kept] = cluster.place.glob("data.broken-*")
    assert (kept / "PG_VERSION").exists()


def test_four_who_start_at_once_get_one_server(cluster: Cluster, folder: DataFolder) -> None:
    start = "from launcher import embedded; embedded.ensure_database()"
    environment = os.environ | {
        "XUNCHA_VAR": str(folder.path),
        "PYTHONPATH": str(CHECKOUT / "platform"),
    }
    starters = [
        subprocess.Popen([sys.executable, "-c", start], env=environment, stderr=subprocess.PIPE)
        for _ in range(4)
    ]

    errors = [starter.communicate()[1] for starter in starters]

    assert [starter.returncode for starter in starters] == [0] * 4, errors
    servers = [line for line in _log_of(cluster) if "starting PostgreSQL" in line]
    assert len(servers) == 1
    assert cluster.is_alive()


def test_two_data_folders_do_not_disturb_each_other(cluster: Cluster, open_folder: Path) -> None:
    other_folder = DataFolder(open_folder / "other")
    other_folder.make()
    other = hasty(other_folder)
    try:
        cluster.ensure_running()
        other.ensure_running()
        sql(REMEMBER, cluster.superuser)

        with pytest.raises(SqlRefused, match="does not exist"):
            sql(RECALL, other.superuser)
        with pytest.raises(SqlRefused, match="password authentication failed"):
            sql("SELECT 1;", replace(cluster.superuser, host=other.superuser.host))
        other.stop()
        assert cluster.is_alive()
    finally:
        other.remove()


def test_a_path_too_long_for_a_socket_gets_a_private_folder_elsewhere(open_folder: Path) -> None:
    deep = DataFolder(open_folder / ("岱山" * 12) / "var")
    deep.make()
    server = hasty(deep)
    try:
        server.ensure_running()

        assert server.is_alive()
        assert not server.socket_folder.is_relative_to(deep.path)
        assert server.socket_folder.stat().st_mode & 0o077 == 0
        pid = _pid_of(server)
    finally:
        server.remove()
    assert not server.socket_folder.exists()
    assert identity_of(pid) is None


def test_a_server_under_a_path_with_blanks_and_chinese_characters_is_found_and_ended(
    open_folder: Path,
) -> None:
    named = DataFolder(open_folder / "巡察 工作" / "var")
    named.make()
    server = hasty(named)
    try:
        server.ensure_running()
        assert server.has_process
        pid = _pid_of(server)

        server.stop()

        assert not server.is_alive()
        assert identity_of(pid) is None
    finally:
        server.remove()


def test_a_moved_checkout_keeps_its_data(cluster: Cluster, open_folder: Path) -> None:
    cluster.ensure_running()
    sql(REMEMBER, cluster.superuser)
    cluster.stop()

    (open_folder / "var").rename(open_folder / "moved")
    moved = hasty(DataFolder(open_folder / "moved"))
    try:
        moved.ensure_running()

        assert sql(RECALL, moved.superuser).strip() == "嵊泗"
    finally:
        moved.remove()


def test_trigrams_see_chinese_characters(cluster: Cluster) -> None:
    """With a `C` character type they would see none, and every search would scan."""
    cluster.ensure_running()

    found = sql(
        "CREATE EXTENSION pg_trgm; SELECT cardinality(show_trgm('岱山县巡察'));", cluster.superuser
    )

    assert found.strip() == "6"


def test_a_refused_statement_leaves_no_name_in_the_log(cluster: Cluster) -> None:
    cluster.ensure_running()
    with pytest.raises(SqlRefused):
        sql("INSERT INTO nowhere VALUES ('林秀英');", cluster.superuser)

    assert "林秀英" not in "\n".join(_log_of(cluster))


@pytest.mark.skipif(os.geteuid() != 0, reason="Only root hands the server to another account.")
def test_root_under_a_private_home_opens_no_folder_for_the_servers_account(
    tmp_path: Path,
) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    private = DataFolder(home / "checkout" / "var")
    private.make()
    server = hasty(private)
    try:
        server.ensure_running()

        assert server.is_alive()
        assert server.data.stat().st_uid != 0
        assert not server.place.is_relative_to(home)
        assert home.stat().st_mode & 0o777 == 0o700
    finally:
        gone = server.remove()
    assert server.place in gone
    assert not server.place.exists()


def _pid_of(cluster: Cluster) -> int:
    return int((cluster.data / "postmaster.pid").read_bytes().split(b"\n")[0])


def _write_pid_file(cluster: Cluster, pid: int) -> None:
    lines = [str(pid), str(cluster.data), "1700000000", "5432", str(cluster.socket_folder), "", ""]
    path = cluster.data / "postmaster.pid"
    path.write_text("\n".join(lines))
    os.chown(path, cluster.data.stat().st_uid, cluster.data.stat().st_gid)


def _wait_until_gone(pid: int) -> None:
    deadline = time.monotonic() + 10
    while identity_of(pid) is not None:
        assert time.monotonic() < deadline, "The server outlived a kill -9."
        time.sleep(0.01)


def _log_of(cluster: Cluster) -> list[str]:
    return cluster.log.read_text(encoding="utf-8").splitlines()
