"""How to start the npm package smpp (https://github.com/farhadi/node-smpp), the usual client of Node.js."""

from pathlib import Path

from pydantic import Field

from harness.driver import DriverOptions, DriverSpec


class NodeOptions(DriverOptions):
    """What a user may say of it.

    Attributes:
        modules: The folder that holds node_modules; without it the package is looked for from the current folder on.
    """

    modules: str = Field(default="")


NODE = DriverSpec(
    name="node",
    title="the npm package smpp, on Node.js",
    command=("node", str(Path(__file__).with_name("node_child.js"))),
    needs="Node.js, and in the current folder `npm install smpp@0.5.1`, or `modules` in [node] of --driver-config",
    takes=NodeOptions,
)
