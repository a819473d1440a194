"""The views that steer: explaining, faults, the clock; and the sessions."""

import socket
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import expect

from simulator.smpp.codec import encode
from simulator.smpp.pdus import BindTransceiver, Unbind, command_id
from tests.web.conftest import Open
from tests.web.lively import DEDICATED, LISTED, PROMOTIONAL


def test_a_message_is_judged_while_it_is_written(opened: Open) -> None:
    console = opened("#/explain")
    form = console(".explain-form")
    expect(form.get_by_label("From line")).to_have_value(PROMOTIONAL)
    form.get_by_label("To").fill(LISTED)
    form.get_by_label("Text").fill("حراج بزرگ")
    result = console(".explain-result")
    expect(result.locator(".badge")).to_have_text("Refused")
    expect(result.locator(".reason-rule")).to_have_text("Promotion to blacklisted")
    expect(result).to_contain_text("The sender would be told at once:")
    form.get_by_label("From line").fill(DEDICATED)
    expect(result.locator(".reason-rule")).to_have_text("Service advertising to blacklisted")
    form.get_by_role("button", name="An order").click()
    expect(result.locator(".badge")).to_have_text("Accepted")
    console.page.reload()
    expect(result.locator(".badge")).to_have_text("Accepted")
    expect(form.get_by_label("To")).to_have_value(LISTED)


def test_a_fault_is_switched_on_bites_and_is_switched_off(opened: Open) -> None:
    console = opened("#/faults")
    expect(console(".calm")).to_be_visible()
    console("[type=search]").fill("another way to say")
    expect(console(".catalogue li")).to_have_count(1)
    console(".catalogue button").click()
    form = console(".fault-form")
    expect(form.locator("h2")).to_have_text("queue-full")
    form.get_by_label("Times at most").fill("0")
    form.get_by_label("Recipient").fill("nobody")
    form.evaluate("(form) => (form.noValidate = true)")
    form.get_by_role("button").click()
    expect(form.locator(".field", has_text="Recipient").locator(".field-fault")).to_be_visible()
    expect(form.locator(".field", has_text="Times at most").locator(".field-fault")).to_contain_text(
        "greater than or equal to 1"
    )
    form.get_by_label("Times at most").fill("5")
    form.get_by_label("Recipient").fill("98912*")
    form.get_by_role("button").click()
    on = console(".fault-on")
    expect(on).to_contain_text("98912*")
    expect(on).to_contain_text("bit 0 times")
    on.get_by_role("button").click()
    expect(console(".calm")).to_be_visible()
    console.excuse(422)


def test_the_clock_jumps_runs_faster_and_stops(opened: Open) -> None:
    console = opened("#/clock")
    expect(console(".big-dates")).to_have_text("Sun 22 November 2026" + "1 Azar 1405")
    console(".tabs .tab", has_text="Stop").click()
    expect(console(".bar .speed")).to_have_text("stopped")
    console(".clock-steps button", has_text="Next 22:00").click()
    expect(console(".big-hour")).to_have_text("22:00:00")
    console("[type=datetime-local]").fill("2026-11-22T09:00:00")
    console(".clock-form button").click()
    expect(console(".clock-form .field-fault")).to_contain_text("already")
    console("[type=datetime-local]").fill("2027-03-21T08:00:00")
    console(".clock-form button").click()
    expect(console(".big-dates")).to_contain_text("1 Farvardin 1406")
    console(".tabs .tab", has_text="×60").last.click()
    expect(console(".bar .speed")).to_have_text("×600")
    console.excuse(422)


def test_sessions_are_shown_and_ended(opened: Open) -> None:
    console = opened("#/sessions")
    expect(console(".light")).to_have_text("Live")
    with socket.create_connection(console.operator.api.smpp, timeout=20) as esme:
        esme.sendall(encode(BindTransceiver(system_id="panel", password="panel"), 1))
        card = console(".session")
        expect(card.locator("h2")).to_have_text("panel")
        expect(card).to_contain_text("Transceiver")
        expect(card.locator("[role=meter]").first).to_have_attribute("aria-valuenow", "0")
        esme.recv(1000)
        card.get_by_role("button", name="Unbind").click()
        expect(console(".session")).to_have_count(0)
        assert command_id(Unbind).to_bytes(4, "big") in esme.recv(1000)
    expect(console(".told")).to_have_text("panel was sent unbind")


def test_the_program_that_is_shown_sends_the_first_message(opened: Open, tmp_path: Path) -> None:
    console = opened()
    program = tmp_path / "first.py"
    program.write_text(console(".program code").text_content() or "", "utf-8")
    with subprocess.Popen([sys.executable, "-u", str(program)], stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            said = [process.stdout.readline(), process.stdout.readline()]
        finally:
            process.terminate()
    assert said[0] == "accepted as 0000000001\n"
    assert "stat:DELIVRD" in said[1]
    expect(console(".row")).to_have_attribute("data-verdict", "accepted")
