"""PyTorch programs (``torch.export``) opened as anybody opens them, without the app's networks."""

from __future__ import annotations

import contextlib
import json
import pickle
import zipfile
from typing import TYPE_CHECKING, cast

import torch

from effnet_studio.engine.device import peak_memory
from effnet_studio.engine.errors import ModelError
from effnet_studio.engine.export.graph.network import quiet
from effnet_studio.engine.export.graph.torch_program import NOTES_ENTRY
from effnet_studio.engine.export.runtimes.base import answer_of
from effnet_studio.engine.messages import msg
from effnet_studio.engine.predict.onnx_metadata import read_metadata

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from effnet_studio.engine.export.runtimes.base import Runtime
    from effnet_studio.engine.predict.onnx_metadata import OnnxMetadata
    from effnet_studio.engine.predict.whole_model import WholeAnswer

    Network = Callable[[torch.Tensor], torch.Tensor]


def open_torch_program(file: Path, *, threads: int | None = None) -> Runtime:
    """Open an exported program; see :class:`~.base.OpenRuntime`.

    Raises:
        ModelError: If it cannot be opened, or another program made it.
    """
    entries = {NOTES_ENTRY: ""}
    try:
        with quiet():
            network = torch.export.load(file, extra_files=entries).module()
        notes = read_metadata(json.loads(entries[NOTES_ENTRY] or "{}"))
    except (OSError, RuntimeError, ValueError, KeyError, TypeError, *_DAMAGED) as error:
        raise ModelError(
            msg("{name} is not a PyTorch program, or it is damaged.", name=file.name),
            hint=msg("Export the model again, or choose another file."),
            path=file,
        ) from error
    if notes is None:
        raise ModelError(
            msg("{name} was not exported by this app.", name=file.name),
            hint=msg("Export the model again."),
            path=file,
        )
    return _Program(file, cast("Network", network), notes, threads)


_DAMAGED = (zipfile.BadZipFile, pickle.UnpicklingError, AssertionError, EOFError)


class _Program:
    program = f"PyTorch {torch.__version__}"

    def __init__(
        self, file: Path, network: Network, notes: OnnxMetadata, threads: int | None
    ) -> None:
        self.notes = notes
        self._file, self._network, self._threads = file, network, threads

    def answer(self, picture: NDArray[np.uint8]) -> WholeAnswer:
        batch = torch.from_numpy(self.notes.preprocess(picture)[None])
        try:
            with torch.inference_mode(), _threads(self._threads):
                scores: NDArray[np.float32] = self._network(batch)[0].numpy()
        except (RuntimeError, MemoryError) as error:
            raise ModelError(
                msg("{name} could not be run: {reason}", name=self._file.name, reason=str(error)),
                hint=msg("Export the model again, or choose another file."),
                path=self._file,
            ) from error
        return answer_of(scores, self.notes)

    def peak_memory(self) -> int | None:
        return peak_memory()

    def close(self) -> None:
        del self._network


@contextlib.contextmanager
def _threads(count: int | None) -> Iterator[None]:
    """PyTorch knows only one number of threads for the whole process: it is put back."""
    before = torch.get_num_threads()
    try:
        torch.set_num_threads(count or before)
        yield
    finally:
        torch.set_num_threads(before)
