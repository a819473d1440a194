"""How many may be connected, and who has to go."""

import resource

import pytest

from simulator.serving.lobby import RESERVED_FILES, Lobby, room_for


class Guest:
    def __init__(self) -> None:
        self.is_cut = False

    def cut(self) -> None:
        self.is_cut = True


def test_one_more_than_may_be_is_not_let_in_until_another_leaves() -> None:
    lobby = Lobby(connections=2)
    first, second, third = Guest(), Guest(), Guest()
    assert [lobby.enter(guest) for guest in (first, second, third)] == [True, True, False]
    lobby.leave(first)
    assert lobby.enter(third)
    assert not second.is_cut


def test_of_the_unbound_the_one_that_came_first_is_cut() -> None:
    lobby = Lobby(unbound=2)
    guests = [Guest() for _ in range(5)]
    assert lobby.enter(guests[0])
    lobby.bound(guests[0])
    for guest in guests[1:4]:
        assert lobby.enter(guest)
    assert [guest.is_cut for guest in guests] == [False, True, False, False, False]
    lobby.leave(guests[1])
    lobby.leave(guests[2])
    assert lobby.enter(guests[4])
    assert not guests[3].is_cut


@pytest.mark.parametrize(("count", "size"), [(1, 65_536), (8, 65_536), (100, 5_242), (400, 2_048), (1_000, 2_048)])
def test_many_read_less_at_once_each(count: int, size: int) -> None:
    lobby = Lobby()
    for _ in range(count):
        assert lobby.enter(Guest())
    assert lobby.read_size == size


@pytest.mark.parametrize(
    ("before", "asked", "room", "after"),
    [
        ((1024, 4096), 500, 500, (1024, 4096)),
        ((1024, 4096), 2000, 2000, (2000 + RESERVED_FILES, 4096)),
        ((1024, 4096), 10_000, 4096 - RESERVED_FILES, (4096, 4096)),
        ((1024, resource.RLIM_INFINITY), 10_000, 10_000, (10_000 + RESERVED_FILES, resource.RLIM_INFINITY)),
        ((resource.RLIM_INFINITY, resource.RLIM_INFINITY), 10, 10, (resource.RLIM_INFINITY, resource.RLIM_INFINITY)),
        ((64, 64), 10, 1, (64, 64)),
    ],
)
def test_files_are_asked_for_and_some_are_left_to_others(
    monkeypatch: pytest.MonkeyPatch, before: tuple[int, int], asked: int, room: int, after: tuple[int, int]
) -> None:
    limits = [before]
    monkeypatch.setattr(resource, "getrlimit", lambda _what: limits[-1])
    monkeypatch.setattr(resource, "setrlimit", lambda _what, limit: limits.append(limit))
    assert room_for(asked) == room
    assert limits[-1] == after
