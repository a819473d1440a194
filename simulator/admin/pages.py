"""Which part of a list a query asks for, the same way for every list."""

from pydantic import BaseModel, Field

MAX_PAGE = 1000
MAX_NUMBER = 1_000_000_000


class Page(BaseModel):
    """A page: so many entries, behind so many others."""

    limit: int = Field(default=100, ge=0, le=MAX_PAGE)
    offset: int = Field(default=0, ge=0, le=MAX_NUMBER)
