"""What an ONNX file holds besides its weights: a hundredth of it, and all that has to be judged.

The file is a protocol buffer: fields of a number, a kind and a value, messages within messages
(https://protobuf.dev/programming-guides/encoding). Reading hundreds of megabytes of weights only to
look at the operators would double the time to open a model, and take twice their memory.
"""

from __future__ import annotations

import os
from typing import BinaryIO, Final

from effnet_studio.engine.models.varint import varint

_WEIGHTS: Final = (7, 5, 9)
"""Numbers of the fields that lead to the weights in ``onnx.proto``: the model's graph, the graph's
initializer, the tensor's raw_data."""

_SMALL: Final = 1024
"""Bytes of weights that are kept: shapes and other constants that mean something."""

_VARINT, _EIGHT_BYTES, _SIZED, _FOUR_BYTES = 0, 1, 2, 5
_FIXED: Final = {_EIGHT_BYTES: 8, _FOUR_BYTES: 4}


def outline(stream: BinaryIO) -> bytes:
    """Read a model without its weights.

    Everything else is copied as it stands, so that whatever understands protocol buffers finds the
    same in it as in the file.

    Args:
        stream: The file, open for reading at its beginning.

    Returns:
        The same model, with no ``raw_data`` in the initializers of its graph beyond 1 KB.

    Raises:
        ValueError: If this is no protocol buffer, or cut short.
        OSError: If it cannot be read.
    """
    return _message(stream, os.fstat(stream.fileno()).st_size, _WEIGHTS)


def _message(stream: BinaryIO, end: int, path: tuple[int, ...]) -> bytes:
    """Copy a message.

    Args:
        stream: At the message's first byte.
        end: The byte behind its last.
        path: Fields that lead from here to the weights.
    """
    copied = bytearray()
    while stream.tell() < end:
        tag, raw = _varint(stream)
        number, kind = tag >> 3, tag & 7
        copied += raw
        if not 0 < number < 2**29:
            raise ValueError("a field without a number")
        if kind == _VARINT:
            copied += _varint(stream)[1]
        elif kind in _FIXED:
            copied += _bytes(stream, _FIXED[kind], end)
        elif kind != _SIZED:
            raise ValueError("a field of an outdated kind")
        else:
            copied += _sized(stream, end, path[1:] if number == path[0] else None)
    if stream.tell() != end:
        raise ValueError("a field goes beyond its message")
    return bytes(copied)


def _sized(stream: BinaryIO, end: int, path: tuple[int, ...] | None) -> bytes:
    """Copy a value with its length in front.

    Args:
        stream: At its length.
        end: The byte behind the message's last.
        path: Fields that lead from here to the weights, none if it is them; None: it is not on
            the way.
    """
    length, raw = _varint(stream)
    stop = stream.tell() + length
    if stop > end:
        raise ValueError("a field goes beyond its message")
    if path:
        inner = _message(stream, stop, path)
        return varint(len(inner)) + inner
    if path is not None and length > _SMALL:
        stream.seek(stop)
        return varint(0)
    return raw + _bytes(stream, length, end)


def _bytes(stream: BinaryIO, length: int, end: int) -> bytes:
    if stream.tell() + length > end:
        raise ValueError("a field goes beyond its message")
    found = stream.read(length)
    if len(found) != length:
        raise ValueError("the file is cut short")
    return found


def _varint(stream: BinaryIO) -> tuple[int, bytes]:
    """A number in groups of seven bits, the lowest first, and its bytes."""
    raw = bytearray()
    value = 0
    while len(raw) < 10:
        byte = stream.read(1)
        if not byte:
            raise ValueError("the file is cut short")
        raw += byte
        value |= (byte[0] & 0x7F) << (7 * (len(raw) - 1))
        if byte[0] < 0x80:
            return value, bytes(raw)
    raise ValueError("a number without end")
