"""A laptop outside: `testgen --server` with the stack's own URL, its name and its TLS, by the usual variables for a proxy."""

import json
import os
import ssl
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from rehearsal.cloud import RehearsalError
from rehearsal.serving import Walk
from testgen.contract import API_KEY

HOP_BY_HOP = {"host", "connection", "content-length", "transfer-encoding"}


def generate(walk: Walk, case: dict[str, Any], source: str) -> dict[str, Any]:
    """The procedure that the command line gets from the stack.

    Raises:
        RehearsalError: it gets none.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "case.json"
        path.write_text(json.dumps(case))
        done = command_line(walk, source, "generate", str(path), "--engine", "outline")
    if done.returncode != 0:
        raise RehearsalError(f"`testgen generate --server {walk.url}` fails: {done.stderr.strip()[-500:]}")
    made: dict[str, Any] = json.loads(done.stdout)
    return made


def command_line(
    walk: Walk, source: str, *arguments: str, on_answer: Callable[[], None] = lambda: None
) -> "subprocess.CompletedProcess[str]":
    """A command of testgen with the stack's own URL as its server; `on_answer` is called when the service has
    answered a POST, before the client gets the answer."""
    with tempfile.TemporaryDirectory() as folder, _listener(walk, Path(folder), source, on_answer) as proxy:
        environment = {
            **os.environ,
            "HTTP_PROXY": proxy,
            "HTTPS_PROXY": proxy,
            "SSL_CERT_FILE": str(Path(folder) / "cert.pem"),
            API_KEY: walk.here.key,
        }
        command = [str(Path(sys.executable).parent / "testgen"), *arguments, "--server", walk.url]
        return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)


@contextmanager
def _listener(walk: Walk, folder: Path, source: str, on_answer: Callable[[], None]) -> Iterator[str]:
    """A proxy on the way, behind which the load balancer's name and certificate are; it hands requests on as the listener does."""
    name = str(urlsplit(walk.url).hostname)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*_certificate(folder, name))

    class Listener(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_CONNECT(self) -> None:
            if self.path != f"{name}:{walk.port()}":
                self.send_error(502)
                return
            self.send_response(200)
            self.end_headers()
            self.connection = context.wrap_socket(self.connection, server_side=True)
            self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", 0)
            self.close_connection = False

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            sent = {key: value for key, value in self.headers.items() if key.lower() not in HOP_BY_HOP}
            where = urlsplit(self.path)  # a whole address, where the client speaks HTTP with its proxy
            path = f"{where.path}?{where.query}" if where.query else where.path
            answer = walk.ask(self.command, path, source, content=body, headers=sent)
            if answer.is_success and self.command == "POST":
                on_answer()
            self.send_response(answer.status_code)
            for key, value in answer.headers.items():
                if key.lower() not in HOP_BY_HOP:
                    self.send_header(key, value)
            self.send_header("Content-Length", str(len(answer.content)))
            self.end_headers()
            self.wfile.write(answer.content)

        do_GET = do_POST  # noqa: N815 - likewise

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Listener)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def _certificate(folder: Path, name: str) -> tuple[Path, Path]:
    """As the certificate authority of the zone would give it: for this name, trusted by who is told so."""
    certificate, key = folder / "cert.pem", folder / "key.pem"
    subprocess.run(
        [
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1",
            "-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}", "-keyout", str(key), "-out", str(certificate),
        ],
        check=True, capture_output=True,
    )  # fmt: skip
    return certificate, key
