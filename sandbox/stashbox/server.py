"""A stash-box on a free port.

with StashBox(world) as box:
    box.endpoint, box.key                     # what Stash's settings need
    box.quirks.requests_per_minute = 240      # sandbox/stashbox/quirks.py
    box.server.faults.add("slow", seconds=1)  # sandbox/faults.py
"""

from __future__ import annotations

from types import TracebackType

from sandbox.gqlgen.endpoint import GraphQLEndpoint
from sandbox.messages import HttpRequest, Response, html_response
from sandbox.serving import HttpServer
from sandbox.stashbox.criteria import BoxFailure
from sandbox.stashbox.images import answer_image
from sandbox.stashbox.profiles import build_schema
from sandbox.stashbox.quirks import Gate, Quirks
from sandbox.stashbox.resolvers import RESOLVERS, BoxSession
from sandbox.stashbox.scenes.scene_query import SceneQuery
from sandbox.stashbox.world import DEFAULT_KEY, World


class StashBox:
    """A stash-box with a world of its own; `profile` is "current" or "old"."""

    def __init__(self, world: World | None = None, *, profile: str = "current", port: int = 0) -> None:
        self.world = world or World()
        self.key = DEFAULT_KEY
        self.quirks = Quirks()
        self.graphql = GraphQLEndpoint(build_schema(profile), RESOLVERS, failures=(BoxFailure,))
        self.server = HttpServer(
            "stash-box", self._answer, names=self.graphql.name_operations, port=port, compress_from=1
        )
        self._scenes = SceneQuery(self.world)
        self._gate = Gate(self.quirks)

    @property
    def endpoint(self) -> str:
        """Return the GraphQL address of the stash-box double, for tests and the demo."""
        return f"{self.server.url}/graphql"

    def start(self) -> StashBox:
        """Start to listen and return the stash-box double itself."""
        self.server.start()
        return self

    def stop(self) -> None:
        """Stop listening and end all threads of the stash-box double."""
        self.server.stop()

    def __enter__(self) -> StashBox:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _answer(self, request: HttpRequest) -> Response:
        key = request.header("apikey")
        if key and key not in self.world.accounts:
            return Response(401)
        if request.path.startswith("/images/"):
            return answer_image(self.world, self.quirks, request)
        if request.path.rstrip("/") != "/graphql":
            return html_response("stash-box")
        refusal = self._gate.refuse(request, self.graphql.count_roots(request))
        return refusal or self._answer_graphql(request, key)

    def _answer_graphql(self, request: HttpRequest, key: str) -> Response:
        with self.world.lock:
            return self.graphql.answer(request, self._make_session(request, key))

    def _make_session(self, request: HttpRequest, key: str) -> BoxSession:
        origin = f"http://{request.header('host')}"
        return BoxSession(self.world, self._scenes, self.quirks, self.world.accounts.get(key), origin)
