"""What the operator's answers become: frozen values, each read from its JSON form.

What a newer operator tells beyond this is left aside.
"""

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """A value of the operator's; compared by what it holds."""

    model_config = ConfigDict(frozen=True, extra="ignore")
