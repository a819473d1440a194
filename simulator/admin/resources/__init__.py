"""The resources of the HTTP API, one a file; each gives a router over an operator."""

from collections.abc import Callable

from fastapi import APIRouter

from simulator.admin.resources import (
    accounts,
    alerts,
    blacklist,
    changes,
    clock,
    doors,
    events,
    explain,
    faults,
    header_stops,
    health,
    lines,
    messages,
    metrics,
    mo,
    mutations,
    outbinds,
    patterns,
    profile,
    requests,
    reset,
    rules,
    sessions,
    snapshot,
    subscribers,
    verify,
    violations,
)
from simulator.center.operator import Operator

Resource = Callable[[Operator], APIRouter]

RESOURCES: tuple[Resource, ...] = (
    health.router,
    metrics.router,
    doors.router,
    messages.router,
    events.router,
    verify.router,
    explain.router,
    rules.router,
    profile.router,
    changes.router,
    accounts.router,
    sessions.router,
    lines.router,
    requests.router,
    patterns.router,
    violations.router,
    blacklist.router,
    header_stops.router,
    mo.router,
    subscribers.router,
    clock.router,
    faults.router,
    snapshot.router,
    mutations.router,
    reset.router,
    outbinds.router,
    alerts.router,
)
"""In the order of the documentation."""
