"""Pictures inside an address, as web pages hold small ones: ``data:image/png;base64,…``."""

from __future__ import annotations

import base64
import binascii
from urllib.parse import unquote_to_bytes

from effnet_studio.engine.errors import ImageError
from effnet_studio.engine.messages import msg

DATA_SCHEME = b"data:"
"""What such addresses begin with, in lower case."""


def decode_data_uri(uri: bytes) -> bytes:
    """Take the content out of a ``data:`` address (RFC 2397).

    Args:
        uri: The address as it stands in a page, ASCII.

    Returns:
        The content, whatever it is.

    Raises:
        ImageError: If it cannot be decoded.
    """
    head, comma, body = uri.partition(b",")
    if not comma or head[: len(DATA_SCHEME)].lower() != DATA_SCHEME:
        raise _damaged()
    if b"%" in body:
        body = unquote_to_bytes(body)
    if not head.lower().endswith(b";base64"):
        return body
    body = b"".join(body.split()).rstrip(b"=")
    body = body.replace(b"-", b"+").replace(b"_", b"/")
    try:
        return base64.b64decode(body + b"=" * (-len(body) % 4), validate=True)
    except binascii.Error as error:
        raise _damaged() from error


def _damaged() -> ImageError:
    return ImageError(
        msg("What the browser handed over is no picture, or was cut off."),
        hint=msg("Copy the image there (right click) and paste it here."),
    )
