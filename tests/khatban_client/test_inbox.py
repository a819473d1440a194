import re

import pytest

from khatban_client import Operator
from khatban_client.handset import Handset
from khatban_client.inbox import Inbox, NotArrivedError, UnexpectedError
from khatban_client.wording import MANY
from tests.khatban_client.panel import LINE, Panel, bound

SUBSCRIBER, LISTED = "09121234567", "09121110001"
CODE, ADVERTISEMENT = "کد ورود شما ۱۲۳۴", "۵۰٪ تخفیف کفش"
LONG = "سفارش شمارهٔ ۱۲۳۴ شما ثبت شد و فردا میان ساعت ۹ تا ۱۲ به نشانی شما فرستاده می‌شود. مبلغ آن ۲۵۰۰۰۰ تومان است."
SOON = 0.05
"""Seconds to wait for what does not come."""


def test_a_text_is_waited_for(operator: Operator) -> None:
    with bound(operator) as panel:
        panel.send(SUBSCRIBER, CODE)
        text = Inbox(operator).wait_for(to=SUBSCRIBER, text="۱۲۳۴", state="DELIVERED")
    assert (text.text, text.line, text.state, text.accepted) == (CODE, LINE, "DELIVERED", True)
    assert [found.id for found in Inbox(operator)] == [text.id]


def test_a_long_text_is_one(operator: Operator) -> None:
    with bound(operator) as panel:
        panel.send(SUBSCRIBER, LONG)
        text = Inbox(operator).wait_for(text=re.compile(r"ثبت شد .* است\.$"))
    assert (text.text, len(text.parts)) == (LONG, 2)
    assert Inbox(operator).wait_for(text=LONG, state="DELIVERED").parts[0].id == text.id


def test_a_refusal_is_waited_for(operator: Operator) -> None:
    with bound(operator) as panel:
        panel.send(LISTED, ADVERTISEMENT)
        text = Inbox(operator).wait_for_refusal(to=LISTED, rule="service-advertising-to-blacklisted")
    assert (text.accepted, text.command_status) == (False, "0x00000404")


def test_several_are_waited_for(operator: Operator) -> None:
    with bound(operator) as panel:
        for digit in "123":
            panel.send(f"0912123456{digit}", CODE)
        assert len(Inbox(operator).wait_for_several(3, text=CODE)) == 3
    with pytest.raises(NotArrivedError, match=f"4 texts with verdict accepted, text {CODE} came .*, but 3"):
        Inbox(operator, SOON).wait_for_several(4, text=CODE)


def test_where_nothing_came_that_is_said(operator: Operator) -> None:
    expected = "no text with verdict accepted, to 0912 came within 0.05 s\nthe operator received nothing at all"
    with pytest.raises(NotArrivedError, match=re.escape(expected)):
        Inbox(operator, SOON).wait_for(to="0912")


def missed(operator: Operator, inbox: Inbox) -> str:
    with bound(operator) as panel:
        panel.send(LISTED, ADVERTISEMENT)
        panel.send(SUBSCRIBER, CODE)
        operator.messages.wait(2)
    with pytest.raises(NotArrivedError) as error:
        inbox.wait_for(to=LISTED, text=re.compile("تخفیف"))
    return str(error.value)


def test_what_came_instead_is_told_and_why_it_was_refused(operator: Operator) -> None:
    asked, heading, refused, reason, facts, answered, refused_differs, accepted, why, differs = missed(
        operator, Inbox(operator, SOON)
    ).splitlines()
    assert asked == f"no text with verdict accepted, to {LISTED}, text تخفیف came within 0.05 s"
    assert heading == "what the operator received:"
    assert refused == f"  refused, REJECTED: {LINE} → 989121110001 «{ADVERTISEMENT}»"
    assert "refused by rule service-advertising-to-blacklisted under clause service.no-advertising-to-bl" in reason
    assert facts.strip().startswith(
        "service-advertising-to-blacklisted: refused (service.no-advertising-to-blacklisted) ["
    )
    assert "blacklisted=yes" in facts
    assert answered.strip() == "answered 0x00000404"
    assert refused_differs.strip() == "differs in verdict"
    assert accepted.startswith("  accepted, ")
    assert f"{LINE} → 989121234567 «{CODE}»" in accepted
    assert why.strip() == "accepted; the text was judged service/otp by «کد ورود شما ۱۲۳۴»"
    assert differs.strip() == "differs in to, text"


def test_the_last_of_many_are_told(operator: Operator) -> None:
    with bound(operator) as panel:
        send_many(panel, MANY + 2)
        operator.messages.wait(MANY + 2)
    with pytest.raises(NotArrivedError) as error:
        Inbox(operator, SOON).wait_for(text="something else")
    assert str(error.value).count("differs in text") == MANY
    assert "(2 more came before these)" in str(error.value)


def send_many(panel: Panel, count: int) -> None:
    for number in range(count):
        panel.send(f"0912123{number:04}", CODE)


def test_silence_is_expected_and_its_breach_told(operator: Operator) -> None:
    inbox = Inbox(operator)
    with bound(operator) as panel:
        panel.send(LISTED, ADVERTISEMENT)
        inbox.expect_nothing(SOON, to=LISTED)
        panel.send(LISTED, CODE)
        with pytest.raises(UnexpectedError, match=f"a text with to {LISTED} came:\n  accepted, .*{CODE}"):
            inbox.expect_nothing(5.0, to=LISTED)


def test_a_handset_shows_what_reached_it_and_its_owner_writes(operator: Operator) -> None:
    handset = Handset(operator, SUBSCRIBER)
    assert handset.number == "989121234567"
    with bound(operator) as panel:
        panel.send(SUBSCRIBER, CODE)
        panel.send("09121234568", LONG)
        assert handset.wait_for("کد", line=LINE).text == CODE
    assert [text.text for text in handset.texts()] == [CODE]
    assert handset.write(LINE, "لغو ۱۱").change is not None
    handset.opt_out()
    operator.clock.jump(86_400)
    state = operator.blacklist.check(SUBSCRIBER)
    assert (state.listed, state.headers[0].stopped) == (True, True)
    handset.opt_in()
    operator.clock.jump(86_400)
    assert SUBSCRIBER not in operator.blacklist


def test_a_handset_that_is_off_shows_nothing(operator: Operator) -> None:
    handset = Handset(operator, SUBSCRIBER)
    handset.put("off")
    with bound(operator) as panel:
        panel.send(SUBSCRIBER, CODE)
        with pytest.raises(NotArrivedError, match=r"ENROUTE: .*\n.*\n.*differs in state"):
            handset.wait_for(CODE, seconds=SOON)
