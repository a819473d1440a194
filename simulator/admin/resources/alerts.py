"""`/api/v1/alerts`: tells an account by alert_notification that a subscriber can be reached (SMPP 5.0, 4.1.3)."""

from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from simulator.center.operator import Operator
from simulator.smpp.consts import Npi, TlvTag, Ton
from simulator.smpp.pdus import AlertNotification
from simulator.smpp.tlvs import Tlv

_AVAILABILITY = {"available": 0, "denied": 1, "unavailable": 2}


class Alert(BaseModel):
    """Which account hears of which subscriber."""

    model_config = ConfigDict(extra="forbid")

    account: str = Field(max_length=15)
    subscriber: str = Field(max_length=64, pattern=r"^[0-9]+$", examples=["989123456701"])
    line: str = Field(default="", max_length=64, pattern=r"^[0-9]*$", description="The ESME's address.")
    availability: Literal["available", "denied", "unavailable"] = "available"


class Told(BaseModel):
    """How many binds were told."""

    binds: int


def router(operator: Operator) -> APIRouter:
    """The alerts of an operator."""
    routes = APIRouter(prefix="/api/v1/alerts", tags=["alerts"])

    @routes.post("")
    async def alert(wanted: Alert) -> Told:
        """Sends alert_notification to every receiver of an account."""
        pdu = AlertNotification(
            source_addr_ton=Ton.INTERNATIONAL,
            source_addr_npi=Npi.ISDN,
            source_addr=wanted.subscriber,
            esme_addr=wanted.line,
            tlvs=(Tlv(TlvTag.MS_AVAILABILITY_STATUS, bytes([_AVAILABILITY[wanted.availability]])),),
        )
        return Told(binds=operator.alert(wanted.account, pdu))

    return routes
