"""What an ONNX file may contain before onnxruntime sees it: anybody may have made it.

A model is a program. ONNX lets it keep weights in other files, named by any path, and use operators
that come from libraries; onnxruntime reads such files while it opens the model. So the file is
parsed first without what lies outside of it, and refused by name if it reaches for more than the
standard operators and plain files beside it.
"""

from __future__ import annotations

import contextlib
import math
import stat
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final, TypeAlias

import onnx
from google.protobuf.message import DecodeError

from effnet_studio.engine.errors import ModelError
from effnet_studio.engine.messages import msg
from effnet_studio.engine.predict.onnx_outline import outline

if TYPE_CHECKING:
    from collections.abc import Iterator

    _Body: TypeAlias = onnx.GraphProto | onnx.FunctionProto

LARGEST_FILE: Final = 2**31 - 1
"""Bytes; protobuf itself takes no more. Larger models keep their weights beside the file."""

DOMAINS: Final = frozenset(
    {
        "",  # the same as ai.onnx
        "ai.onnx",
        "ai.onnx.ml",
        "com.microsoft",
        "com.microsoft.nchwc",
        "com.ms.internal.nhwc",
    }
)
"""Where operators may come from: the standard, and what onnxruntime itself implements and puts in
the files it optimises."""

_REFUSED: Final = frozenset({("com.microsoft", "EPContext")})
"""A program compiled for one accelerator, read from a path that no check of weights sees."""

_DEEPEST: Final = 32
"""Functions of a model that may call each other in a row; PyTorch's exporter needs about three."""

_MOST_OPERATORS: Final = 1_000_000
"""Operators when all functions are unfolded: forty that call each other twice would make 10^12."""

_BITS: Final = {"INT4": 4, "UINT4": 4, "FLOAT4E2M1": 4, "INT2": 2, "UINT2": 2}
"""Of types that share bytes; ``onnx`` gives whole bytes for them."""

_WHERE: Final = frozenset({"location", "offset", "length", "checksum"})
"""What may be said of weights in another file; onnxruntime knows more, which is checked nowhere."""

_NEVER_IN_NAMES: Final = frozenset('*?"<>|:\\\0')
"""Not in the names of files with weights: drives and folders of Windows, and the mark by which
onnxruntime takes a place in its own memory for a file (``*/_ORT_MEM_ADDR_/*``)."""


@dataclass(frozen=True, eq=False)
class CheckedFile:
    """A file that is safe to open.

    Attributes:
        path: As it was given.
        file: The file itself, links followed; other files belong beside this one.
        model: What it holds, without weights; see :func:`~.onnx_outline.outline`.
        state: Device, number, size and times of the file when it was read.
    """

    path: Path
    file: Path
    model: onnx.ModelProto
    state: tuple[int, ...]

    def whole_model(self) -> onnx.ModelProto:
        """Read the model with its weights; those in other files are not read.

        Raises:
            ModelError: If it cannot be read any more.
        """
        with _reading(self.path):
            model = onnx.ModelProto.FromString(self.file.read_bytes())
        self.require_unchanged()
        return model

    def require_unchanged(self) -> None:
        """Make sure that nobody put another file in its place since it was checked.

        Raises:
            ModelError: If somebody did.
        """
        try:
            same = _state(self.file) == self.state
        except OSError:
            same = False
        if not same:
            raise ModelError(
                msg("{name} was changed while it was being opened.", name=self.path.name),
                hint=msg("Wait until it is written, and open it again."),
                path=self.path,
            )


def check_file(path: Path) -> CheckedFile:
    """Read a file and make sure that opening it does nothing but compute.

    Args:
        path: The ``.onnx`` file.

    Returns:
        Its content.

    Raises:
        ModelError: If it is no model or damaged, larger than 2 GB, uses operators outside
            :data:`DOMAINS`, unfolds without end, or wants other files than plain ones beside it.
    """
    with _reading(path):
        file = path.resolve(strict=True)
        status = file.stat()
        if not stat.S_ISREG(status.st_mode):
            raise _damaged(path)
        if status.st_size > LARGEST_FILE:
            raise ModelError(
                msg("{name} is larger than 2 GB, the most an ONNX file can be.", name=path.name),
                hint=msg("Save the model with its weights in a file of their own beside it."),
                path=path,
            )
        state = _state(file)
        with file.open("rb") as stream:
            model = onnx.ModelProto.FromString(outline(stream))
    if not model.graph.node:
        raise _damaged(path)
    check_model(model, path)
    return CheckedFile(path, file, model, state)


@contextlib.contextmanager
def _reading(path: Path) -> Iterator[None]:
    """Say in words why a file cannot be read or understood."""
    try:
        yield
    except (OSError, RuntimeError, ValueError, DecodeError) as error:
        raise _damaged(path) from error
    except MemoryError as error:
        raise ModelError(
            msg("There is not enough memory to run this model."),
            hint=msg("Close other programs, or choose a smaller model or image size."),
            path=path,
        ) from error


def check_model(model: onnx.ModelProto, path: Path) -> None:
    """Make sure that a model keeps to the operators and files that are allowed.

    Args:
        model: With or without its weights; those in other files need not be read.
        path: Its file; other files are looked for beside it.

    Raises:
        ModelError: If it does not.
    """
    bodies: dict[_Name, list[_Name]] = {}
    for function in model.functions:  # those of one name, told apart by types, count as one
        bodies.setdefault((function.domain, function.name), []).extend(_operators(function))
    main = _operators(model.graph)
    for training in model.training_info:  # never run here, and not worth a rule of its own
        main += [*_operators(training.initialization), *_operators(training.algorithm)]
    for domain, name in {*main, *(name for body in bodies.values() for name in body)}:
        if not (_is_text(domain) and _is_text(name)):
            raise _damaged(path)
        strange = domain not in DOMAINS and (domain, name) not in bodies
        if strange or (domain, name) in _REFUSED:
            raise ModelError(
                msg(
                    "{name} uses the operator {operator}, which is not part of ONNX.",
                    name=path.name,
                    operator=f"{domain}.{name}".strip("."),
                ),
                hint=msg("Operators from other programs are never run; export the model without."),
                path=path,
            )
    _require_end(main, bodies, path)
    _check_weights(model, path)


_Name = tuple[str, str]
"""Domain and name of an operator or function."""


def _parts(body: _Body) -> Iterator[_Body]:
    """A graph or function, and all graphs inside its operators."""
    waiting = [body]
    while waiting:
        part = waiting.pop()
        yield part
        for attribute in _attributes(part):
            waiting.extend(attribute.graphs)
            if attribute.HasField("g"):
                waiting.append(attribute.g)


def _attributes(part: _Body) -> Iterator[onnx.AttributeProto]:
    if isinstance(part, onnx.FunctionProto):
        yield from part.attribute_proto
    for node in part.node:
        yield from node.attribute


def _operators(body: _Body) -> list[_Name]:
    return [(node.domain, node.op_type) for part in _parts(body) for node in part.node]


def _tensors(body: _Body) -> Iterator[onnx.TensorProto]:
    """All constants in a graph or function."""
    for part in _parts(body):
        sparse: list[onnx.SparseTensorProto] = []
        if isinstance(part, onnx.GraphProto):
            yield from part.initializer
            sparse += part.sparse_initializer
        for attribute in _attributes(part):
            yield attribute.t
            yield from attribute.tensors
            sparse += [attribute.sparse_tensor, *attribute.sparse_tensors]
        for each in sparse:
            yield from (each.values, each.indices)


def _require_end(main: list[_Name], bodies: dict[_Name, list[_Name]], path: Path) -> None:
    """Functions must not call themselves, nor multiply beyond all measure."""
    sizes: dict[_Name, int] = {}
    for _ in range(_DEEPEST):
        for name, body in bodies.items():
            if name not in sizes and all(used in sizes or used not in bodies for used in body):
                sizes[name] = _unfolded(body, sizes)
    if sizes.keys() != bodies.keys() or _unfolded(main, sizes) > _MOST_OPERATORS:
        raise ModelError(
            msg("{name} unfolds to more operators than any computer can hold.", name=path.name),
            hint=msg("Choose another file."),
            path=path,
        )


def _unfolded(body: list[_Name], sizes: dict[_Name, int]) -> int:
    return sum(sizes.get(name, 1) for name in body)


def _check_weights(model: onnx.ModelProto, path: Path) -> None:
    """Weights in other files must lie whole in plain files beside the model."""
    bodies: list[_Body] = [model.graph, *model.functions]
    for training in model.training_info:
        bodies += [training.initialization, training.algorithm]
    ends: dict[str, int] = {}
    for body in bodies:
        for tensor in _tensors(body):
            if tensor.data_location == onnx.TensorProto.EXTERNAL or tensor.external_data:
                location, end = _place(tensor, path)
                ends[location] = max(end, ends.get(location, 0))
    for location, end in ends.items():
        if end > file_beside(path, location).stat().st_size:
            raise ModelError(
                msg(
                    "The weights of {name} in {file} are cut short.", name=path.name, file=location
                ),
                hint=msg("Copy or download both files again."),
                path=path,
            )


def _place(tensor: onnx.TensorProto, path: Path) -> tuple[str, int]:
    """File of a tensor's values, and the byte behind its last."""
    about = {entry.key: entry.value for entry in tensor.external_data}
    numbers = [about.get("offset", "0"), about.get("length", "0")]
    location = about.get("location", "")
    known = len(about) == len(tensor.external_data) and about.keys() <= _WHERE
    plain = all(number.isascii() and number.isdigit() for number in numbers)
    if not known or not plain or not _is_text(location):
        raise _damaged(path)
    offset, length = map(int, numbers)
    return location, offset + max(length, _bytes_of(tensor, path))


def _is_text(value: object) -> bool:
    """Protobuf gives the bytes themselves where a text is not in UTF-8."""
    return isinstance(value, str)


def _bytes_of(tensor: onnx.TensorProto, path: Path) -> int:
    """Bytes that a tensor's shape and type ask for."""
    try:
        kind = onnx.TensorProto.DataType.Name(tensor.data_type)
        bits = (
            _BITS.get(kind) or 8 * onnx.helper.tensor_dtype_to_np_dtype(tensor.data_type).itemsize
        )
    except (ValueError, KeyError) as error:
        raise _damaged(path) from error
    if any(side < 0 for side in tensor.dims):
        raise _damaged(path)
    return int(-(-math.prod(tensor.dims) * bits // 8))


def file_beside(path: Path, location: str) -> Path:
    """Find a file that a model names, if it may be read.

    Args:
        path: The model's file.
        location: What the model calls the file: a path relative to the model's folder.

    Returns:
        A plain file in that folder or below, links followed.

    Raises:
        ModelError: If it is not there, or anywhere else.
    """
    folder = path.resolve().parent
    strange = not location or not _NEVER_IN_NAMES.isdisjoint(location)
    if strange or location.startswith("/") or ".." in PurePosixPath(location).parts:
        raise _escapes(path, location)
    try:
        file = (folder / location).resolve(strict=True)
    except (OSError, RuntimeError, ValueError) as error:
        raise ModelError(
            msg("The weights of {name} are missing: {file}.", name=path.name, file=location),
            hint=msg("Copy this file into the folder of the model."),
            path=path,
        ) from error
    if not file.is_relative_to(folder) or not file.is_file():
        raise _escapes(path, location)
    return file


def _state(file: Path) -> tuple[int, ...]:
    status = file.stat()
    return (
        status.st_dev,
        status.st_ino,
        status.st_size,
        status.st_mtime_ns,
        status.st_ctime_ns,
    )


def _escapes(path: Path, location: str) -> ModelError:
    return ModelError(
        msg(
            "{name} wants to read {file}, which does not lie beside it.",
            name=path.name,
            file=location or '""',
        ),
        hint=msg(
            "A model may only read files with its weights in its own folder; put them there and "
            "export it again."
        ),
        path=path,
    )


def _damaged(path: Path) -> ModelError:
    return ModelError(
        msg("{name} is not an ONNX model, or it is damaged.", name=path.name),
        hint=msg("Export the model again, or choose another file."),
        path=path,
    )
