"""`/metrics`: what has happened and how much is to be done, as Prometheus reads it."""

from importlib import import_module

from fastapi import APIRouter, Request, Response

from simulator.admin.metrics.families import Scene
from simulator.center.operator import Operator

_EXAMPLE = """# HELP khatban_messages_total Messages submitted, by the verdict in that moment
# TYPE khatban_messages_total counter
khatban_messages_total{account="panel",rule="",verdict="accepted"} 120.0
"""


def router(operator: Operator) -> APIRouter:
    """The metrics of an operator."""
    routes = APIRouter(tags=["metrics"])
    text = {"schema": {"type": "string"}, "example": _EXAMPLE}

    @routes.get(
        "/metrics",
        response_class=Response,
        responses={200: {"content": {"text/plain": text, "application/openmetrics-text": text}}},
    )
    async def read_metrics(request: Request) -> Response:
        """Counts since the process started, and how things stand (docs/metrics.md)."""
        # Prometheus' client takes a twentieth of a second to import: whoever asks pays for it, once.
        exposition = import_module("simulator.admin.metrics.exposition")
        scene = Scene(operator, request.app.state.meters, request.app.state.broadcaster.readers)
        body, media_type = exposition.exposed(scene, request.headers.get("accept", ""))
        return Response(body, headers={"content-type": media_type})

    return routes
