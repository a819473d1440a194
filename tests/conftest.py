"""Lets a test be a coroutine function: each runs in an event loop of its own, in virtual time where it is marked so."""

import functools
import inspect

import hypothesis  # noqa: F401 - its plugin looks for trio's chance, which it cannot find once `serve` has frozen the collector
import pytest
import trio
import trio.testing


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers",
        "virtual_time: the clock jumps to whatever is waited for; nothing outside the event loop may be waited for",
    )


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Runs a test that is a coroutine function."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    names = inspect.signature(pyfuncitem.obj).parameters
    test = functools.partial(pyfuncitem.obj, **{name: pyfuncitem.funcargs[name] for name in names})
    is_virtual = pyfuncitem.get_closest_marker("virtual_time") is not None
    trio.run(test, clock=trio.testing.MockClock(autojump_threshold=0) if is_virtual else None)
    return True
