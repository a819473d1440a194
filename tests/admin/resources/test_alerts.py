from simulator.smpp.consts import TlvTag
from simulator.smpp.events import Notice
from simulator.smpp.pdus import AlertNotification
from simulator.smpp.tlvs import int_value
from tests.admin.api import FREE, running_api


async def test_a_bound_receiver_hears_of_a_subscriber() -> None:
    async with running_api() as api:
        alert = {"account": "panel", "subscriber": FREE, "availability": "unavailable"}
        reply = await api.post("/api/v1/alerts", alert)
        assert (reply.status, reply.json()) == (200, {"binds": 1})
        notice = await api.esme.next(Notice)
        assert isinstance(notice, Notice)
        assert isinstance(notice.pdu, AlertNotification)
        assert notice.pdu.source_addr == FREE
        assert int_value(notice.pdu.tlvs, TlvTag.MS_AVAILABILITY_STATUS) == 2


async def test_an_account_that_nobody_bound_hears_nothing() -> None:
    async with running_api() as api:
        reply = await api.post("/api/v1/alerts", {"account": "other", "subscriber": FREE})
        assert reply.json() == {"binds": 0}
        assert (await api.post("/api/v1/alerts", {"account": "panel", "subscriber": "x"})).status == 422
