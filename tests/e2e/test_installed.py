import os
import shutil

import pytest

from tests.e2e.installed import need


def machine(monkeypatch: pytest.MonkeyPatch, *, apt_get: str | None, user: int) -> None:
    monkeypatch.setattr(shutil, "which", lambda _program: apt_get)
    monkeypatch.setattr(os, "geteuid", lambda: user)


def test_a_client_that_is_there_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    machine(monkeypatch, apt_get=None, user=1000)
    need("Kannel", found=True)


def test_a_client_that_could_have_been_installed_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    machine(monkeypatch, apt_get="/usr/bin/apt-get", user=0)
    with pytest.raises(pytest.fail.Exception, match="Kannel is not installed: `make test` does that"):
        need("Kannel", found=False)


@pytest.mark.parametrize(("apt_get", "user"), [(None, 0), ("/usr/bin/apt-get", 1000)])
def test_a_client_that_cannot_be_installed_is_skipped(
    monkeypatch: pytest.MonkeyPatch, apt_get: str | None, user: int
) -> None:
    machine(monkeypatch, apt_get=apt_get, user=user)
    with pytest.raises(pytest.skip.Exception, match="Kannel is not installed, and there is no apt-get here"):
        need("Kannel", found=False)
