"""PyTorch's exporter in a process of its own.

It computes in Python for many seconds. A window that shares Python's lock with it takes twice as
long for everything, and would walk the hundred thousand objects that it leaves in each collection.
"""

from __future__ import annotations

import contextlib
import importlib
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import torch

from effnet_studio.engine.atomic import storage_errors
from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.errors import ExportError, ModelError
from effnet_studio.engine.helper import Helper, HelperFailedError
from effnet_studio.engine.messages import msg
from effnet_studio.engine.torchvision_compat import import_torchvision

if TYPE_CHECKING:
    from torch import nn

Write = Callable[["nn.Module", Path], None]
"""Writes a network to a file; a function of some module, or a ``functools.partial`` of one."""


class _Order(NamedTuple):
    write: Write
    network: Path
    out: Path


def export_apart(
    write: Write, model: nn.Module, out: Path, *, cancel: CancelToken | None = None
) -> None:
    """Have a network written in a process of its own.

    Args:
        write: :func:`~.network.export_graph` or :func:`~.torch_program.export_program`, with all it
            takes beside the network and the file.
        model: The network; it is left as it is.
        out: File to write.
        cancel: Ends the process.

    Raises:
        ExportError: As ``write`` does, or if the process fails.
        StorageError: If the disk is full or the folder cannot be written.
        OSError: If no process can be started.
        Cancelled: If the job was asked to stop.
    """
    with tempfile.TemporaryDirectory(dir=out.parent, ignore_cleanup_errors=True) as folder:
        network = Path(folder) / "network.pt"
        with storage_errors(network):
            torch.save(model, network)
        try:
            with Helper("exporter", _exporting) as helper:
                helper.ask(_Order(write, network, out), cancel or CancelToken())
        except HelperFailedError as error:
            raise ExportError(
                msg("The model could not be written: {reason}.", reason=str(error)),
                hint=msg("Please report this with the model's name."),
            ) from error


def _exporting() -> Callable[[_Order], None]:
    """Get ready to write; see :class:`~effnet_studio.engine.helper.Helper`."""
    importlib.import_module("torch.onnx")
    with contextlib.suppress(ModelError):  # the network may come from elsewhere
        import_torchvision("models")

    def write(order: _Order) -> None:
        model = torch.load(order.network, weights_only=False)  # of this app, a moment ago
        order.write(model, order.out)

    return write
