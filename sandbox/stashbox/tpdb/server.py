"""TPDB on two free ports: the GraphQL look-alike and the REST twin.

with Tpdb(world) as box:
    box.endpoint, box.rest_url, box.key
"""

from __future__ import annotations

from sandbox.gqlgen.endpoint import GraphQLEndpoint
from sandbox.messages import HttpRequest, Response, text_response
from sandbox.serving import HttpServer
from sandbox.stashbox.criteria import BoxFailure
from sandbox.stashbox.profiles import build_schema
from sandbox.stashbox.server import StashBox
from sandbox.stashbox.tpdb.resolvers import RESOLVERS
from sandbox.stashbox.tpdb.rest import RestTwin
from sandbox.stashbox.world import World


class Tpdb(StashBox):
    """ThePornDB as Stash sees it: `server` answers GraphQL and images like a stash-box, `rest` the REST interface."""

    def __init__(self, world: World | None = None, *, port: int = 0) -> None:
        super().__init__(world, port=port)
        self.graphql = GraphQLEndpoint(build_schema("tpdb"), RESOLVERS, failures=(BoxFailure,))
        self.server = HttpServer("tpdb", self._answer, names=self.graphql.name_operations, port=port)
        self.rest = HttpServer("tpdb-rest", RestTwin(self.world, lambda: self.server.url).answer)

    @property
    def rest_url(self) -> str:
        """Return the address of the REST interface of ThePornDB's double, for tests and the demo."""
        return self.rest.url

    def start(self) -> Tpdb:
        """Start to listen on both ports and return ThePornDB's double itself."""
        super().start()
        self.rest.start()
        return self

    def stop(self) -> None:
        """Stop listening and end all threads of ThePornDB's double."""
        self.rest.stop()
        super().stop()

    def __enter__(self) -> Tpdb:
        return self.start()

    def _answer_graphql(self, request: HttpRequest, key: str) -> Response:
        if "queryTags" in request.operations:
            return text_response("Server Error", 500)
        return super()._answer_graphql(request, key)
