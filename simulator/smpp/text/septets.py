"""Septets in octets: the packing of 7-bit characters (3GPP TS 23.038, 6.1.2.1) and the fill bits behind a header.

Owns the bits. What a septet stands for is not known here.
"""


def fill_bits(header_size: int) -> int:
    """How many bits stay empty behind a user data header, so that the text begins on a septet (23.040, 9.2.3.24).

    `header_size` is in octets, the length octet included.
    """
    return -8 * header_size % 7


def pack(septets: bytes, fill: int = 0) -> bytes:
    """Write septets (one an octet, the eighth bit is not looked at) as octets, behind `fill` empty bits."""
    octets, held, bits = bytearray(), 0, fill
    for septet in septets:
        held |= (septet & 0x7F) << bits
        bits += 7
        if bits >= 8:
            octets.append(held & 0xFF)
            held >>= 8
            bits -= 8
    if septets and bits:
        octets.append(held)
    return bytes(octets)


def unpack(octets: bytes, fill: int = 0) -> bytes:
    """Read packed octets as septets, one an octet, leaving out the first `fill` bits.

    SMPP counts octets, so seven spare bits at the end cannot be told from an eighth septet of zero. They are taken as
    spare: a text that ends so is seven times in eight padded, and rarely ends in "@".
    """
    septets, held, bits = bytearray(), 0, -fill
    for octet in octets:
        held |= octet << (bits + fill)
        bits += 8
        if fill:
            held >>= fill
            fill = 0
        while bits >= 7:
            septets.append(held & 0x7F)
            held >>= 7
            bits -= 7
    if septets and bits == 0 and not septets[-1]:
        del septets[-1]
    return bytes(septets)
