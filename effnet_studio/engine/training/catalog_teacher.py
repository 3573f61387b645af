"""A model of the catalog as teacher: as it was published, with a last layer for these classes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from effnet_studio.engine.errors import TrainingError
from effnet_studio.engine.events import Noted, Progress
from effnet_studio.engine.messages import msg
from effnet_studio.engine.models.catalog import get_spec, preprocess_for
from effnet_studio.engine.models.weights import resolve_weights
from effnet_studio.engine.training import checkpoint
from effnet_studio.engine.training.config import Preset, make_config
from effnet_studio.engine.training.network import build_network
from effnet_studio.engine.training.solved_start import solve_last_layer

if TYPE_CHECKING:
    from pathlib import Path

    from effnet_studio.engine.events import Event, OnEvent
    from effnet_studio.engine.training.session import TrainJob

FILE: Final = "teacher.safetensors"
"""In the run's folder: it teaches the same after the run was continued."""


def teach(job: TrainJob) -> Path:
    """Have the teacher learn the classes of a run, unless it did before.

    Its features are computed once for the training pictures and its last layer is solved, as the
    preset Instant does it.

    Args:
        job: A run whose setting ``teacher`` names a model of the catalog.

    Returns:
        The file with the teacher, in the run's folder.

    Raises:
        TrainingError: If there are no weights for it, or too many pictures are lost.
        StorageError: If it cannot be written.
        Cancelled: If the user stops.
    """
    path = job.run_dir / FILE
    if path.exists():
        return path
    spec = get_spec(job.config.teacher)
    quietly = _only_progress(job.on_event)
    resolved = resolve_weights(spec, "auto", on_event=quietly, cancel=job.cancel)
    if resolved.kind == "none":
        raise TrainingError(
            msg("{model} cannot teach: there are no weights for it.", model=spec.title),
            hint=msg("Download its weights, or choose another teacher."),
        )
    job.on_event(Noted(msg("{model} learns the classes first, to teach them.", model=spec.title)))
    config = make_config(
        Preset.INSTANT, model=spec.name, device=job.config.device, workers=job.config.workers
    )
    own = replace(
        job,
        config=config,
        spec=spec,
        preprocess=preprocess_for(spec, None),
        on_event=quietly,
    )
    model = build_network(own, resolved).eval()
    solve_last_layer(own, model)
    classes = job.dataset.classes
    about = checkpoint.BestModel(spec.name, classes, own.preprocess, job.run_dir.name, 0, 0.0)
    checkpoint.save_best(path, model, about)
    return path


def _only_progress(on_event: OnEvent) -> OnEvent:
    """Hear how far a part of the job is, not what it says of itself."""

    def hear(event: Event) -> None:
        if isinstance(event, Progress):
            on_event(event)

    return hear
