"""The panel of the tests: its web side by Django's client, its worker bound to the operator of this test."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from django.conf import settings
from django.test import Client
from sms.gateway import Gateway
from sms.models import Message

PATIENCE = 5.0


@dataclass
class Panel:
    """The panel as its customers use it, and its worker."""

    client: Client
    gateway: Gateway

    def send(self, kind: str, to: str, text: str) -> Message:
        """What a customer posts; the worker sends it at once."""
        answer = self.client.post("/messages/", {"kind": kind, "to": to, "text": text})
        assert answer.status_code == 201, answer.content.decode()
        self.gateway.work()
        return Message.objects.get(pk=answer.json()["id"])

    def works_until(self, is_so: Callable[[], bool]) -> None:
        """Lets the worker work until something is so."""
        end = time.monotonic() + PATIENCE
        while not is_so():
            assert time.monotonic() < end, "the panel has heard nothing in time"
            time.sleep(0.01)
            self.gateway.work()

    def ends(self, message: Message) -> str:
        """What becomes of a message: its last state, and the reason if it failed."""

        def is_over() -> bool:
            message.refresh_from_db()
            return message.state in {Message.State.DELIVERED, Message.State.FAILED}

        self.works_until(is_over)
        return f"{message.state} {message.reason}".strip()


@pytest.fixture
def panel(db: None, client: Client, smsc_address: tuple[str, int]) -> Iterator[Panel]:
    """The panel, bound."""
    with Gateway(smsc_address, **settings.SMSC_ACCOUNT) as gateway:
        yield Panel(client, gateway)
