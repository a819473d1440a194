"""Snapshots of a running operator, and into one, by its HTTP API."""

from typing import Any

import httpx

from simulator.snapshot import Snapshot, SnapshotError

_PATIENCE = 60.0
"""Seconds: the registers may be large."""


def is_url(text: str) -> bool:
    """Whether something is the URL of an operator rather than a file."""
    return text.startswith(("http://", "https://"))


def take_snapshot(operator: str) -> Snapshot:
    """The snapshot of the operator at a URL such as http://127.0.0.1:8775; it holds no passwords.

    Raises:
        SnapshotError: There is no operator, or it gives none.
    """
    return Snapshot.parse(_call("GET", f"{operator.rstrip('/')}/api/v1/snapshot"))


def load_snapshot(snapshot: Snapshot, operator: str) -> str:
    """Has the operator at a URL begin anew from a snapshot; the time that it shows then, ISO 8601.

    Raises:
        SnapshotError: There is no operator, or it refuses; then nothing was changed.
    """
    body = {"snapshot": snapshot.model_dump(mode="json")}
    return str(_call("POST", f"{operator.rstrip('/')}/api/v1/reset", body)["now"])


def _call(method: str, url: str, body: object = None) -> dict[str, Any]:
    try:
        # trust_env off: a proxy of the environment must not stand between us and a loopback address.
        answer = httpx.request(method, url, json=body, timeout=_PATIENCE, trust_env=False)
        told = answer.json()
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise SnapshotError((url, f"no operator answers there: {error}")) from None
    if not isinstance(told, dict) or answer.is_error:
        raise SnapshotError(*((url, fault) for fault in _faults(told)))
    return told


def _faults(problem: Any) -> list[str]:
    """The faults that problem details name, or what they say as a whole."""
    if not isinstance(problem, dict):
        return ["what answers there is no operator"]
    faults = [f"{fault.get('path')}: {fault.get('message')}" for fault in problem.get("errors") or []]
    return faults or [str(problem.get("detail") or problem.get("title") or "what answers there is no operator")]
