"""./dev serve: offer dist/ as a plugin source that Stash's package manager can install from."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Callable

from scripts.commands.build import INDEX, build_quietly
from scripts.console import Arguments, say
from scripts.ports import explaining_ports
from scripts.release.index import read_index

PORT = 8390
HOST = "127.0.0.1"


class SourceServer(ThreadingHTTPServer):
    """HTTP server that answers with the index and the zips it names, nothing else."""

    daemon_threads = True

    def __init__(self, folder: Path, port: int, log: Callable[[str], None] | None = None) -> None:
        self.folder = folder
        self.log = log
        super().__init__((HOST, port), SourceHandler)

    @property
    def url(self) -> str:
        """Return the address to enter as a source in Stash."""
        return f"http://{HOST}:{self.server_address[1]}/{INDEX}"

    def offered(self) -> set[str]:
        """Return the file names that may be fetched."""
        return {INDEX, *(str(entry["path"]) for entry in read_index(self.folder / INDEX))}


class SourceHandler(BaseHTTPRequestHandler):
    """GET and HEAD with Last-Modified, by which Stash sees that its copy of the index is old."""

    server: SourceServer

    def do_HEAD(self) -> None:
        """Answer with headers only; Stash asks this way whether the index changed."""
        self.answer(with_body=False)

    def do_GET(self) -> None:
        """Answer with the index or a zip."""
        self.answer(with_body=True)

    def answer(self, *, with_body: bool) -> None:
        """Send one of the offered files, or 404."""
        name = self.path.split("?")[0].lstrip("/")
        if name not in self.server.offered():
            self.send_error(404)
            return
        file = self.server.folder / name
        content = file.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", "text/yaml; charset=utf-8" if name == INDEX else "application/zip")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Last-Modified", self.date_time_string(int(file.stat().st_mtime)))
        self.end_headers()
        if with_body:
            self.wfile.write(content)

    def log_message(self, *_unused: object) -> None:
        """Print the request if the server is not silent."""
        if self.server.log:
            self.server.log(f"  {self.command} {self.path}")


@contextlib.contextmanager
def plugin_source(folder: Path, port: int = 0) -> Iterator[SourceServer]:
    """Run a silent source on loopback for the length of a with block, and yield its address."""
    with SourceServer(folder, port) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def serve(argv: list[str]) -> int:
    """Build, then offer dist/ as a plugin source until stopped (`./dev serve`)."""
    parser = Arguments(prog="./dev serve", description="Offer dist/ as a plugin source for Stash.")
    parser.add_argument("--port", type=int, default=PORT, help=f"on {HOST} (default: {PORT}; 0: any free one)")
    options = parser.parse_args(argv)
    folder = build_quietly()
    with open_server(folder, options.port) as server:
        say(f"Plugin source: {server.url}")
        say("In Stash: Settings → Plugins → Available Plugins → Add Source. Ctrl-C stops.")
        with contextlib.suppress(KeyboardInterrupt):
            server.serve_forever()
    return 0


def open_server(folder: Path, port: int) -> SourceServer:
    """Return the server, or stop with the reason why the port cannot be used."""
    with explaining_ports(port):
        return SourceServer(folder, port, say)
