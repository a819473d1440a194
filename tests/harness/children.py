"""What the tests of the drivers' children share: polite message centres, and one session of a child."""

from collections.abc import Callable
from typing import Any

from harness.driver_events import Event
from harness.driver_process import ProcessDriver
from tests.harness.fake_mc import BIND_TRANSCEIVER, RESPONSE, SUBMIT_SM, FakeMc, Pdu, ok

PATIENCE = 20.0


def polite(pdu: Pdu) -> list[Pdu]:
    """Accepts everything; message ids are the submit's sequence numbers."""
    if pdu.command_id & RESPONSE:
        return []
    bodies = {BIND_TRANSCEIVER: b"MC\0", SUBMIT_SM: b"%d\0" % pdu.sequence_number}
    return [ok(pdu, bodies.get(pdu.command_id, b""))]


def also(command_id: int, more: Callable[[Pdu], list[Pdu]]) -> Callable[[Pdu], list[Pdu]]:
    return lambda pdu: [*polite(pdu), *(more(pdu) if pdu.command_id == command_id else [])]


class Client:
    """One session of the child, by a name of its own."""

    def __init__(self, driver: ProcessDriver, mc: FakeMc, name: str) -> None:
        self.driver, self.mc, self.name = driver, mc, name

    def send(self, command: str, **fields: Any) -> None:
        self.driver.send(command, session=self.name, **fields)

    def bind(self, bind_type: str = "transceiver", seed: int = 7, **more: Any) -> None:
        address = {"host": self.mc.host, "port": self.mc.port, "operator": "", "seed": seed}
        self.send("bind", type=bind_type, system_id="panel", password="panel", **address, **more)

    def submit(self, text: str, source: str = "3000200020", **more: Any) -> None:
        ends = {"source": source, "destination": "989123456701"}
        self.send("submit", tag="1", text=text, receipt=True, **ends, **more)

    def close(self) -> None:
        self.send("close")
        self.until("closed")

    def until(self, kind: str) -> list[Event]:
        """The session's events up to and with the first of a kind."""
        seen: list[Event] = []
        while not seen or seen[-1].event != kind:
            event = self.driver.receive(PATIENCE)
            assert event is not None, f"no {kind} after {seen}"
            if getattr(event, "session", None) == self.name:
                seen.append(event)
        return seen

    def last(self, kind: str) -> dict[str, Any]:
        return self.until(kind)[-1].model_dump(exclude={"session", "event"}, exclude_none=True)
