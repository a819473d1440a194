"""Keywords: the first word of a subscriber's message to a line may say to which account it goes, and what is answered.

Panels give a shared line out by keywords; the word is read as the operator's own words are
(`optout_settings.read_word`).
"""

from collections.abc import Iterable, Iterator
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from simulator.profiles.optout_settings import read_word


def _one_word(text: str) -> str:
    word = read_word(text)
    if not word or " " in word:
        msg = f"{text!r} is not one word"
        raise ValueError(msg)
    return word


class Keyword(BaseModel):
    """A keyword of a line.

    Attributes:
        line: The line's number.
        word: The first word of the messages that it is for.
        account: To whom they go; empty for the account that holds the line.
        reply: What the subscriber is answered; empty for nothing.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    line: str
    word: Annotated[str, AfterValidator(_one_word)]
    account: str = Field(default="", max_length=15)
    reply: str = Field(default="", max_length=1000)


class Keywords:
    """The keywords of all lines."""

    def __init__(self, keywords: Iterable[Keyword] = ()) -> None:
        self._keywords = {(keyword.line, keyword.word): keyword for keyword in keywords}

    def put(self, keyword: Keyword) -> None:
        """Adds a keyword, or puts it in the place of the one of its line and word."""
        self._keywords[keyword.line, keyword.word] = keyword

    def remove(self, line: str, word: str) -> bool:
        """Takes a keyword out; False if there is none."""
        return self._keywords.pop((line, read_word(word)), None) is not None

    def meant(self, line: str, text: str) -> Keyword | None:
        """The keyword that a message to a line begins with."""
        if not self._keywords:
            return None
        first, _, _ = read_word(text).partition(" ")
        return self._keywords.get((line, first))

    def __iter__(self) -> Iterator[Keyword]:
        return iter(self._keywords.values())
