"""The fields that PDUs are made of, each with its wire rule and the command_status that answers a broken one.

A field that several PDUs share is declared here once; which PDU has it is said in the PDU's declaration.
"""

from typing import Annotated

from simulator.smpp.consts import CommandStatus
from simulator.smpp.fields import CString, Octets, TlvStream, UInt
from simulator.smpp.tlvs import Tlv

Octet = Annotated[int, UInt()]
Tlvs = Annotated[tuple[Tlv, ...], TlvStream()]

SystemId = Annotated[str, CString(16, CommandStatus.ESME_RINVSYSID)]
Password = Annotated[str, CString(9, CommandStatus.ESME_RINVPASWD)]
SystemType = Annotated[str, CString(13, CommandStatus.ESME_RINVSYSTYP)]
AddressRange = Annotated[str, CString(41, CommandStatus.ESME_RBINDFAIL)]

SourceTon = Annotated[int, UInt(CommandStatus.ESME_RINVSRCTON)]
SourceNpi = Annotated[int, UInt(CommandStatus.ESME_RINVSRCNPI)]
SourceAddr = Annotated[str, CString(21, CommandStatus.ESME_RINVSRCADR)]
LongSourceAddr = Annotated[str, CString(65, CommandStatus.ESME_RINVSRCADR)]
DestinationTon = Annotated[int, UInt(CommandStatus.ESME_RINVDSTTON)]
DestinationNpi = Annotated[int, UInt(CommandStatus.ESME_RINVDSTNPI)]
DestinationAddr = Annotated[str, CString(21, CommandStatus.ESME_RINVDSTADR)]
LongDestinationAddr = Annotated[str, CString(65, CommandStatus.ESME_RINVDSTADR)]
DlName = Annotated[str, CString(21, CommandStatus.ESME_RINVDLNAME)]
ErrorStatusCode = Annotated[int, UInt(size=4)]

ServiceType = Annotated[str, CString(6, CommandStatus.ESME_RINVSERTYP)]
EsmClass = Annotated[int, UInt(CommandStatus.ESME_RINVESMCLASS)]
Priority = Annotated[int, UInt(CommandStatus.ESME_RINVPRTFLG)]
ScheduleTime = Annotated[str, CString(17, CommandStatus.ESME_RINVSCHED)]
ValidityPeriod = Annotated[str, CString(17, CommandStatus.ESME_RINVEXPIRY)]
FinalDate = Annotated[str, CString(17, CommandStatus.ESME_RQUERYFAIL)]
RegisteredDelivery = Annotated[int, UInt(CommandStatus.ESME_RINVREGDLVFLG)]
ReplaceFlag = Annotated[int, UInt(CommandStatus.ESME_RINVREPFLAG)]
DefaultMessageId = Annotated[int, UInt(CommandStatus.ESME_RINVDFTMSGID)]
ShortMessage = Annotated[bytes, Octets("sm_length", CommandStatus.ESME_RINVMSGLEN)]
MessageId = Annotated[str, CString(65, CommandStatus.ESME_RINVMSGID)]
UnusedMessageId = Annotated[str, CString(65, CommandStatus.ESME_RINVMSGID, may_be_absent=True)]
