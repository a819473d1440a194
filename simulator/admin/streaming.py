"""Bodies that are too long to be held as a whole: in, piece by piece and within limits; out, as they are made.

What was not read of a body is read before the answer leaves: most clients look for it only after they have sent all.
"""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Final

import trio
from starlette.responses import StreamingResponse
from starlette.types import Message, Receive, Send

from simulator.admin.problems import Problem, ProblemResponse, problem

IMPORT_PATH: Final = "/api/v1/blacklist/import"
STREAMED_PATHS: Final = frozenset({IMPORT_PATH})
"""Where bodies are streamed; everywhere else they are short and read at once."""

MAX_STREAMED: Final = 1024 * 1024 * 1024
"""Octets of a streamed body that are accepted: some seventy million numbers."""


UPLOAD_SECONDS: Final = 900.0
"""For the whole of a streamed body to arrive, however steadily it trickles: enough at a megabyte a second."""


class StreamedBody:
    """The two directions of one request whose body is streamed.

    Past a limit the application is told that the client has left, and what it answers is replaced by the problem.
    """

    def __init__(self, receive: Receive, send: Send, *, limit: int, timeout: float) -> None:
        """`limit` octets may come, the next piece within `timeout` seconds, and all within `UPLOAD_SECONDS`."""
        self._receive = receive
        self._send = send
        self._limit = limit
        self._timeout = timeout
        self._deadline = trio.current_time() + UPLOAD_SECONDS
        self._size = 0
        self._is_over = False
        self._has_answered = False
        self._failure: Problem | None = None

    async def receive(self) -> Message:
        """The next piece of the body; an empty one after its end, and then what the connection says next."""
        if self._failure:
            return {"type": "http.disconnect"}
        if self._is_over:
            return await self._receive()
        message: Message | None = None
        with trio.move_on_at(min(trio.current_time() + self._timeout, self._deadline)):
            message = await self._receive()
        if message is None:
            seconds = UPLOAD_SECONDS if trio.current_time() >= self._deadline else self._timeout
            return self._fail(problem(408, f"no more of the body arrived within {seconds:g} seconds"))
        self._size += len(message.get("body", b""))
        if self._size > self._limit:
            return self._fail(problem(413, f"the body is longer than {self._limit} octets"))
        self._is_over = not message.get("more_body", False)
        return message

    def _fail(self, failure: Problem) -> Message:
        self._failure = failure
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        """Passes an answer on, once the whole body was read."""
        while not self._is_over and not self._failure:
            await self.receive()
        if self._failure is None:
            await self._send(message)
        elif not self._has_answered:
            self._has_answered = True
            answer = ProblemResponse(self._failure, headers={"connection": "close"})
            await answer({"type": "http"}, self._receive, self._send)


class StreamedText(StreamingResponse):
    """Text that is made while it is sent."""

    media_type = "text/plain"

    def __init__(self, pieces: AsyncGenerator[bytes, None], status_code: int = 200) -> None:
        super().__init__(pieces, status_code)
        self._pieces = pieces

    async def stream_response(self, send: Send) -> None:
        """Sends it all.

        While Hypercorn ends an answer it tells the application that the client has left, whereupon Starlette cancels
        what it is just doing; the connection would then neither be closed nor be free for the next request.
        """
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        async with aclosing(self._pieces) as pieces:
            async for piece in pieces:
                await send({"type": "http.response.body", "body": piece, "more_body": True})
        with trio.CancelScope(shield=True):
            await send({"type": "http.response.body", "body": b"", "more_body": False})
