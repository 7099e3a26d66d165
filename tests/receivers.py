"""A program that receives webhooks: a real server on this machine, which answers as it is told."""

from __future__ import annotations

import base64
import hashlib
import hmac
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

# How many bytes of a body are read at the most: what is sent is far shorter.
MOST_BYTES = 10_000


@dataclass(frozen=True, slots=True)
class Got:
    path: str
    headers: dict[str, str]
    body: bytes

    def is_signed_with(self, secret: str) -> bool:
        """As a receiver's own library asks."""
        key = base64.b64decode(secret.removeprefix("whsec_"))
        signed = f"{self.headers['webhook-id']}.{self.headers['webhook-timestamp']}.".encode()
        expected = base64.b64encode(hmac.new(key, signed + self.body, hashlib.sha256).digest())
        told = self.headers["webhook-signature"].split(" ")
        return any(hmac.compare_digest(f"v1,{expected.decode()}", one) for one in told)


@dataclass
class Receiver:
    """`answers`: the status of each request in turn; then 204. `before`: done before answering."""

    port: int
    got: list[Got] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    before: Callable[[], None] | None = None

    @property
    def entry(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def address(self) -> str:
        return f"http://{self.entry}/in"


@contextmanager
def receiving(certificate: Path | None = None) -> Iterator[Receiver]:
    """On a free port, over TLS where there is a certificate (with its key in one file)."""
    receiver = Receiver(0)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = min(int(self.headers.get("Content-Length", 0)), MOST_BYTES)
            headers = {name.lower(): value for name, value in self.headers.items()}
            receiver.got.append(Got(self.path, headers, self.rfile.read(length)))
            if receiver.before is not None:
                receiver.before()
            status = receiver.answers.pop(0) if receiver.answers else 204
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("Location", f"http://{receiver.entry}/elsewhere")
            self.end_headers()

        def log_message(self, *args: object) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    receiver.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
