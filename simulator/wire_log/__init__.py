"""The wire log: every PDU as a JSON line, and every octet as a packet that Wireshark opens.

`log` ties it together; `pdu_stream` cuts and hides passwords, `description` puts a PDU into words, `packets` and
`pcapng` make a capture of what a socket gave and took, `log_file` survives a disk that does not.
"""

from simulator.wire_log.log import ConnectionLog, WireLog
from simulator.wire_log.log_file import LogFile
from simulator.wire_log.packets import Endpoint

__all__ = ["ConnectionLog", "Endpoint", "LogFile", "WireLog"]
