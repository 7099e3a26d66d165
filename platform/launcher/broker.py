"""The embedded broker: a Valkey server on a unix socket, with its queue kept on disk.

It may lose everything it holds: the jobs are rows in PostgreSQL, and the relay rings again.
"""

from __future__ import annotations

import socket
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from launcher.binaries import find_broker
from launcher.folders import DataFolder, folder_for_sockets, make_private

SOCKET_NAME = "broker.sock"
START_TIMEOUT_S = 10


class BrokerFailed(Exception):
    """The broker did not start."""


@dataclass(frozen=True)
class Broker:
    """One Valkey server and its folder."""

    folder: Path

    @property
    def socket(self) -> Path:
        return folder_for_sockets(self.folder, SOCKET_NAME) / SOCKET_NAME

    @property
    def url(self) -> str:
        """As Celery wants it."""
        return f"redis+socket://{quote(str(self.socket))}?virtual_host=0"

    def command(self) -> list[str]:
        """The server's command line; makes its folders."""
        make_private(self.folder)
        make_private(self.socket.parent)
        return [
            str(find_broker()),
            *("--port", "0", "--unixsocket", str(self.socket), "--unixsocketperm", "700"),
            *("--dir", str(self.folder), "--daemonize", "no"),
            # Each second to disk: a crash costs a second of rings, which the relay repeats.
            *("--appendonly", "yes", "--appendfsync", "everysec", "--save", ""),
            *("--maxmemory-policy", "noeviction", "--loglevel", "notice"),
        ]

    def is_alive(self) -> bool:
        """Whether it answers PING."""
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
                line.settimeout(2)
                line.connect(str(self.socket))
                line.sendall(b"PING\r\n")
                return line.recv(16).startswith(b"+PONG")
        except OSError:
            return False

    def wait_until_alive(self, timeout_s: float = START_TIMEOUT_S) -> None:
        deadline = time.monotonic() + timeout_s
        while not self.is_alive():
            if time.monotonic() > deadline:
                raise BrokerFailed(f"The broker did not answer within {timeout_s:.0f} s.")
            time.sleep(0.02)

    def set_aside(self) -> Path:
        """Move a folder that the server cannot read out of the way."""
        aside = self.folder.with_name(f"{self.folder.name}.broken-{time.time_ns()}")
        return self.folder.rename(aside)


def embedded_broker(folder: DataFolder) -> Broker:
    return Broker(folder.broker)
