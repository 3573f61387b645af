"""The formats a model can be exported in: one row each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from effnet_studio.engine.export import openvino_door
from effnet_studio.engine.export.certificate.record import ExportFormat
from effnet_studio.engine.export.draft import Draft, Made
from effnet_studio.engine.export.preflight import Needs
from effnet_studio.engine.messages import Message, msg

if TYPE_CHECKING:
    from pathlib import Path

    from effnet_studio.engine.export.runtimes.base import OpenRuntime, Runtime


def _nothing() -> Message | None:
    return None


_USUAL: Final = Needs()


@dataclass(frozen=True)
class FormatSpec:
    """A format.

    Attributes:
        format: Its name.
        title: What people call it.
        about: Whom it is for, in a sentence.
        suffix: Ends its file's name.
        ending: Tells its file from those of the others, before the suffix.
        exact: Whether it must give the app's probabilities; others may lose what is allowed.
        write: Writes a file.
        open: Opens one in the program it was made for.
        needs: What making it takes.
        unavailable: Why it cannot be made on this computer; None: it can.
        installs: What has to be installed before its first file, in words; None: nothing. The
            export does it.
        also: Endings of the model's other files, which have its name.
        notes_beside: Whether what it is to say about itself lies beside it.
    """

    format: ExportFormat
    title: Message
    about: Message
    suffix: str
    ending: str
    exact: bool
    write: Callable[[Draft], Made]
    open: OpenRuntime
    needs: Needs = _USUAL
    unavailable: Callable[[], Message | None] = _nothing
    installs: Callable[[], Message | None] = _nothing
    also: tuple[str, ...] = ()
    notes_beside: bool = False

    def files(self, file: Path) -> list[Path]:
        """All files of a model.

        Args:
            file: The model, as the format's writer was given it.

        Returns:
            Those that exist, in order.
        """
        if file.is_dir():
            return sorted(path for path in file.rglob("*") if path.is_file())
        return [
            path for end in (self.suffix, *self.also) if (path := file.with_suffix(end)).exists()
        ]


def _write_whole(draft: Draft) -> Made:
    draft.write_whole(draft.network())
    return Made()


def _write_tensor(draft: Draft) -> Made:
    from effnet_studio.engine.export.graph.network import write_graph

    write_graph(draft.network(), draft.file, draft.metadata)
    return Made()


def _write_half(draft: Draft) -> Made:
    from effnet_studio.engine.export.graph.half import half_model

    draft.write_whole(half_model(draft.network()))
    return Made("fp16")


def _write_int8(draft: Draft) -> Made:
    import onnx

    from effnet_studio.engine.export.int8.write import write_int8

    made = write_int8(draft)
    draft.write_whole(onnx.load(made.file))
    return Made(made.recipe, made.attempts)


def _write_openvino(draft: Draft) -> Made:
    from effnet_studio.engine.export.graph.openvino_ir import write_openvino

    write_openvino(draft.network_file, draft.file, draft.metadata)
    return Made()


def _write_openvino_int8(draft: Draft) -> Made:
    from effnet_studio.engine.export.int8.openvino_search import write_openvino_int8

    made = write_openvino_int8(draft)
    for ending in (".bin", ".xml"):
        made.file.with_suffix(ending).replace(draft.file.with_suffix(ending))
    return Made(made.recipe, made.attempts)


def _open_openvino(file: Path, *, threads: int | None = None) -> Runtime:
    from effnet_studio.engine.export.runtimes.openvino_ir import open_openvino

    return open_openvino(file, threads=threads)


def _write_litert(draft: Draft) -> Made:
    from effnet_studio.engine.export.converters.litert import write_litert

    return write_litert(draft)


def _write_litert_int8(draft: Draft) -> Made:
    from effnet_studio.engine.export.converters.litert import write_litert_int8

    return write_litert_int8(draft)


def _open_litert(file: Path, *, threads: int | None = None) -> Runtime:
    from effnet_studio.engine.export.runtimes.litert import open_litert

    return open_litert(file, threads=threads)


def _no_litert() -> Message | None:
    from effnet_studio.engine.export.converters.environment import available
    from effnet_studio.engine.export.converters.kinds import ConverterKind

    return available(ConverterKind.LITERT)


def _install_litert() -> Message | None:
    from effnet_studio.engine.export.converters.environment import cost, installed
    from effnet_studio.engine.export.converters.kinds import ConverterKind

    return None if installed(ConverterKind.LITERT) else cost(ConverterKind.LITERT)


def _write_program(draft: Draft) -> Made:
    from effnet_studio.engine.export.graph.torch_program import (
        WEIGHTS_SUFFIX,
        export_program,
        export_weights,
    )

    with draft.app.exclusive() as model:
        export_program(model, draft.file, size=draft.app.preprocess.size, notes=draft.metadata)
        export_weights(model, draft.file.with_suffix(WEIGHTS_SUFFIX), notes=draft.metadata)
    return Made()


def _open_program(file: Path, *, threads: int | None = None) -> Runtime:
    from effnet_studio.engine.export.runtimes.torch_program import open_torch_program

    return open_torch_program(file, threads=threads)


def _open_onnx(file: Path, *, threads: int | None = None) -> Runtime:
    from effnet_studio.engine.export.runtimes.onnx_file import open_onnx

    return open_onnx(file, threads=threads)


FORMATS: Final = {
    spec.format: spec
    for spec in (
        FormatSpec(
            format=ExportFormat.ONNX,
            title=msg("ONNX, full precision"),
            about=msg("Takes images as they are and gives exactly the app's answers."),
            suffix=".onnx",
            ending="",
            exact=True,
            write=_write_whole,
            open=_open_onnx,
        ),
        FormatSpec(
            format=ExportFormat.ONNX_INT8,
            title=msg("ONNX, 8-bit"),
            about=msg(
                "About a quarter of the size; some answers may change, within what you allow."
            ),
            suffix=".onnx",
            ending="-int8",
            exact=False,
            write=_write_int8,
            open=_open_onnx,
            needs=Needs(copies=4, calibrates=True),
        ),
        FormatSpec(
            format=ExportFormat.ONNX_FP16,
            title=msg("ONNX, half precision"),
            about=msg("Half the size; probabilities may differ in the third decimal."),
            suffix=".onnx",
            ending="-fp16",
            exact=False,
            write=_write_half,
            open=_open_onnx,
        ),
        FormatSpec(
            format=ExportFormat.ONNX_TENSOR,
            title=msg("ONNX, the network alone"),
            about=msg("Prepared images in, raw scores out, for those who do the rest themselves."),
            suffix=".onnx",
            ending="-tensor",
            exact=True,
            write=_write_tensor,
            open=_open_onnx,
        ),
        FormatSpec(
            format=ExportFormat.OPENVINO,
            title=msg("OpenVINO"),
            about=msg("Runs fastest on many processors; gives exactly the app's answers."),
            suffix=".xml",
            also=(".bin",),
            ending="-openvino",
            exact=True,
            write=_write_openvino,
            open=_open_openvino,
            needs=Needs(copies=3),
            unavailable=openvino_door.unavailable,
        ),
        FormatSpec(
            format=ExportFormat.OPENVINO_INT8,
            title=msg("OpenVINO, 8-bit"),
            about=msg("The fastest and a quarter of the size, within what you allow."),
            suffix=".xml",
            also=(".bin",),
            ending="-openvino-int8",
            exact=False,
            write=_write_openvino_int8,
            open=_open_openvino,
            needs=Needs(copies=6, calibrates=True),
            unavailable=openvino_door.unavailable,
        ),
        FormatSpec(
            format=ExportFormat.LITERT,
            title=msg("LiteRT"),
            about=msg("For telephones and small computers, formerly TensorFlow Lite."),
            suffix=".tflite",
            ending="",
            exact=True,
            write=_write_litert,
            open=_open_litert,
            needs=Needs(copies=4),
            unavailable=_no_litert,
            installs=_install_litert,
            notes_beside=True,
        ),
        FormatSpec(
            format=ExportFormat.LITERT_INT8,
            title=msg("LiteRT, 8-bit"),
            about=msg("A quarter of the size; some answers may change, within what you allow."),
            suffix=".tflite",
            ending="-int8",
            exact=False,
            write=_write_litert_int8,
            open=_open_litert,
            needs=Needs(copies=6, calibrates=True),
            unavailable=_no_litert,
            installs=_install_litert,
            notes_beside=True,
        ),
        FormatSpec(
            format=ExportFormat.PYTORCH,
            title=msg("PyTorch"),
            about=msg("A program that opens without our code, and its weights as safetensors."),
            suffix=".pt2",
            also=(".safetensors",),
            ending="",
            exact=True,
            write=_write_program,
            open=_open_program,
            needs=Needs(copies=3),
        ),
    )
}
"""In the order in which they are offered."""


def spec_of(name: ExportFormat) -> FormatSpec:
    """The row of a format.

    Args:
        name: The format.
    """
    return FORMATS[name]
