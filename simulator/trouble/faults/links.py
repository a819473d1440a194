"""enquire_link: not answered, answered late, refused; or sent before anybody is bound."""

from typing import Literal

from simulator.profiles.profile import Status
from simulator.smpp.codec import encode
from simulator.smpp.consts import CommandStatus
from simulator.smpp.pdus import EnquireLink
from simulator.trouble import fault_threads
from simulator.trouble.fault import ConnectionFault, Fault, Seconds, SessionFault
from simulator.trouble.fault_moments import Accepted, Outgoing
from simulator.trouble.instructions import Instructions, Send
from simulator.trouble.wire_octets import rewritten


class EnquireLinkUnanswered(SessionFault):
    """enquire_link is never answered; all else goes on."""

    threads = fault_threads.ENQUIRE_LINK
    name: Literal["enquire-link-unanswered"] = "enquire-link-unanswered"

    def on_send(self, outgoing: Outgoing, _turn: int, /) -> Instructions | None:
        """Loses the answer."""
        return () if outgoing.occasion == "enquire_link_resp" else None


class EnquireLinkLate(SessionFault):
    """enquire_link is answered late."""

    threads = fault_threads.ENQUIRE_LINK
    name: Literal["enquire-link-late"] = "enquire-link-late"
    after: Seconds = 10.0

    def on_send(self, outgoing: Outgoing, _turn: int, /) -> Instructions | None:
        """Delays the answer."""
        return (Send(outgoing.octets, self.after),) if outgoing.occasion == "enquire_link_resp" else None


class EnquireLinkRefused(SessionFault):
    """enquire_link is answered with ESME_RINVBNDSTS, although the session is bound."""

    threads = fault_threads.ENQUIRE_LINK
    name: Literal["enquire-link-refused"] = "enquire-link-refused"
    status: Status = int(CommandStatus.ESME_RINVBNDSTS)

    def on_send(self, outgoing: Outgoing, _turn: int, /) -> Instructions | None:
        """Changes the status."""
        is_answer = outgoing.occasion == "enquire_link_resp"
        return (Send(rewritten(outgoing.octets, command_status=self.status)),) if is_answer else None


class EnquireLinkBeforeBind(ConnectionFault):
    """The operator sends enquire_link on a new connection, before any bind."""

    threads = fault_threads.ENQUIRE_LINK
    name: Literal["enquire-link-before-bind"] = "enquire-link-before-bind"

    def at_accept(self, _accepted: Accepted, /) -> Instructions | None:
        """Asks at once."""
        return (Send(encode(EnquireLink(), 1)),)


FAULTS: tuple[type[Fault], ...] = (
    EnquireLinkUnanswered,
    EnquireLinkLate,
    EnquireLinkRefused,
    EnquireLinkBeforeBind,
)
"""In the order of the documentation."""
