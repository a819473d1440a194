"""How to drive the user's own panel by its HTTP API."""

from typing import Literal, Self

from pydantic import Field, JsonValue, field_validator, model_validator

from harness.driver import DriverSpec, python_child
from harness.drivers.own_system import OwnSystemOptions
from harness.drivers.templates import complaint


class HttpOptions(OwnSystemOptions):
    """What a user says of his panel's API. Templates may name what `templates` lists, as `{text}`.

    Attributes:
        url: Where a text is sent; a template.
        method: How.
        headers: By name; templates.
        query: Parameters behind the question mark; templates.
        json_body: Key `json`: the body as JSON; each text in it is a template.
        form: The body as a form; templates.
        body: The body as it is; a template.
        accepts: The statuses that mean that the panel has taken the text.
        id: Where the answer tells the panel's own id, as `messages.0.id`; an answer without it is a failure.
        start: A command line that starts the panel, told of the operator by its environment (docs/drivers.md).
    """

    url: str = Field(min_length=1)
    method: Literal["GET", "POST", "PUT"] = "POST"
    headers: dict[str, str] = Field(default_factory=dict)
    query: dict[str, str] = Field(default_factory=dict)
    json_body: JsonValue = Field(default=None, alias="json")
    form: dict[str, str] = Field(default_factory=dict)
    body: str = ""
    accepts: tuple[int, ...] = (200, 201, 202)
    id: str = ""
    start: str = ""

    @field_validator("url", "headers", "query", "json_body", "form", "body")
    @classmethod
    def _names_what_there_is(cls, value: JsonValue) -> JsonValue:
        found = complaint(value)
        if found is not None:
            raise ValueError(found)
        return value

    @model_validator(mode="after")
    def _has_one_body(self) -> Self:
        bodies = [name for name in ("json_body", "form", "body") if getattr(self, name)]
        if len(bodies) > 1:
            raise ValueError("give one of json, form and body")
        return self


HTTP = DriverSpec(
    name="http",
    title="your own panel, by its HTTP API",
    command=python_child("http_child"),
    takes=HttpOptions,
    needs_quiet=True,
)
