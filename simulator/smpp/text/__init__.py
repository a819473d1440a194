"""Text in short messages: alphabets, national tables, packing, data_coding, and how a text divides into messages.

The names that the rest of the project uses; see the modules for what each owns.
"""

from simulator.smpp.text.coding import EncodedText, decode_parts, decode_text, encode_as, encode_text
from simulator.smpp.text.data_coding import DATA_CODINGS, UCS2, Alphabet, DataCoding, Waiting, WaitingKind, alphabet_of
from simulator.smpp.text.gsm import Languages
from simulator.smpp.text.segments import (
    ReferenceBits,
    encoded_segment_count,
    is_gsm,
    segment_count,
    split_text,
    units,
)

__all__ = [
    "DATA_CODINGS",
    "UCS2",
    "Alphabet",
    "DataCoding",
    "EncodedText",
    "Languages",
    "ReferenceBits",
    "Waiting",
    "WaitingKind",
    "alphabet_of",
    "decode_parts",
    "decode_text",
    "encode_as",
    "encode_text",
    "encoded_segment_count",
    "is_gsm",
    "segment_count",
    "split_text",
    "units",
]
