"""`/api/v1/explain`: what would become of a message, without sending it."""

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from simulator.admin.models import ExplanationForm
from simulator.admin.moments import GivenMoment
from simulator.center.operator import Operator

MAX_ADDRESS = 40
"""Characters: an address of 20 octets and the separators that people write."""

MAX_TEXT = 255 * 153
"""Characters: the longest text that concatenation carries (255 parts, GSM 03.38)."""


class Draft(BaseModel):
    """A message that is not sent."""

    model_config = ConfigDict(extra="forbid")

    source: str = Field(alias="from", max_length=MAX_ADDRESS, description="The originator.", examples=["3000200020"])
    to: str = Field(max_length=MAX_ADDRESS, description="The recipient.", examples=["09121234567"])
    text: str = Field(max_length=MAX_TEXT)
    at: GivenMoment | None = Field(
        default=None, description="When it is sent (ISO 8601; Tehran's time without an offset); the operator's now."
    )


def router(operator: Operator) -> APIRouter:
    """Questions to an operator."""
    routes = APIRouter(prefix="/api/v1/explain", tags=["explain"])

    @routes.post("")
    async def explain(draft: Draft) -> ExplanationForm:
        """The verdict on a message that is not sent, with every rule's outcome."""
        return ExplanationForm.of(operator.inquiries.explain(draft.source, draft.to, draft.text, draft.at))

    return routes
