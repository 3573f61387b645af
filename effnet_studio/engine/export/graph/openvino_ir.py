"""From a network to OpenVINO's own files, for Intel's and AMD's processors.

Resizing stays outside. OpenVINO computes double precision in single on processors, so that the
app's resize as operators (:mod:`.image_graph`) would be off by up to two levels in one value of a
hundred; it would also be compiled anew for every size of picture, and each kept in memory. Pillow
does it in the program beside the file, bit for bit as in the app. All that follows is inside.
"""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import onnx
from onnx import TensorProto, helper

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.errors import ExportError
from effnet_studio.engine.export.graph.image_graph import GraphWriter, write_normalize
from effnet_studio.engine.export.graph.image_model import wrapped
from effnet_studio.engine.export.openvino_door import load_openvino
from effnet_studio.engine.helper import Helper, HelperFailedError
from effnet_studio.engine.messages import msg
from effnet_studio.engine.models.onnx_weights import write_model
from effnet_studio.engine.predict.onnx_metadata import read_metadata
from effnet_studio.engine.predict.whole_model import IMAGE_NAME, network_in

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from effnet_studio.engine.predict.reject_option import RejectOption
    from effnet_studio.engine.preprocess import Preprocess


def write_openvino(
    source: Path | onnx.ModelProto,
    out: Path,
    entries: Mapping[str, str],
    cancel: CancelToken | None = None,
) -> None:
    """Write a graph as OpenVINO's pair of files, in a process of its own.

    OpenVINO holds Python's lock while it writes (0.1 s for ResNet-50), in which no other thread
    goes on and a window stands still.

    The model takes prepared pictures, uint8, shape (batch, size, size, 3), and gives
    ``probabilities``, ``certainty`` and ``none_of_these`` as whole ONNX files do.

    Args:
        source: An ONNX graph of this app, or its file, in 32 or 8 bits: a whole one or a network
            alone.
        out: The ``.xml`` to write; the weights lie beside it in a ``.bin`` of the same name.
        entries: What the model is to say about itself, as from
            :func:`~effnet_studio.engine.predict.onnx_metadata.write_metadata`; kept in the
            ``.xml`` as ``rt_info``.
        cancel: Ends the process.

    Raises:
        ExportError: If OpenVINO is missing or cannot read the graph.
        OSError: If the files cannot be written, or no process can be started.
        Cancelled: If the job was asked to stop.
    """
    load_openvino()  # it is said here what stands in the way
    notes = read_metadata(entries)
    if notes is None:
        raise ValueError("the entries do not say what the model's classes are")
    with contextlib.ExitStack() as stack:
        if isinstance(source, onnx.ModelProto):
            folder = stack.enter_context(
                tempfile.TemporaryDirectory(dir=out.parent, ignore_cleanup_errors=True)
            )
            file = Path(folder) / "graph.onnx"
            write_model(source, file)
        else:
            file = source
        helper = stack.enter_context(Helper("openvino", _writing))
        try:
            order = _Order(file, out, dict(entries), notes.preprocess, notes.reject)
            reason = helper.ask(order, cancel or CancelToken())
        except HelperFailedError as error:
            reason = str(error)
    if reason is not None:
        raise ExportError(
            msg("OpenVINO could not take the model: {reason}.", reason=reason),
            hint=msg("Please report this with the model's name."),
        )


class _Order(NamedTuple):
    source: Path
    out: Path
    entries: dict[str, str]
    preprocess: Preprocess
    reject: RejectOption | None


def _writing() -> Callable[[_Order], str | None]:
    """Get ready to write; see :class:`~effnet_studio.engine.helper.Helper`.

    Returns:
        Writes the files; gives what OpenVINO says against it.
    """
    openvino = load_openvino()

    def write(order: _Order) -> str | None:
        network = network_in(onnx.load(order.source))
        proto = picture_model(network, order.preprocess, order.reject)
        del proto.metadata_props[:]  # they would be kept twice
        try:
            model = openvino.Core().read_model(proto.SerializeToString())
            for key, value in order.entries.items():
                model.set_rt_info(value, [key])
            for number, node in enumerate(model.get_ordered_ops()):
                if node.get_type_name() not in {"Parameter", "Result"}:
                    # Its own names count on through a process: the same model gave different files.
                    node.set_friendly_name(f"{node.get_type_name()}_{number}")
            openvino.save_model(model, order.out, compress_to_fp16=False)
        except RuntimeError as error:
            # Where it happened comes first.
            return str(error).strip().splitlines()[-1].rstrip(".")
        return None

    return write


def picture_model(
    network: onnx.ModelProto, preprocess: Preprocess, reject: RejectOption | None = None
) -> onnx.ModelProto:
    """Put the app's normalisation before a network, and its probabilities and verdict behind it.

    Args:
        network: From normalised images to raw scores; it is left as it is.
        preprocess: What the app does with a picture.
        reject: When the verdict is "none of these"; None: never.

    Returns:
        Takes pictures that are resized and cropped, uint8, shape (batch, size, size, 3).
    """
    before = GraphWriter("preprocess_")
    levels = before.add("Cast", [IMAGE_NAME], to=TensorProto.FLOAT)
    result = write_normalize(
        before, before.add("Transpose", [levels], perm=[0, 3, 1, 2]), preprocess
    )
    size = preprocess.size
    port = helper.make_tensor_value_info(IMAGE_NAME, TensorProto.UINT8, ["batch", size, size, 3])
    return wrapped(network, before, result, port, reject)
