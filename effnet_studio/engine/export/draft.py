"""What the writers of the formats work with."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING

from effnet_studio.engine.events import Noted, ProgressMeter, Stage
from effnet_studio.engine.messages import msg

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import onnx

    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.data.dataset import Dataset, Sample
    from effnet_studio.engine.events import OnEvent
    from effnet_studio.engine.export.certificate.record import Attempt
    from effnet_studio.engine.export.graph.exporter import Write
    from effnet_studio.engine.predict.torch_predictor import TorchPredictor


@dataclass(frozen=True)
class Made:
    """How a rounded file came about; empty for others.

    Attributes:
        recipe: The one that was kept.
        attempts: All that were tried.
    """

    recipe: str = ""
    attempts: tuple[Attempt, ...] = ()


@dataclass(frozen=True, eq=False)
class Draft:
    """A file to be written, and what it is made from.

    Attributes:
        app: The trained model.
        file: The file or folder to write, in a folder of its own.
        metadata: What it is to say about itself.
        dataset: Its training images choose how values are rounded.
        judged: Images with known classes on which recipes are judged.
        budget_points: Accuracy that may be lost, percentage points.
        known: An earlier export of the same weights in ONNX, 32 bits; None: there is none.
        scratch: Folder for what is only needed on the way.
        on_event: Hears the progress.
        cancel: Stops the job between two steps.
    """

    app: TorchPredictor
    file: Path
    metadata: Mapping[str, str]
    dataset: Dataset
    judged: Sequence[Sample]
    budget_points: float
    known: Path | None
    scratch: Path
    on_event: OnEvent
    cancel: CancelToken

    @cached_property
    def network_file(self) -> Path:
        """The network alone as ONNX in 32 bits, or a whole file around it."""
        if self.known is not None:
            return self.known
        from effnet_studio.engine.export.graph.network import export_graph

        file = self.scratch / "network.onnx"
        self.on_event(Noted(msg("Writing {model} as ONNX …", model=self.app.spec.title)))
        meter = ProgressMeter(Stage.EXPORT, 1, self.on_event, unit="steps")
        size, metadata = self.app.preprocess.size, dict(self.metadata)
        self._export(partial(export_graph, size=size, metadata=metadata), file)
        meter.advance()
        meter.finish()
        return file

    def write_program(self, file: Path) -> None:
        """Write the network as a program of PyTorch.

        Args:
            file: Its name ends in :data:`~.graph.torch_program.PROGRAM_SUFFIX`.

        Raises:
            ExportError: If the network cannot be written as a program.
            StorageError: If the disk is full or the folder cannot be written.
            Cancelled: If the job was asked to stop.
        """
        from effnet_studio.engine.export.graph.torch_program import export_program

        size, notes = self.app.preprocess.size, dict(self.metadata)
        self._export(partial(export_program, size=size, notes=notes), file)

    def _export(self, write: Write, file: Path) -> None:
        from effnet_studio.engine.export.graph.exporter import export_apart

        with self.app.exclusive() as model:
            export_apart(write, model, file, cancel=self.cancel)
        self.cancel.check()

    def network(self) -> onnx.ModelProto:
        """The network alone: from normalised images to raw scores."""
        import onnx

        from effnet_studio.engine.predict.whole_model import network_in

        return network_in(onnx.load(self.network_file))

    def write_whole(self, network: onnx.ModelProto) -> None:
        """Put the app's preprocessing and verdict around a network, and write the file."""
        from effnet_studio.engine.export.graph.image_model import image_model
        from effnet_studio.engine.export.graph.network import write_graph

        whole = image_model(network, self.app.preprocess, self.app.reject)
        write_graph(whole, self.file, self.metadata)
