"""The broker keeps its queue over a kill, and gives way when it cannot read it."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest
import redis

from launcher.broker import embedded_broker
from launcher.folders import DataFolder
from launcher.installation import Installation
from launcher.supervisor import Supervisor
from launcher.terminal import Teller


@pytest.fixture
def installation(folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> Iterator[Installation]:
    monkeypatch.delenv("BROKER_URL", raising=False)
    supervisor = Supervisor(folder, Teller())
    yield Installation(folder, Teller(), supervisor)
    supervisor.stop()


def test_the_queue_outlives_a_broker_that_is_killed_with_9(
    installation: Installation, folder: DataFolder
) -> None:
    installation.start_broker()
    with _client(folder) as client:
        for number in range(500):
            client.rpush("jobs", number)

    os.kill(installation.supervisor.pid_of("broker"), signal.SIGKILL)
    installation.supervisor.stop_one("broker")
    installation.start_broker()

    with _client(folder) as client:
        assert client.llen("jobs") == 500


def test_a_queue_that_cannot_be_read_is_set_aside_and_the_broker_starts_empty(
    installation: Installation, folder: DataFolder
) -> None:
    installation.start_broker()
    with _client(folder) as client:
        client.rpush("jobs", 1)
    installation.supervisor.stop_one("broker")
    manifest = folder.broker / "appendonlydir" / "appendonly.aof.manifest"
    manifest.write_text("this is no manifest\n")

    installation.start_broker()

    with _client(folder) as client:
        assert client.llen("jobs") == 0
    assert list(folder.path.glob("broker.broken-*"))


def test_nobody_else_can_reach_the_broker(installation: Installation, folder: DataFolder) -> None:
    installation.start_broker()

    with _client(folder) as client:
        assert client.config_get("port") == {"port": "0"}
    assert folder.broker.stat().st_mode & 0o077 == 0


def _client(folder: DataFolder) -> redis.Redis:
    return redis.Redis(unix_socket_path=str(embedded_broker(folder).socket), decode_responses=True)
