"""The formats a model can be exported in: one row each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from effnet_studio.engine.export import openvino_door, writers
from effnet_studio.engine.export.certificate.record import ExportFormat
from effnet_studio.engine.export.converters.coreml import unopenable
from effnet_studio.engine.export.converters.environment import available, cost, installed
from effnet_studio.engine.export.converters.kinds import ConverterKind
from effnet_studio.engine.export.draft import Draft, Made
from effnet_studio.engine.export.preflight import Needs
from effnet_studio.engine.messages import Message, msg

if TYPE_CHECKING:
    from pathlib import Path

    from effnet_studio.engine.export.runtimes.base import OpenRuntime


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
        unopenable: Why a file can be made but not opened, and so not compared with the app, on
            this computer; None: it can.
        also: Endings of the model's other files, which have its name.
        notes_beside: Whether what it is to say about itself lies beside it.
        is_folder: Whether a model is a folder, not a file.
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
    unopenable: Callable[[], Message | None] = _nothing
    also: tuple[str, ...] = ()
    notes_beside: bool = False
    is_folder: bool = False

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


def _installs(kind: ConverterKind) -> Message | None:
    return None if installed(kind) else cost(kind)


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
            write=writers.write_whole,
            open=writers.open_onnx,
        ),
        FormatSpec(
            format=ExportFormat.ONNX_INT8,
            title=msg("ONNX, 8-bit"),
            about=msg(
                "About a quarter to a third of the size; some answers may change, within what you "
                "allow."
            ),
            suffix=".onnx",
            ending="-int8",
            exact=False,
            write=writers.write_int8,
            open=writers.open_onnx,
            needs=Needs(copies=4, calibrates=True),
        ),
        FormatSpec(
            format=ExportFormat.ONNX_FP16,
            title=msg("ONNX, half precision"),
            about=msg("Half the size; probabilities may differ in the third decimal."),
            suffix=".onnx",
            ending="-fp16",
            exact=False,
            write=writers.write_half,
            open=writers.open_onnx,
        ),
        FormatSpec(
            format=ExportFormat.ONNX_TENSOR,
            title=msg("ONNX, the network alone"),
            about=msg("Prepared images in, raw scores out, for those who do the rest themselves."),
            suffix=".onnx",
            ending="-tensor",
            exact=True,
            write=writers.write_tensor,
            open=writers.open_onnx,
        ),
        FormatSpec(
            format=ExportFormat.OPENVINO,
            title=msg("OpenVINO"),
            about=msg("For Intel's and AMD's processors; gives exactly the app's answers."),
            suffix=".xml",
            also=(".bin",),
            ending="-openvino",
            exact=True,
            write=writers.write_openvino,
            open=writers.open_openvino,
            needs=Needs(copies=3),
            unavailable=openvino_door.unavailable,
        ),
        FormatSpec(
            format=ExportFormat.OPENVINO_INT8,
            title=msg("OpenVINO, 8-bit"),
            about=msg(
                "About a quarter to a third of the size, fast in batches; some answers may change, "
                "within what you allow."
            ),
            suffix=".xml",
            also=(".bin",),
            ending="-openvino-int8",
            exact=False,
            write=writers.write_openvino_int8,
            open=writers.open_openvino,
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
            write=writers.write_litert,
            open=writers.open_litert,
            needs=Needs(copies=4),
            unavailable=partial(available, ConverterKind.LITERT),
            installs=partial(_installs, ConverterKind.LITERT),
            notes_beside=True,
        ),
        FormatSpec(
            format=ExportFormat.LITERT_INT8,
            title=msg("LiteRT, 8-bit"),
            about=msg(
                "About a quarter to a third of the size; some answers may change, within what you "
                "allow."
            ),
            suffix=".tflite",
            ending="-int8",
            exact=False,
            write=writers.write_litert_int8,
            open=writers.open_litert,
            needs=Needs(copies=6, calibrates=True),
            unavailable=partial(available, ConverterKind.LITERT),
            installs=partial(_installs, ConverterKind.LITERT),
            notes_beside=True,
        ),
        FormatSpec(
            format=ExportFormat.EXECUTORCH,
            title=msg("ExecuTorch"),
            about=msg("PyTorch's own format for telephones; gives exactly the app's answers."),
            suffix=".pte",
            ending="",
            exact=True,
            write=writers.write_executorch,
            open=writers.open_executorch,
            needs=Needs(copies=4),
            notes_beside=True,
            unavailable=partial(available, ConverterKind.EXECUTORCH),
            installs=partial(_installs, ConverterKind.EXECUTORCH),
        ),
        FormatSpec(
            format=ExportFormat.COREML,
            title=msg("Core ML"),
            about=msg("Apple's own format, for apps on iPhones, iPads and Macs."),
            suffix=".mlpackage",
            ending="",
            exact=True,
            write=writers.write_coreml,
            open=writers.open_coreml,
            needs=Needs(copies=4),
            notes_beside=True,
            is_folder=True,
            unavailable=partial(available, ConverterKind.COREML),
            installs=partial(_installs, ConverterKind.COREML),
            unopenable=unopenable,
        ),
        FormatSpec(
            format=ExportFormat.PYTORCH,
            title=msg("PyTorch"),
            about=msg("A program that opens without our code, and its weights as safetensors."),
            suffix=".pt2",
            also=(".safetensors",),
            ending="",
            exact=True,
            write=writers.write_program,
            open=writers.open_program,
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
