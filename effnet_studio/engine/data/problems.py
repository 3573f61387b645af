"""What an import has to say about single files and folders."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from effnet_studio.engine.messages import Message

ProblemKind = Literal["unreadable", "ignored", "warning"]
"""A picture that cannot be decoded, a file that is not looked at, or advice about a folder."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One remark.

    Attributes:
        path: The file or folder concerned.
        message: What is wrong with it.
        hint: What to do about it, if there is something.
        kind: What the remark means for the file.
    """

    path: Path
    message: Message
    hint: Message | None
    kind: ProblemKind = "unreadable"


def shown(path: Path | str) -> str:
    r"""A path or name as text that can be shown, written and encoded anywhere.

    Args:
        path: Perhaps with bytes that are no valid text, which Python keeps as lone surrogates.

    Returns:
        The same with such bytes written as ``\xNN``.
    """
    text = str(path)
    return (
        "".join(
            f"\\x{ord(letter) - 0xDC00:02x}" if 0xDC80 <= ord(letter) <= 0xDCFF else letter
            for letter in text
        )
        .encode("utf-8", "replace")
        .decode("utf-8")
    )
