"""The plugin in a project that has packages of the same names as ours, as its user sees it."""

import re
from pathlib import Path

import pytest

from tests.khatban_pytest.project import Outcome, Project, ends_below

PANEL = """
    from contextlib import contextmanager
    import smpplib.client

    @contextmanager
    def bound(address):
        client = smpplib.client.Client(*address, allow_unknown_opt_params=True)
        client.connect()
        client.bind_transceiver(system_id="panel", password="panel")
        try:
            yield lambda to, text, line="3000200020": client.send_message(
                source_addr=line, destination_addr=to, short_message=text.encode("utf-16-be"), data_coding=8
            )
        finally:
            client.disconnect()
"""
CONFTEST = """
    import pytest
    from panel import bound

    @pytest.fixture
    def send(smsc_address):
        with bound(smsc_address) as send:
            yield send
"""
TESTS = """
    import asyncio, sys, unittest
    import pytest

    CODE, OFFER = "کد ورود شما ۱۲۳۴", "۵۰٪ تخفیف کفش"

    def test_the_projects_own_packages_are_its_own(operator):
        import harness, reports, scenarios, simulator
        assert {package.WHOSE for package in (harness, reports, scenarios, simulator)} == {"the user's"}

    def test_no_event_loop_comes_into_the_process(operator, inbox, handset, blacklist, clock, line):
        assert not {"trio", "gevent", "anyio", "httpx"} & set(sys.modules)

    def test_a_text_arrives(send, inbox, handset):
        send("09121234567", CODE)
        assert inbox.wait_for(to="09121234567").text == CODE
        assert handset("09121234567").wait_for(CODE).state == "DELIVERED"

    def test_who_binds_first_is_not_cut_off(send, operator):
        assert len(operator.sessions.find(account="panel")) == 1

    @pytest.mark.parametrize("time", [1, 2])
    def test_each_test_begins_anew(time, send, inbox, blacklist):
        assert list(inbox) == [] and "09121234567" not in blacklist
        blacklist.add("09121234567")
        send("09121234567", OFFER)
        assert inbox.wait_for_refusal().verdict.rule == "service-advertising-to-blacklisted"

    def test_a_failure_says_what_arrived_and_why_it_was_refused(send, inbox):
        send("09121110001", OFFER)
        inbox.wait_for_refusal()
        inbox.wait_for(0.05, to="09121110001", text=OFFER)

    def test_any_failure_shows_what_the_operator_received(send, inbox):
        send("09121234567", CODE)
        assert inbox.wait_for().text == "something else"

    @pytest.mark.khatban(profile="mci", start="2026-11-22 23:00", speed=0)
    class TestMarkers:
        def test_say_how_the_operator_begins(self, operator, clock):
            assert operator.profile().name == "mci"
            assert clock.read().speed == 0
            assert f"{clock.now():%Y-%m-%d %H:%M}" == "2026-11-22 23:00"

        @pytest.mark.khatban(profile={"name": "strict"}, world="world.toml")
        def test_the_nearest_counts(self, operator, clock):
            assert (operator.profile().name, clock.now().hour) == ("strict", 23)
            assert operator.accounts.get("shop").balance == 700

        @pytest.mark.khatban(world={"extends": "demo", "blacklist": ["09129999999"]}, start="now", profile="")
        def test_a_world_may_be_a_table(self, blacklist, clock):
            import datetime
            assert "09129999999" in blacklist
            assert abs(clock.now() - datetime.datetime.now(datetime.timezone.utc)) < datetime.timedelta(minutes=5)

        @pytest.mark.khatban(profil="strict")
        def test_a_slip_is_told(self, operator):
            pass

        @pytest.mark.khatban(world={"extends": "dmo"})
        def test_a_world_that_cannot_be_is_told(self, operator):
            pass

    def test_lines_are_made(send, line, inbox):
        shop = line(type="dedicated_service")
        school = line(type="samantel", owner={"kind": "natural", "name": "آموزشگاه"})
        assert (shop.number[:4], shop.type, school.number[:4]) == ("3000", "dedicated_service", "9999")
        send("09121234567", CODE, line("30005").number)
        assert inbox.wait_for(line="30005").parts[0].line_type == "promotional"

    @pytest.mark.parametrize("name", ["تخفیف"])
    def test_what_is_done_is_noted_under_the_tests_name(name, operator):
        [reset] = operator.mutations.find()
        assert reset.origin.startswith("test_panel.py::test_what_is_done_is_noted_under_the_tests_name[")

    def test_a_coroutine_waits_in_a_thread(smsc_address, inbox):
        from panel import bound

        async def main():
            waiting = asyncio.create_task(asyncio.to_thread(inbox.wait_for, to="09121234567"))
            with bound(smsc_address) as send:
                send("09121234567", CODE)
                return await waiting

        assert asyncio.run(main()).text == CODE

    class TestOldStyle(unittest.TestCase):
        @pytest.fixture(autouse=True)
        def _operator(self, inbox, send):
            self.inbox, self.send = inbox, send

        def test_a_unittest_is_served_too(self):
            self.send("09121234567", CODE)
            self.assertEqual(self.inbox.wait_for().text, CODE)
"""
OWN_FIXTURE = """
    import pytest

    @pytest.fixture
    def operator():
        return "a telephone operator of the project"

    def test_a_fixture_of_the_same_name_disturbs_nothing(operator, inbox):
        assert operator.startswith("a telephone") and list(inbox) == []
"""


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """One run in two workers; what is said of it is looked at by many tests."""
    project = Project(tmp_path_factory.mktemp("user"))
    for package in ("simulator", "harness", "reports", "scenarios"):
        project.write(f"{package}/__init__.py", 'WHOSE = "the user\'s"\n')
    project.write("panel.py", PANEL)
    project.write("conftest.py", CONFTEST)
    project.write(
        "world.toml", 'extends = "demo"\n[[accounts]]\nsystem_id = "shop"\npassword = "shop"\nbalance = 700\n'
    )
    project.write("test_panel.py", TESTS)
    project.write("calls/test_calls.py", OWN_FIXTURE)
    return project.run("-n", "2", "--strict-markers", "--strict-config")


FAILING = {
    "test_a_failure_says_what_arrived_and_why_it_was_refused",
    "test_any_failure_shows_what_the_operator_received",
    "test_a_slip_is_told",
    "test_a_world_that_cannot_be_is_told",
}


def test_every_other_test_passes_in_two_workers(outcome: Outcome) -> None:
    written = {name for tests in (TESTS, OWN_FIXTURE) for name in re.findall(r"def (test_\w+)", tests)}
    assert set(outcome.failed) == FAILING, outcome.output
    assert {name.partition("[")[0] for name in outcome.passed} == written - FAILING


def test_what_did_not_arrive_is_told_with_the_verdict(outcome: Outcome) -> None:
    said = outcome.failed["test_a_failure_says_what_arrived_and_why_it_was_refused"]
    assert "no text with verdict accepted, to 09121110001, text ۵۰٪ تخفیف کفش came within 0.05 s" in said
    assert "refused by rule service-advertising-to-blacklisted under clause" in said
    assert "blacklisted=yes" in said
    assert "khatban_client/inbox.py" not in said, "the user sees his own test, not our code"


def test_any_failure_shows_what_the_operator_received(outcome: Outcome) -> None:
    _, _, section = outcome.output.partition("test_any_failure_shows_what_the_operator_received ____")
    assert "what the operator received" in section
    assert "3000200020 → 989121234567 «کد ورود شما ۱۲۳۴»" in section


def test_what_cannot_be_is_told_in_a_line(outcome: Outcome) -> None:
    begin = "the operator cannot begin as this test wants it: "
    slip = f"{begin}@pytest.mark.khatban has no 'profil'; did you mean 'profile'?"
    assert slip in outcome.failed["test_a_slip_is_told"]
    assert (
        f"{begin}POST /reset: 422 there cannot be such a world" in outcome.failed["test_a_world_that_cannot_be_is_told"]
    )


def test_each_test_may_have_an_operator_of_its_own(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.write("pytest.ini", "[pytest]\nkhatban_operator = fresh\n")
    project.write(
        "test_own.py",
        """
        seen = set()

        def test_one(operator, smsc_address):
            assert operator.smpp == smsc_address
            seen.add(operator.url)

        def test_two(operator, smsc_address):
            assert operator.smpp == smsc_address
            seen.add(operator.url)
            assert len(seen) == 2
        """,
    )
    outcome = project.run(f"--basetemp={tmp_path / 'base'}")
    assert outcome.passed == {"test_one", "test_two"}, outcome.output
    assert ends_below(tmp_path), "the spare one too"


@pytest.mark.parametrize(
    ("option", "complaint"),
    [
        ("khatban_operator = new", "khatban_operator is 'new'; expected shared or fresh"),
        ("khatban_seconds = soon", "khatban_seconds is 'soon'; expected a number"),
    ],
)
def test_an_option_that_cannot_be_stops_the_run(tmp_path: Path, option: str, complaint: str) -> None:
    project = Project(tmp_path)
    project.write("pytest.ini", f"[pytest]\n{option}\n")
    outcome = project.run()
    assert outcome.status == pytest.ExitCode.USAGE_ERROR
    assert complaint in outcome.output


def test_a_process_that_gevent_has_patched_is_served(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.write("panel.py", PANEL)
    project.write("conftest.py", "from gevent import monkey\nmonkey.patch_all()\n")
    project.write(
        "test_green.py",
        """
        import sys
        import gevent
        from panel import bound

        def test_greenlets_send_while_one_waits(smsc_address, inbox):
            waiting = gevent.spawn(inbox.wait_for_several, 2)
            with bound(smsc_address) as send:
                gevent.joinall([gevent.spawn(send, f"0912123456{digit}", "کد ورود شما ۱۲۳۴") for digit in "12"])
                assert len(waiting.get(timeout=10)) == 2
            assert "trio" not in sys.modules
        """,
    )
    outcome = project.run()
    assert outcome.passed == {"test_greenlets_send_while_one_waits"}, outcome.output
