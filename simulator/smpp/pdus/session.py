"""The PDUs that make, keep and end a session (5.0: 4.1)."""

from typing import NamedTuple

from simulator.smpp.pdus.field_types import AddressRange, Octet, Password, SystemId, SystemType, Tlvs


class BindFields(NamedTuple):
    """What the three bind requests have in common (5.0: 4.1.1): the fields are the same, the command says the rest."""

    system_id: SystemId = ""
    password: Password = ""
    system_type: SystemType = ""
    interface_version: Octet = 0x34
    addr_ton: Octet = 0
    addr_npi: Octet = 0
    address_range: AddressRange = ""
    tlvs: Tlvs = ()


class BindReceiver(BindFields):
    """Asks to receive deliver_sm only."""

    __slots__ = ()


class BindTransmitter(BindFields):
    """Asks to send submit_sm only."""

    __slots__ = ()


class BindTransceiver(BindFields):
    """Asks for both directions on one connection."""

    __slots__ = ()


class BindRespFields(NamedTuple):
    """What the three bind responses have in common; the TLV sc_interface_version says what the MC speaks."""

    system_id: SystemId = ""
    tlvs: Tlvs = ()


class BindReceiverResp(BindRespFields):
    """Answers bind_receiver."""

    __slots__ = ()


class BindTransmitterResp(BindRespFields):
    """Answers bind_transmitter."""

    __slots__ = ()


class BindTransceiverResp(BindRespFields):
    """Answers bind_transceiver."""

    __slots__ = ()


class Outbind(NamedTuple):
    """Sent by an MC that has connected to an ESME: asks it to bind, and is answered by that bind only."""

    system_id: SystemId = ""
    password: Password = ""
    tlvs: Tlvs = ()


class HeaderOnly(NamedTuple):
    """A PDU that is all in its header."""

    tlvs: Tlvs = ()


class Unbind(HeaderOnly):
    """Ends the session; either side may send it."""

    __slots__ = ()


class UnbindResp(HeaderOnly):
    """Answers unbind."""

    __slots__ = ()


class EnquireLink(HeaderOnly):
    """Asks whether the other side is there."""

    __slots__ = ()


class EnquireLinkResp(HeaderOnly):
    """Answers enquire_link."""

    __slots__ = ()


class GenericNack(HeaderOnly):
    """Answers what cannot be answered by a response of its own."""

    __slots__ = ()
