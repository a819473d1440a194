"""What is sent for each kind of message, and by which line."""

from django.conf import settings

from sms.models import Message, OptOut


def normal(number: str) -> str:
    """A mobile number as the operator writes it: 98 and ten digits."""
    digits = number.removeprefix("+").removeprefix("00")
    return f"98{digits.removeprefix('98').removeprefix('0')}"


def queue(kind: str, to: str, text: str) -> Message:
    """Queues a message; an offer to somebody who wants none fails at once.

    Raises:
        ValueError: There is no such kind.
    """
    if kind not in settings.LINES:
        raise ValueError(f"{kind!r} is none of {', '.join(settings.LINES)}")
    if kind == "code":
        text = settings.PATTERN.format(text=text)
    elif kind == "offer" and settings.FOOTER:
        text = f"{text}\n{settings.FOOTER}"
    message = Message.objects.create(line=settings.LINES[kind], to=normal(to), text=text)
    if kind == "offer" and OptOut.objects.filter(number=message.to).exists():
        message.fail("opted out")
    return message
