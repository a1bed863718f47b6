"""The double itself: one HTTP server with everything behind it.

with SandboxStash(StashOptions(plugins=[folder])) as stash:
    stash.url, stash.services.library, stash.services.jobs, stash.server.faults, stash.server.traffic
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path, PurePosixPath
from types import TracebackType
from urllib.parse import quote, urlsplit

from sandbox.messages import HttpRequest, Response
from sandbox.serving import HttpServer, UnknownRequest
from sandbox.stash.configuration import Configuration
from sandbox.stash.controls import make_controls
from sandbox.stash.graph.api import answer_graphql, answer_script, name_graphql, prepare_subscription, render_event
from sandbox.stash.graph.execution import BrokenDouble
from sandbox.stash.jobs import JobQueue
from sandbox.stash.library import LibraryFile, read_now
from sandbox.stash.logbook import Logbook
from sandbox.stash.packages.manager import PackageManager
from sandbox.stash.packages.sources import PackageSource
from sandbox.stash.plugins.host import PluginHost, ServerAddress
from sandbox.stash.plugins.process import StartProgram, start_program
from sandbox.stash.plugins.script import GOJA, OTTO
from sandbox.stash.profiles import LATEST, find_profile
from sandbox.stash.routes.login import answer_login, answer_logout, redirect
from sandbox.stash.routes.pages import CUSTOM, WEB, answer_custom, answer_page
from sandbox.stash.routes.pictures import PREFIXES, answer_picture
from sandbox.stash.routes.plugin_files import answer_plugin_file
from sandbox.stash.routes.static import refuse
from sandbox.stash.services import Services
from sandbox.stash.sessions import CookieSession, Sessions, Unauthorized
from sandbox.stash.subscriptions.websocket import is_upgrade, take_over

DATABASE = "stash-go.sqlite"
FREE_PATHS = ("/login", "/css", "/assets")
NOT_FOR_PLUGINS = ("PYTHONPATH",)


@dataclass(frozen=True)
class StashOptions:
    """The set-up of a Stash double; every option has a default."""

    profile: str = LATEST
    home: Path | None = None  # Stash's configuration directory; a temporary one by default
    plugins: Sequence[Path] = ()  # folders copied into the plugins directory
    port: int = 0
    host: str = "0.0.0.0"  # what plugins are told; the server itself listens on loopback
    websockets: bool = True  # False: subscriptions are refused and pages have to poll
    prefix: str = ""  # serve below this path, as behind a proxy
    web: Path = WEB
    now: Callable[[], datetime] = read_now
    utc_offset: timedelta = timedelta()
    environment: Mapping[str, str] = field(
        default_factory=lambda: {name: value for name, value in os.environ.items() if name not in NOT_FOR_PLUGINS}
    )
    start_program: StartProgram = start_program  # how plugins are started, unless they are scripts


class SandboxStash:
    """A running double of Stash."""

    def __init__(self, options: StashOptions | None = None) -> None:
        self.options = options or StashOptions()
        self._is_temporary = self.options.home is None
        self.home = self.options.home or Path(tempfile.mkdtemp(prefix="sandbox-stash-"))
        self.server = HttpServer("Stash", self._answer, names=self._name, port=self.options.port)
        self._connection = ServerAddress(host=self.options.host, config_dir=self.home)
        self.services = self._assemble()
        self.server.controls.update(make_controls(self.services, self.home / "remembered.sqlite"))

    @property
    def url(self) -> str:
        """Return the address of the Stash double's page, without a trailing slash."""
        return f"{self.server.url}{self.options.prefix}"

    @property
    def plugins_dir(self) -> Path:
        """Return Stash's plugins directory."""
        return self.home / "plugins"

    def start(self) -> SandboxStash:
        """Listen, and return the Stash double itself."""
        self.server.start()
        self._connection.port = self.server.port
        return self

    def stop(self) -> None:
        """Kill plugins, stop listening, remove a temporary home of the Stash double."""
        self.services.plugins.close()
        self.server.stop()
        self.services.close()
        if self._is_temporary:
            shutil.rmtree(self.home, ignore_errors=True)

    def __enter__(self) -> SandboxStash:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def install(self, folder: Path, below: str = "community") -> None:
        """Copy a plugin's folder into the plugins directory and load it, for tests and the demo."""
        target = self.plugins_dir / below / folder.name
        shutil.copytree(folder, target, dirs_exist_ok=True)
        self.services.plugins.reload()

    def _assemble(self) -> Services:
        options = self.options
        self.plugins_dir.mkdir(parents=True, exist_ok=True)
        for folder in options.plugins:
            shutil.copytree(folder, self.plugins_dir / "community" / folder.name, dirs_exist_ok=True)
        library = LibraryFile(self.home / DATABASE, now=options.now, utc_offset=options.utc_offset)
        configuration = Configuration(library)
        configuration.change(
            "general",
            {
                "pluginsPath": str(self.plugins_dir),
                "databasePath": str(self.home / DATABASE),
                "configFilePath": str(self.home / "config.yml"),
            },
        )
        logbook = Logbook(options.now)
        sessions = Sessions(configuration, options.now)
        jobs = JobQueue(logbook, options.now)
        plugins = PluginHost(
            self.plugins_dir,
            self._connection,
            configuration,
            sessions,
            jobs,
            logbook,
            options.environment,
            options.start_program,
        )
        packages = PackageManager(self.plugins_dir, lambda: read_sources(configuration))
        profile = find_profile(options.profile)
        plugins.engine = GOJA if profile.has("0.26") else OTTO
        configuration.has_camel_case_keys = not profile.has("0.26")
        services = Services(profile, self.home, library, configuration, sessions, logbook, jobs, plugins, packages)
        plugins.answer_query = partial(answer_script, services)
        return services

    def _name(self, request: HttpRequest) -> tuple[str, ...]:
        if request.path.endswith("/graphql"):
            return name_graphql(self.services.profile.name, request)
        return (f"{request.method} {request.path}",)

    def _answer(self, request: HttpRequest) -> Response:
        path, prefix = request.path, request.header("x-forwarded-prefix").rstrip("/")
        if self.options.prefix:
            if not f"{path}/".startswith(f"{self.options.prefix}/"):
                return refuse("404 page not found", 404)
            path, prefix = path[len(self.options.prefix) :] or "/", self.options.prefix
        if path == "/healthz":
            return Response(200, b".", (("Content-Type", "text/plain"),))
        try:
            return self._authenticate(request, path.rstrip("/") or "/", prefix)
        except BrokenDouble as broken:
            raise UnknownRequest(str(broken)) from broken

    def _authenticate(self, request: HttpRequest, path: str, prefix: str) -> Response:
        services = self.services
        try:
            user, is_renewed = services.sessions.authenticate(request)
        except Unauthorized:
            return refuse_login()
        is_free = path.startswith(FREE_PATHS) or path == "/logout"
        if services.configuration.has_credentials and not user and not is_free:
            suffix = PurePosixPath(path).suffix
            if path == "/graphql" or suffix not in ("", ".html"):
                return refuse_login()
            target = f"{prefix}{path}?{query}" if (query := urlsplit(request.target).query) else f"{prefix}{path}"
            return redirect(f"{prefix}/login?returnURL={quote(target, safe='')}")
        session = services.sessions.read_cookie(request) or CookieSession()
        response = self._route(request, path, prefix, session._replace(user=user))
        if is_renewed and not response.header("set-cookie"):
            response = response.with_headers(services.sessions.header(session))
        return response.with_headers(("X-Content-Type-Options", "nosniff"))

    def _route(self, request: HttpRequest, path: str, prefix: str, session: CookieSession) -> Response:
        services = self.services
        if path == "/graphql" and is_upgrade(request) and self.options.websockets:
            return take_over(
                services, request, partial(prepare_subscription, services), partial(render_event, services)
            )
        if path == "/graphql":
            return answer_graphql(services, request, self._base_url(request, prefix), session)
        if path == "/plugin" or path.startswith("/plugin/"):
            return answer_plugin_file(services.plugins, services.logbook, request, path[len("/plugin/") :])
        if path.startswith(PREFIXES) and not self._is_page(path):
            return answer_picture(services.library, request, path)
        if path in CUSTOM:
            return answer_custom(services.configuration, request, CUSTOM[path])
        if path == "/login":
            return answer_login(services.configuration, services.sessions, request, prefix)
        if path == "/logout":
            return answer_logout(services.configuration, services.sessions, prefix)
        return answer_page(services.plugins, self.options.web, request, path, prefix)

    def _is_page(self, path: str) -> bool:
        return path.count("/") == 1

    def _base_url(self, request: HttpRequest, prefix: str) -> str:
        scheme = "https" if request.header("x-forwarded-proto") == "https" else "http"
        return f"{scheme}://{request.header('host')}{prefix}"


def refuse_login() -> Response:
    """Return Stash's 401 for a request without a login: a WWW-Authenticate header and no body."""
    return Response(401, b"", (("WWW-Authenticate", "FormBased"),))


def read_sources(configuration: Configuration) -> list[PackageSource]:
    """Return the configured package sources, for the package manager."""
    entries = configuration.part("general")["pluginPackageSources"]
    return [PackageSource(entry["url"], entry.get("name") or "", entry.get("local_path") or "") for entry in entries]
