"""From a trained network to PyTorch's own files: a program without our code, and its weights."""

from __future__ import annotations

import copy
import io
from typing import TYPE_CHECKING, Final

import torch

from effnet_studio.engine.atomic import storage_errors
from effnet_studio.engine.errors import ExportError
from effnet_studio.engine.export.graph.network import quiet
from effnet_studio.engine.export.runtimes.notes import notes_text
from effnet_studio.engine.messages import msg
from effnet_studio.engine.models.tensor_file import write_tensors

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from torch import nn

PROGRAM_SUFFIX: Final = ".pt2"
"""Ends the name of a program (``torch.export``): the whole network, opened without its classes."""

WEIGHTS_SUFFIX: Final = ".safetensors"
"""Ends the name of the weights: the state dict, for those who have the architecture."""

NOTES_ENTRY: Final = "notes.json"
"""Name of the extra file inside a program that holds its notes (see :mod:`..runtimes.notes`)."""

_MAKERS_NOTES: Final = ("stack_trace", "source_fn_stack", "from_node", "custom")
"""What the exporter remembers of each step beside its result: where on this computer it comes
from."""


def export_program(model: nn.Module, path: Path, *, size: int, notes: Mapping[str, str]) -> None:
    """Write a network as one file that PyTorch opens without the network's source code.

    Normalised images, float32, shape (batch, 3, size, size), become raw scores, float32, shape
    (batch, classes), for any size of batch. Nothing about the machine it was made on goes into the
    file.

    Args:
        model: The network; it is copied and left as it is.
        path: File to write; its name ends in :data:`PROGRAM_SUFFIX`.
        size: Side of the input, pixels.
        notes: What the file says about itself, kept as its extra file :data:`NOTES_ENTRY`.

    Raises:
        ExportError: If the network cannot be written as a program.
        StorageError: If the disk is full or the folder cannot be written.
    """
    network = _plain_copy(model)
    shapes = ({0: torch.export.Dim("batch")},)
    try:
        with quiet():
            program = torch.export.export(
                network, (torch.zeros(2, 3, size, size),), dynamic_shapes=shapes, strict=False
            )
            for node in program.graph.nodes:
                for note in _MAKERS_NOTES:
                    node.meta.pop(note, None)
            content = io.BytesIO()  # PyTorch does not say what keeps it from writing a file
            torch.export.save(program, content, extra_files={NOTES_ENTRY: notes_text(notes)})
    except (RuntimeError, ValueError, TypeError) as error:
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")
        raise ExportError(
            msg("The model could not be written as a PyTorch program: {reason}.", reason=reason),
            hint=msg("Choose another model, and please report this with the model's name."),
        ) from error
    with storage_errors(path):
        path.write_bytes(content.getbuffer())


def export_weights(model: nn.Module, path: Path, *, notes: Mapping[str, str]) -> None:
    """Write the weights of a network under their names.

    Args:
        model: The network; it is left as it is.
        path: File to write; its name ends in :data:`WEIGHTS_SUFFIX`.
        notes: What the file says about itself, kept in its header.

    Raises:
        StorageError: If the disk is full or the folder cannot be written.
    """
    state = {
        name: tensor.detach().to(device="cpu").contiguous().clone()
        for name, tensor in model.state_dict().items()
    }
    with storage_errors(path):
        write_tensors(path, state, notes)


def _plain_copy(model: nn.Module) -> nn.Module:
    """On the CPU and in the usual memory layout: the fast one would leave detours in the graph."""
    network = copy.deepcopy(model)
    return network.to(device="cpu", memory_format=torch.contiguous_format).eval()  # type: ignore[call-overload,no-any-return]
