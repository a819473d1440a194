r"""Decoders and encoders made once from a PDU's declaration: source text, then `exec`, as `dataclasses` does it.

Why not a loop over the fields: a submit_sm has 18 of them, and a Python call for each costs several times the work
itself. The generated functions are flat. For a PDU with a string, an octet and TLVs the decoder reads::

    def decode(frame):
        text = str(frame, "latin-1")
        size = len(frame)
        index = text.index
        try:
            n0 = index("\0", 16, 37)
            f0 = text[16:n0]
            f1 = frame[n0 + 1]
            f2 = () if n0 + 2 == size else decode_tlvs(frame, n0 + 2)
            pdu = new(cls, (f0, f1, f2))
        except (ValueError, IndexError) as error:
            raise fault(frame, error, error.__traceback__.tb_lineno, locals()) from None
        return pdu

Nothing is checked twice on the good path: a missing terminator, an over-long string and the end of the PDU all make one
of these operations raise. Which field it was is told by the line that raised: a `_Step` is kept for each line, and only
then does the field's wire type put the reason into words.
"""

from collections.abc import Callable, Mapping
from struct import Struct
from typing import Any, Final, NamedTuple

from simulator.smpp.consts import HEADER_SIZE
from simulator.smpp.errors import PduError
from simulator.smpp.fields import CString, Field, Group, Octets, TlvStream, UInt, fields_of
from simulator.smpp.groups import MemberError, make_reader, make_writer
from simulator.smpp.pdus import Pdu, command_id
from simulator.smpp.tlvs import decode_tlvs, encode_tlvs

Decoder = Callable[[bytes], Pdu]
"""Takes one whole PDU, header included; raises PduError."""

Encoder = Callable[[Pdu, int, int], bytes]
"""Takes a PDU, its sequence_number and its command_status; raises ValueError."""

HEADER: Final = Struct(">IIII")


class _Position(NamedTuple):
    """An offset in the frame that the generated code knows: a variable (none: 0) plus a constant."""

    base: str
    offset: int

    def plus(self, octets: int) -> str:
        total = self.offset + octets
        if not self.base:
            return str(total)
        return f"{self.base} + {total}" if total else self.base

    def after(self, octets: int) -> "_Position":
        return _Position(self.base, self.offset + octets)


class _Step(NamedTuple):
    """What one generated line reads: `width` fields from index `first` on, each one octet if there are several."""

    first: int
    width: int
    start: _Position


class Inspection(NamedTuple):
    """What a decoder looks at beyond the wire rules, on PDUs that have some reason to be looked at.

    The guards are conditions in the generated code, so that an ordinary PDU pays for no call.

    Attributes:
        guards: for a field that is bounded, when to look closer: the values to look at, for an octet as a table of 256
            truth values, for an octet string as the length from which on; None: whenever the field is not empty.
        fields: takes the PDU if a guard says so; raises what `Refuse` raises.
        tlvs: likewise, if there are TLVs.
        always: look whatever the guards say, because something may be missing.
    """

    guards: Mapping[str, bytes | int | None]
    fields: "Refuse"
    tlvs: "Refuse"
    always: bool


Refuse = Callable[[Pdu, int], None]
"""Takes a PDU and its sequence_number; raises PduError if the PDU is to be refused."""


def make_decoder(pdu_type: type[Pdu], inspection: Inspection | None = None) -> Decoder:
    """Generate the decoder of a PDU class."""
    fields = fields_of(pdu_type)
    command = command_id(pdu_type)
    source = _DecoderSource(fields, inspection)

    def fault(frame: bytes, error: Exception, line: int, variables: Mapping[str, Any]) -> PduError:
        step = source.steps[line]
        start = variables.get(step.start.base, 0) + step.start.offset
        into = min(max(len(frame) - start, 0), step.width - 1)
        name, wire = fields[step.first + into]
        path, sequence_number = f"{command.name.lower()}.{name}", HEADER.unpack_from(frame)[3]
        read = {field.name: variables[f"f{n}"] for n, field in enumerate(fields) if f"f{n}" in variables}
        if isinstance(error, MemberError):
            return PduError(command, sequence_number, error.command_status, path + error.where, error.reason, read)
        return PduError(command, sequence_number, wire.error, path, wire.missing(frame, start + into), read)

    names: dict[str, Any] = {"new": tuple.__new__, "cls": pdu_type, "decode_tlvs": decode_tlvs, "fault": fault}
    names["header"] = HEADER
    names |= {f"read{n}": make_reader(wire) for n, (_, wire) in enumerate(fields) if isinstance(wire, Group)}
    if inspection:
        names |= {"inspect_fields": inspection.fields, "inspect_tlvs": inspection.tlvs}
        names |= {f"odd{n}": inspection.guards.get(name) for n, (name, _) in enumerate(fields)}
    decoder: Decoder = _compiled("decode", source.lines, command.name, names)
    return decoder


class _DecoderSource:
    """The lines of a decoder, and the step behind each line number."""

    def __init__(self, fields: tuple[Field, ...], inspection: Inspection | None = None) -> None:
        self.lines = [
            "def decode(frame):",
            " text = str(frame, 'latin-1')",
            " size = len(frame)",
            " index = text.index",
            " try:",
        ]
        self.steps: dict[int, _Step] = {}
        self._fields = fields
        at, number = _Position("", HEADER_SIZE), 0
        while number < len(fields):
            at, number = self._read(number, at)
        values = "".join(f"f{number}, " for number in range(len(fields)))
        self.lines += [
            f"  pdu = new(cls, ({values}))",
            " except (ValueError, IndexError) as error:",
            "  raise fault(frame, error, error.__traceback__.tb_lineno, locals()) from None",
            *(self._inspect(inspection) if inspection else ()),
            " return pdu",
        ]

    def _inspect(self, inspection: Inspection) -> list[str]:
        """What looks closer, the fields before the TLVs."""
        conditions = []
        for number, (name, _) in enumerate(self._fields):
            if name not in inspection.guards:
                continue
            value = f"f{number}"
            match inspection.guards[name]:
                case None:
                    conditions.append(value)
                case int(length):
                    conditions.append(f"len({value}) >= {length}")
                case _:
                    conditions.append(f"odd{number}[{value}]")
        tlvs = "True" if inspection.always else f"f{len(self._fields) - 1}"
        calls = [f" if {tlvs}: inspect_tlvs(pdu, header.unpack_from(frame)[3])"]
        if conditions:
            calls.insert(0, f" if {' or '.join(conditions)}: inspect_fields(pdu, header.unpack_from(frame)[3])")
        return calls

    def _add(self, step: _Step, *lines: str) -> None:
        for line in lines:
            self.lines.append("  " + line)
            self.steps[len(self.lines)] = step

    def _read(self, number: int, at: _Position) -> tuple[_Position, int]:
        """Write what reads field `number` (or a run of octets from it on); says where it goes on, and with which."""
        wire = self._fields[number].wire
        if isinstance(wire, CString):
            return self._read_string(number, at, wire), number + 1
        if isinstance(wire, Group):
            self._add(_Step(number, 1, at), f"f{number}, n{number} = read{number}(frame, {at.plus(0)})")
            return _Position(f"n{number}", 0), number + 1
        if isinstance(wire, TlvStream):
            here = at.plus(0)
            line = f"f{number} = () if {here} == size else decode_tlvs(frame, {here})"
            self._add(_Step(number, 1, at), line)
            return at, number + 1
        return self._read_octets(number, at)

    def _read_string(self, number: int, at: _Position, wire: CString) -> _Position:
        here, end = at.plus(0), f"n{number}"
        find = f"{end} = index('\\0', {here}, {at.plus(wire.size)})"
        if wire.may_be_absent:
            find += f" if {here} < size else {at.plus(-1)}"
        self._add(_Step(number, 1, at), find, f"f{number} = text[{here}:{end}]")
        return _Position(end, 1)

    def _read_octets(self, number: int, at: _Position) -> tuple[_Position, int]:
        """A run of one-octet integers in one slice; the length of an octet string is the last one of its run."""
        last = number
        while isinstance(self._fields[last].wire, UInt):
            last += 1
        ends_in_string = isinstance(self._fields[last].wire, Octets)
        targets = [f"f{n}" for n in range(number, last)] + ["length"] * ends_in_string
        step = _Step(number, len(targets), at)
        if len(targets) < 3:  # cheaper than a slice
            self._add(step, *(f"{name} = frame[{at.plus(n)}]" for n, name in enumerate(targets)))
        else:
            self._add(step, f"{', '.join(targets)} = frame[{at.plus(0)}:{at.plus(len(targets))}]")
        if not ends_in_string:
            return at.after(len(targets)), last
        body, end = at.after(len(targets)), f"n{last}"
        self._add(
            _Step(last, 1, body.after(-1)),
            f"{end} = {body.plus(0)} + length",
            f"if {end} > size: raise IndexError",
            f"f{last} = frame[{body.plus(0)}:{end}]",
        )
        return _Position(end, 0), last + 1


def make_encoder(pdu_type: type[Pdu], *, with_tlvs: bool = True) -> Encoder:
    """Generate the encoder of a PDU class; without TLVs it is one for peers at 3.3, and leaves them out."""
    fields = fields_of(pdu_type)
    command = command_id(pdu_type)

    def fault(pdu: Pdu, error: Exception) -> ValueError:
        for (name, wire), value in zip(fields, pdu, strict=True):
            if reason := wire.fault(value):
                return ValueError(f"{command.name.lower()}.{name}: {reason}")
        return ValueError(f"{command.name.lower()}: {error}")

    names: dict[str, Any] = {"pack": HEADER.pack, "encode_tlvs": encode_tlvs, "fault": fault}
    names |= {f"write{n}": make_writer(wire) for n, (_, wire) in enumerate(fields) if isinstance(wire, Group)}
    encoder: Encoder = _compiled("encode", _encoder_lines(fields, command, with_tlvs=with_tlvs), command.name, names)
    return encoder


def _encoder_lines(fields: tuple[Field, ...], command: int, *, with_tlvs: bool) -> list[str]:
    """All strings and integers go through one `%` format in the text domain, where an octet is a Latin-1 character."""
    guards, terms = [], []
    template, arguments = "", ""
    for number, (_, wire) in enumerate(fields):
        value = f"f{number}"
        if isinstance(wire, CString):
            guards.append(f"  if len({value}) >= {wire.size} or '\\0' in {value}: raise ValueError")
            template, arguments = template + "%s\0", f"{arguments}{value}, "
            continue
        if isinstance(wire, UInt):
            template, arguments = template + "%c", f"{arguments}{value}, "
            continue
        if isinstance(wire, Octets):
            template, arguments = template + "%c", f"{arguments}len({value}), "
        if template:
            terms.append(f"({template!r} % ({arguments})).encode('latin-1')")
        template, arguments = "", ""
        terms.append(_term(wire, number, with_tlvs=with_tlvs))
    values = "".join(f"f{number}, " for number in range(len(fields)))
    return [
        "def encode(pdu, sequence_number, command_status):",
        " try:",
        f"  {values} = pdu",
        *guards,
        f"  body = {' + '.join(terms)}",
        f"  return pack({HEADER_SIZE} + len(body), {int(command)}, command_status, sequence_number) + body",
        " except Exception as error:",
        "  raise fault(pdu, error) from None",
    ]


def _term(wire: Octets | Group | TlvStream, number: int, *, with_tlvs: bool) -> str:
    """What writes a field that is no string and no integer."""
    value = f"f{number}"
    if isinstance(wire, Octets):
        return value
    if isinstance(wire, Group):
        return f"write{number}({value})"
    return f"(encode_tlvs({value}) if {value} else b'')" if with_tlvs else "b''"


def _compiled(name: str, lines: list[str], origin: str, names: Mapping[str, Any]) -> Any:
    """Run generated source and hand out the function it defines; `origin` shows up in tracebacks."""
    namespace = dict(names)
    exec(compile("\n".join(lines), f"<{name} {origin.lower()}>", "exec"), namespace)  # noqa: S102 - our own text, no input in it
    return namespace[name]
