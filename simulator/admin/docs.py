"""`/api/v1/docs`: the documentation of the API, a page that is made of its OpenAPI document in the browser."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from simulator.admin.assets import asset

DOCS_PATH = "/api/v1/docs"


def docs_routes() -> list[Route]:
    """The page and its files."""

    async def page(_request: Request) -> Response:
        return asset("docs.html")

    def file(name: str) -> Route:
        async def serve(_request: Request) -> Response:
            return asset(name)

        return Route(f"{DOCS_PATH}/{name}", serve)

    return [Route(DOCS_PATH, page), *map(file, ("docs.css", "docs.js", "docs_schema.js"))]
