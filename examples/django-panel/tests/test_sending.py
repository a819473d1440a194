"""Codes and notices: whoever wants them or not, by day and by night."""

import pytest

CUSTOMER = "09121234567"
LONG = (
    "سفارش شمارهٔ ۱۲۳۴ شما ثبت شد و فردا میان ساعت ۹ تا ۱۲ به نشانی شما فرستاده می‌شود. "
    "رسید پرداخت به مبلغ ۲۵۰۰۰۰ تومان در حساب کاربری شماست."
)


def test_a_code_goes_by_its_pattern_and_arrives(panel, handset):
    message = panel.send("code", CUSTOMER, "4711")
    assert handset(CUSTOMER).wait_for("4711").line == "2000300030"
    assert panel.ends(message) == "delivered"


def test_a_long_notice_is_one_text_for_its_reader(panel, handset):
    message = panel.send("notice", CUSTOMER, LONG)
    assert handset(CUSTOMER).wait_for(LONG).text == LONG
    assert panel.ends(message) == "delivered"
    assert message.parts.count() == 3


@pytest.mark.khatban(start="2026-11-22 23:30")
def test_a_notice_reaches_even_those_who_opted_out_and_by_night(panel, handset, blacklist):
    blacklist.add(CUSTOMER)
    panel.send("notice", CUSTOMER, "سفارش شما فردا ساعت ۱۰ می‌رسد.")
    assert handset(CUSTOMER).wait_for("سفارش").accepted


def test_a_handset_that_stays_off_is_booked_as_a_failure(panel, handset, inbox, clock):
    handset(CUSTOMER).put("off")
    message = panel.send("notice", CUSTOMER, "سفارش شما فردا ساعت ۱۰ می‌رسد.")
    inbox.wait_for(to=CUSTOMER)
    clock.jump(7 * 86_400)
    assert panel.ends(message).startswith("failed not delivered")


def test_a_recipient_that_is_none_is_booked_as_refused(panel, operator):
    message = panel.send("code", "12345", "4711")
    assert panel.ends(message) == "failed refused: 0xb"
    assert operator.messages.count(rule="invalid-recipient") == 1
