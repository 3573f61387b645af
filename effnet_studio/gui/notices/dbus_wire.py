"""The few words of D-Bus that a desktop notification takes, as bytes.

QtDBus cannot send them from Python: ``Notify`` wants an unsigned 32-bit number, and PySide makes
every number a signed one; notification services refuse the call.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final

_STRING_CODES: Final = frozenset("so")
_NUMBERS: Final = {"y": "B", "b": "I", "n": "h", "q": "H", "i": "i", "u": "I", "x": "q", "t": "Q"}
_FIXED_HEAD: Final = 16
_ALIGNED: Final = 8
LARGEST: Final = 1 << 27
"""No message of the bus is longer."""


class Kind(IntEnum):
    """Types of messages."""

    CALL = 1
    ANSWER = 2
    ERROR = 3
    SIGNAL = 4


class Field(IntEnum):
    """Names of the fields of a head."""

    PATH = 1
    INTERFACE = 2
    MEMBER = 3
    REPLY_SERIAL = 5
    DESTINATION = 6
    SIGNATURE = 8


_CODES: Final = {
    Field.PATH: "o",
    Field.INTERFACE: "s",
    Field.MEMBER: "s",
    Field.REPLY_SERIAL: "u",
    Field.DESTINATION: "s",
    Field.SIGNATURE: "g",
}


@dataclass(frozen=True)
class BusMessage:
    """A message that came.

    Attributes:
        kind: Number of its type.
        fields: Of its head, by number.
        body: The arguments as far as they are plain numbers and texts.
    """

    kind: int
    fields: dict[int, object] = field(default_factory=dict)
    body: tuple[object, ...] = ()


class _Writer:
    """Collects bytes, each value at a multiple of its size."""

    def __init__(self) -> None:
        self.data = bytearray()

    def align(self, size: int) -> None:
        self.data += bytes(-len(self.data) % size)

    def number(self, code: str, value: int) -> None:
        packed = struct.pack("<" + _NUMBERS[code], value)
        self.align(len(packed))
        self.data += packed

    def string(self, text: str) -> None:
        raw = text.encode("utf-8")
        self.number("u", len(raw))
        self.data += raw + b"\0"

    def signature(self, text: str) -> None:
        self.data += bytes((len(text),)) + text.encode("ascii") + b"\0"

    def value(self, code: str, value: object) -> None:
        if isinstance(value, int):
            self.number(code, value)
        elif code == "g":
            self.signature(str(value))
        else:
            self.string(str(value))

    def array(self, inside: _Writer, aligned: int) -> None:
        """An array of what another writer holds; that began at a multiple of eight."""
        self.number("u", len(inside.data))
        self.align(aligned)
        self.data += inside.data


def write_call(
    serial: int,
    *,
    path: str,
    interface: str,
    member: str,
    destination: str,
    signature: str = "",
    body: bytes = b"",
) -> bytes:
    """A method call.

    Args:
        serial: Its number, by which the answer is known; not 0.
        path: Of the object.
        interface: Of the method.
        member: Name of the method.
        destination: Name of the service.
        signature: Types of the arguments.
        body: The arguments.

    Returns:
        The bytes to send.
    """
    values = {
        Field.PATH: path,
        Field.INTERFACE: interface,
        Field.MEMBER: member,
        Field.DESTINATION: destination,
    }
    if signature:
        values[Field.SIGNATURE] = signature
    fields = _Writer()
    for name, value in values.items():
        fields.align(_ALIGNED)
        fields.number("y", name)
        fields.signature(_CODES[name])
        fields.value(_CODES[name], value)
    head = _Writer()
    head.data += bytes((ord("l"), Kind.CALL, 0, 1))
    head.number("u", len(body))
    head.number("u", serial)
    head.array(fields, _ALIGNED)
    head.align(_ALIGNED)
    return bytes(head.data) + body


def string_body(text: str) -> bytes:
    """One text as arguments."""
    writer = _Writer()
    writer.string(text)
    return bytes(writer.data)


NOTIFY_SIGNATURE: Final = "susssasa{sv}i"


def notify_body(app: str, title: str, text: str, action: str) -> bytes:
    """The arguments of ``org.freedesktop.Notifications.Notify``.

    Args:
        app: Name of this program.
        title: One line.
        text: May be empty; simple markup, so ``&`` and ``<`` are written as in HTML.
        action: What a click on it does, in words.

    Returns:
        The bytes.
    """
    writer = _Writer()
    writer.string(app)
    writer.number("u", 0)  # replaces none
    for each in ("", title, text):
        writer.string(each)
    actions = _Writer()
    for each in ("default", action):
        actions.align(4)
        actions.string(each)
    writer.array(actions, 4)
    writer.array(_Writer(), _ALIGNED)  # no hints
    writer.number("i", -1)  # stays as long as the desktop likes
    return bytes(writer.data)


class _Reader:
    """Reads values, each from a multiple of its size."""

    def __init__(self, data: bytes, order: str, at: int = 0) -> None:
        self._data = data
        self._order = order
        self.at = at

    def align(self, size: int) -> None:
        self.at += -self.at % size

    def number(self, code: str) -> int:
        layout = self._order + _NUMBERS[code]
        self.align(struct.calcsize(layout))
        (found,) = struct.unpack_from(layout, self._data, self.at)
        self.at += struct.calcsize(layout)
        return int(found)

    def string(self, length: int) -> str:
        raw = self._data[self.at : self.at + length]
        self.at += length + 1
        return raw.decode("utf-8", errors="replace")

    def value(self, code: str) -> object:
        if code in _NUMBERS:
            return self.number(code)
        if code in _STRING_CODES:
            return self.string(self.number("u"))
        if code == "g":
            return self.string(self.number("y"))
        raise ValueError(f"values of type {code} are not read here")


def take_message(buffer: bytearray) -> BusMessage | None:
    """Take the first whole message out of what was received.

    Args:
        buffer: Received so far; what was read is removed from it.

    Returns:
        The message; None while it has not come whole.

    Raises:
        ValueError: If that is no message.
        struct.error: As ``ValueError``.
    """
    if len(buffer) < _FIXED_HEAD:
        return None
    order = {ord("l"): "<", ord("B"): ">"}.get(buffer[0])
    if order is None:
        raise ValueError("no message of the bus")
    body_length, _serial, fields_length = struct.unpack_from(order + "III", buffer, 4)
    fields_end = _FIXED_HEAD + fields_length
    body_at = fields_end + -fields_end % _ALIGNED
    whole = body_at + body_length
    if whole > LARGEST:
        raise ValueError("longer than a message may be")
    if len(buffer) < whole:
        return None
    data = bytes(buffer[:whole])
    del buffer[:whole]
    reader = _Reader(data, order, _FIXED_HEAD)
    fields: dict[int, object] = {}
    while reader.at < fields_end:
        reader.align(_ALIGNED)
        name = reader.number("y")
        fields[name] = reader.value(reader.string(reader.number("y")))
    return BusMessage(data[1], fields, _plain_body(data[body_at:], order, fields))


def _plain_body(body: bytes, order: str, fields: dict[int, object]) -> tuple[object, ...]:
    """The arguments up to the first that is no number or text."""
    reader, found = _Reader(body, order), []
    for code in str(fields.get(Field.SIGNATURE, "")):
        if code not in _NUMBERS and code not in _STRING_CODES:
            break
        found.append(reader.value(code))
    return tuple(found)
