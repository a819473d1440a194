"""`khatban clock` and `khatban mo` against a running operator."""

from pathlib import Path

from click.testing import CliRunner, Result

from khatban import main
from tests.test_cli import serving


def khatban(url: str, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--url", url])


def test_the_clock_is_shown_jumped_and_stopped(tmp_path: Path) -> None:
    with serving(tmp_path) as (_, addresses):
        url = "http://{}:{}".format(*addresses["http"])
        assert "runs as the real one" in khatban(url, "clock", "show").output
        before = khatban(url, "clock", "show").output[:10]
        after = khatban(url, "clock", "jump", "--by", "864000").output[:10]
        assert after > before
        assert "stands still" in khatban(url, "clock", "run", "0").output
        refused = khatban(url, "clock", "jump", "--to", "2001-01-01")
        assert refused.exit_code == 2
        assert "the clock jumps forward only" in refused.output


def test_a_subscriber_writes_and_what_he_wrote_is_listed(tmp_path: Path) -> None:
    with serving(tmp_path) as (_, addresses):
        url = "http://{}:{}".format(*addresses["http"])
        sent = khatban(url, "mo", "send", "--from", "09121234567", "--to", "8999", "--text", "1")
        assert sent.output.startswith("changed\n")
        assert khatban(url, "blacklist", "check", "09121234567").exit_code == 0
        sent = khatban(url, "mo", "send", "--from", "09121234567", "--to", "3000200020", "--text", "سلام")
        assert sent.output == "for-account\n"
        listed = khatban(url, "mo", "list", "--subscriber", "09121234567").output
        assert "989121234567 to 3000200020 (panel, waits): سلام" in listed
        assert listed.endswith("1 in all\n")


def test_nobody_answers() -> None:
    result = khatban("http://127.0.0.1:9", "clock", "show")
    assert result.exit_code == 3
    assert "no operator answers" in result.output
