"""A real operator whose files may not grow any more, and then may again."""

import json
import resource
import urllib.error
import urllib.request
from pathlib import Path
from random import Random

import pytest

from tests.soak.child import operator
from tests.soak.client import Client, Told, campaign
from tests.soak.kill import FULL, SMALL, compare

pytestmark = pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="only Linux can limit another process")


@pytest.mark.timeout(240)
def test_the_operator_says_so_and_goes_on_when_there_is_room_again(tmp_path: Path) -> None:
    chance, told, store = Random(1), Told(), tmp_path / "store.db"
    messages = campaign(chance)
    with operator(store) as child:
        client = Client(child.smpp, told, chance)
        run_until(client, messages, lambda: len(told.accepted) > 50)

        child.limit_files(SMALL)
        run_until(client, messages, lambda: list(told.refused.values()).count(FULL) > 100)
        accepted = len(told.accepted)
        client.run(messages, 0.5)
        assert len(told.accepted) == accepted
        with pytest.raises(urllib.error.HTTPError, match="503"):
            close_line(child.http)

        child.limit_files(resource.RLIM_INFINITY)
        run_until(client, messages, lambda: len(told.accepted) > accepted + 50)
        child.kill()
        client.close()
    compare(store, told)
    with operator(store) as child:
        client = Client(child.smpp, told, chance)
        run_until(client, iter(()), lambda: told.asked <= set(told.receipts))
        client.close()


def run_until(client: Client, messages, is_done) -> None:  # type: ignore[no-untyped-def] # an iterator and a condition
    for _ in range(400):
        if is_done():
            return
        client.run(messages, 0.1)
        assert not client.is_over, "the operator is gone"
    pytest.fail("it did not come to pass")


def close_line(address: tuple[str, int]) -> None:
    body = json.dumps({"kind": "close-line", "line": "3000200020", "reason": "x"}).encode()
    url = f"http://{address[0]}:{address[1]}/api/v1/changes"
    request = urllib.request.Request(url, body, {"Content-Type": "application/json"})
    urllib.request.urlopen(request, timeout=10)
