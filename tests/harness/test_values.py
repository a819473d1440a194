from datetime import timedelta

import pytest

from harness.values import read_duration, read_status, read_statuses, read_tehran_time, read_yes_no


@pytest.mark.parametrize(
    ("text", "seconds"), [("5s", 5.0), ("500ms", 0.5), ("1.5 m", 90.0), ("2h", 7200.0), ("1d", 86_400.0), (" 3s ", 3.0)]
)
def test_durations(text: str, seconds: float) -> None:
    assert read_duration(text) == seconds


@pytest.mark.parametrize("text", ["5", "s", "-1s", "5 years", "", "۵s", None])
def test_no_durations(text: object) -> None:
    with pytest.raises(ValueError, match="is no duration; write a number and ms, s, m, h or d"):
        read_duration(text)


def test_yes_and_no_and_nothing_else() -> None:
    assert (read_yes_no("yes"), read_yes_no("no")) == (True, False)
    with pytest.raises(ValueError, match="'true' is neither yes nor no"):
        read_yes_no("true")


@pytest.mark.parametrize(
    ("text", "status"), [("ESME_ROK", 0), ("ESME_RINVSRCADR", 0x0A), ("0x401", 0x401), ("1025", 1025)]
)
def test_statuses(text: str, status: int) -> None:
    assert read_status(text) == status


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("ESME_RINVSRCADDR", "did you mean 'ESME_RINVSRCADR'"),
        ("esme_rok", "did you mean 'ESME_ROK'"),
        ("0x100000000", "does not fit the four octets"),
        ("-1", "does not fit the four octets"),
    ],
)
def test_no_statuses(text: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        read_status(text)


def test_a_list_of_statuses_is_any_of_them() -> None:
    assert read_statuses(["ESME_ROK", "0x401"]) == (0, 0x401)
    with pytest.raises(ValueError, match="expected a command_status or a list of them"):
        read_statuses([])


def test_tehran_times() -> None:
    moment = read_tehran_time("2026-11-22 10:00")
    assert moment.isoformat() == "2026-11-22T10:00:00+03:30"
    assert read_tehran_time("2026-11-22 10:00:30") - moment == timedelta(seconds=30)
    with pytest.raises(ValueError, match="is no Tehran time; write it as 2026-11-22 10:00"):
        read_tehran_time("2026-13-22 10:00")
