"""Numbers as Protocol Buffers write them."""

from __future__ import annotations


def varint(number: int) -> bytes:
    """Write a number in groups of seven bits, the lowest first (Protocol Buffers, Encoding).

    Args:
        number: Not negative.

    Returns:
        Its bytes; all but the last have their highest bit set.
    """
    found = bytearray()
    while number > 0x7F:
        found.append(number & 0x7F | 0x80)
        number >>= 7
    found.append(number)
    return bytes(found)
