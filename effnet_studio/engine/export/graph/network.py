"""From a trained network to an ONNX graph: any number of images in, raw scores out."""

from __future__ import annotations

import contextlib
import copy
import io
import logging
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import onnx
import torch
from torch import nn

from effnet_studio.engine.errors import ExportError
from effnet_studio.engine.messages import msg
from effnet_studio.engine.models.onnx_weights import check_model, write_model
from effnet_studio.engine.predict.onnx_metadata import PRODUCER
from effnet_studio.engine.predict.whole_model import INPUT_NAME, OUTPUT_NAME

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

OPSET = 18
"""What PyTorch's exporter writes natively; every runtime of the last years reads it."""

_NOISY_LOGGERS = ("root", "torch.onnx", "torch.export", "onnxscript", "onnx_ir")


def export_graph(model: nn.Module, path: Path, *, size: int, metadata: Mapping[str, str]) -> None:
    """Write a network as one self-contained ONNX file.

    Batch-norm is folded into the convolutions by the exporter's optimiser. Nothing about the
    machine it was made on goes into the file.

    Args:
        model: The network; it is copied and left as it is.
        path: File to write.
        size: Side of the input, pixels.
        metadata: What the file says about itself (``metadata_props``).

    Raises:
        ExportError: If the network cannot be written as ONNX.
    """
    # The memory layout that is fast in PyTorch would leave detours for Reshape in the graph.
    network = copy.deepcopy(model).to(device="cpu", memory_format=torch.contiguous_format).eval()  # type: ignore[call-overload]
    example = torch.zeros(2, 3, size, size)
    try:
        with quiet():
            program = torch.onnx.export(
                network,
                (example,),
                dynamo=True,
                opset_version=OPSET,
                input_names=[INPUT_NAME],
                output_names=[OUTPUT_NAME],
                dynamic_shapes=({0: torch.export.Dim("batch")},),
                external_data=False,
                verbose=False,
            )
    except (torch.onnx.OnnxExporterError, RuntimeError) as error:
        raise ExportError(
            msg("The model could not be written as ONNX: {reason}.", reason=_first_line(error)),
            hint=msg("Choose another model, and please report this with the model's name."),
        ) from error
    if program is None:
        raise ExportError(msg("The model could not be written as ONNX."))
    proto = program.model_proto
    strip_traces(proto)
    write_graph(proto, path, metadata)


def write_graph(proto: onnx.ModelProto, path: Path, metadata: Mapping[str, str]) -> None:
    """Check a graph and write it with its metadata into one file.

    Args:
        proto: The graph.
        path: File to write.
        metadata: Replaces what the graph said about itself before.

    Raises:
        ExportError: If the graph does not keep to the standard.
    """
    proto.producer_name = PRODUCER
    del proto.metadata_props[:]
    onnx.helper.set_model_props(proto, dict(metadata))
    try:
        check_model(proto)
    except (onnx.checker.ValidationError, onnx.shape_inference.InferenceError) as error:
        raise ExportError(
            msg("The exported graph is not valid ONNX: {reason}.", reason=_first_line(error)),
            hint=msg("Please report this with the model's name."),
        ) from error
    write_model(proto, path)


def strip_traces(proto: onnx.ModelProto) -> None:
    """Take out the exporter's notes: they hold file paths of the machine and a third of the nodes.

    Args:
        proto: The graph, changed in place.
    """
    graph = proto.graph
    for entry in (*graph.node, *graph.value_info, *graph.input, *graph.output, *graph.initializer):
        del entry.metadata_props[:]
        entry.doc_string = ""
    del graph.metadata_props[:]
    graph.doc_string = ""
    proto.doc_string = ""


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Keep the remarks of exporter and quantizer to developers away from users."""
    loggers = [logging.getLogger(name) for name in _NOISY_LOGGERS]
    levels = [logger.level for logger in loggers]
    try:
        for logger in loggers:
            logger.setLevel(logging.CRITICAL)
        with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
            warnings.simplefilter("ignore")
            yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")
