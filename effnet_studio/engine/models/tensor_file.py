"""Tensors written to a file while other threads go on."""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING

from safetensors import SafetensorError
from safetensors.torch import save_file

from effnet_studio.engine.atomic import umask

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from torch import Tensor


def write_tensors(
    path: Path, tensors: Mapping[str, Tensor], metadata: Mapping[str, str] | None = None
) -> None:
    """Write tensors as a safetensors file.

    ``safetensors.torch.save``, which gives the bytes, holds Python's lock meanwhile: 40 ms for each
    100 MB, in which a window stands still.

    Args:
        path: File to write; a hidden one beside it, whose name begins with ``.tmp``, until it is
            whole.
        tensors: On the CPU, contiguous, by name; no two share memory.
        metadata: What the file says about itself.

    Raises:
        OSError: If it cannot be written.
    """
    try:
        save_file(dict(tensors), path, None if metadata is None else dict(metadata))
    except SafetensorError as error:
        system = _system_error(error)
        if system is None:
            raise
        raise system from error
    path.chmod(0o666 & ~umask())  # the library lets nobody else read it


def _system_error(error: SafetensorError) -> OSError | None:
    """What the system said, which the library tells in its text only: ``... (os error 28)``."""
    number = re.search(r"\(os error (\d+)\)", str(error))
    if number is None:
        return None
    code = int(number[1])
    if sys.platform == "win32":
        return OSError(0, str(error), None, code)  # its own numbers; Python knows what they mean
    return OSError(code, os.strerror(code))
