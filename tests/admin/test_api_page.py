"""docs/api.md has an example for each resource; that they work is seen in `tests/docs`."""

import re

from simulator.admin.app import OPENAPI_PATH
from tests.admin.api import running_api
from tests.docs.blocks import blocks_of

_ASKED = re.compile(r"\$K/([a-z-]+)")


async def test_there_is_an_example_for_each_resource() -> None:
    async with running_api() as api:
        paths = (await api.get(OPENAPI_PATH)).json()["paths"]
    examples = "".join(block.text for block in blocks_of("docs/api.md"))
    resources = {path.split("/")[3].partition(".")[0] for path in paths if path.startswith("/api/v1/")}
    assert resources - set(_ASKED.findall(examples)) == {"events"}, "shown in docs/events.md"
