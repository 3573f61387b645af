"""What writes and opens each format.

Each function imports what it needs when it is called: the table of the formats is read where
neither PyTorch nor a runtime may be imported.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from effnet_studio.engine.export.draft import Made

if TYPE_CHECKING:
    from pathlib import Path

    from effnet_studio.engine.export.draft import Draft
    from effnet_studio.engine.export.runtimes.base import Runtime


def write_whole(draft: Draft) -> Made:
    """An ONNX file in full precision."""
    draft.write_whole(draft.network())
    return Made()


def write_tensor(draft: Draft) -> Made:
    """An ONNX file of the network alone."""
    from effnet_studio.engine.export.graph.network import write_graph

    write_graph(draft.network(), draft.file, draft.metadata)
    return Made()


def write_half(draft: Draft) -> Made:
    """An ONNX file whose weights take 16 bits."""
    from effnet_studio.engine.export.graph.half import half_model

    draft.write_whole(half_model(draft.network()))
    return Made("fp16")


def write_int8(draft: Draft) -> Made:
    """An ONNX file in 8 bits."""
    import onnx

    from effnet_studio.engine.export.int8.write import write_int8 as search

    made = search(draft)
    draft.write_whole(onnx.load(made.file))
    return Made(made.recipe, made.attempts)


def write_openvino(draft: Draft) -> Made:
    """OpenVINO's files in full precision."""
    from effnet_studio.engine.export.graph import openvino_ir

    openvino_ir.write_openvino(draft.network_file, draft.file, draft.metadata, draft.cancel)
    return Made()


def write_openvino_int8(draft: Draft) -> Made:
    """OpenVINO's files in 8 bits."""
    from effnet_studio.engine.export.int8 import openvino_search

    made = openvino_search.write_openvino_int8(draft)
    for ending in (".bin", ".xml"):
        made.file.with_suffix(ending).replace(draft.file.with_suffix(ending))
    return Made(made.recipe, made.attempts)


def open_openvino(file: Path, *, threads: int | None = None) -> Runtime:
    """See :class:`~.runtimes.base.OpenRuntime`."""
    from effnet_studio.engine.export.runtimes import openvino_ir

    return openvino_ir.open_openvino(file, threads=threads)


def write_litert(draft: Draft) -> Made:
    """A LiteRT file in full precision."""
    from effnet_studio.engine.export.converters import litert

    return litert.write_litert(draft)


def write_litert_int8(draft: Draft) -> Made:
    """A LiteRT file in 8 bits."""
    from effnet_studio.engine.export.converters import litert

    return litert.write_litert_int8(draft)


def open_litert(file: Path, *, threads: int | None = None) -> Runtime:
    """See :class:`~.runtimes.base.OpenRuntime`."""
    from effnet_studio.engine.export.runtimes import litert

    return litert.open_litert(file, threads=threads)


def write_executorch(draft: Draft) -> Made:
    """An ExecuTorch file."""
    from effnet_studio.engine.export.converters import executorch

    return executorch.write_executorch(draft)


def open_executorch(file: Path, *, threads: int | None = None) -> Runtime:
    """See :class:`~.runtimes.base.OpenRuntime`."""
    from effnet_studio.engine.export.runtimes import executorch

    return executorch.open_executorch(file, threads=threads)


def write_coreml(draft: Draft) -> Made:
    """A Core ML package."""
    from effnet_studio.engine.export.converters import coreml

    return coreml.write_coreml(draft)


def open_coreml(file: Path, *, threads: int | None = None) -> Runtime:
    """See :class:`~.runtimes.base.OpenRuntime`."""
    from effnet_studio.engine.export.runtimes import coreml

    return coreml.open_coreml(file, threads=threads)


def write_program(draft: Draft) -> Made:
    """A program of PyTorch, and the weights."""
    from effnet_studio.engine.export.graph.torch_program import (
        WEIGHTS_SUFFIX,
        export_weights,
    )

    draft.write_program(draft.file)
    with draft.app.exclusive() as model:
        export_weights(model, draft.file.with_suffix(WEIGHTS_SUFFIX), notes=draft.metadata)
    return Made()


def open_program(file: Path, *, threads: int | None = None) -> Runtime:
    """See :class:`~.runtimes.base.OpenRuntime`."""
    from effnet_studio.engine.export.runtimes.torch_program import open_torch_program

    return open_torch_program(file, threads=threads)


def open_onnx(file: Path, *, threads: int | None = None) -> Runtime:
    """See :class:`~.runtimes.base.OpenRuntime`."""
    from effnet_studio.engine.export.runtimes import onnx_file

    return onnx_file.open_onnx(file, threads=threads)
