"""SMPP 3.4 and 5.0 without I/O, for both roles: bytes and the time go in, events and bytes come out.

Standard library only; no socket, no event loop, no clock. It knows nothing of the operator that uses it.
"""
