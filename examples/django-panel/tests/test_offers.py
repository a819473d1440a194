"""Offers: not to everybody, not at every hour, and not without a way out."""

import pytest

CUSTOMER = "09121234567"
OFFER = "فروش ویژهٔ پاییز: ۵۰٪ تخفیف همهٔ کفش‌ها"


@pytest.mark.khatban(profile={"footer": {"required_on": ["promotional"]}})
def test_an_offer_says_how_to_stop_it(panel, handset):
    message = panel.send("offer", CUSTOMER, OFFER)
    assert handset(CUSTOMER).wait_for(OFFER).line == "3000100010"
    assert panel.ends(message) == "delivered"


def test_an_offer_to_the_blacklist_is_booked_as_refused(panel, inbox, blacklist):
    blacklist.add(CUSTOMER)
    message = panel.send("offer", CUSTOMER, OFFER)
    inbox.wait_for_refusal(to=CUSTOMER, rule="promotion-to-blacklisted")
    assert panel.ends(message) == "failed refused: 0x401"


@pytest.mark.khatban(start="2026-11-22 23:30")
def test_an_offer_by_night_is_booked_as_refused(panel, inbox):
    message = panel.send("offer", CUSTOMER, OFFER)
    inbox.wait_for_refusal(rule="promotion-outside-hours")
    assert panel.ends(message) == "failed refused: 0x403"


def test_who_writes_that_he_wants_none_gets_none(panel, handset, operator):
    handset(CUSTOMER).write("3000100010", "انصراف")
    panel.works_until(lambda: operator.mo.find()[0].acknowledged_at is not None)
    assert panel.ends(panel.send("offer", CUSTOMER, OFFER)) == "failed opted out"
    assert operator.messages.count() == 0
