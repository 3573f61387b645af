"""A run as training leaves it, with random weights: for what needs a model but not a good one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from effnet_studio.engine.events import EpochFinished

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from effnet_studio.engine.project import Project


def write_run(
    project: Project,
    classes: Sequence[str],
    model: str = "mobilenet_v3_small",
    *,
    size: int = 64,
    seed: int = 0,
) -> Path:
    """Write a finished run into a project.

    Args:
        project: Where to.
        classes: Names of the classes.
        model: Catalog name.
        size: Side of the model's input, pixels.
        seed: Of the weights.

    Returns:
        The run's folder.
    """
    import torch
    from safetensors.torch import save_file

    from effnet_studio.engine.models.build import build_model
    from effnet_studio.engine.models.catalog import get_spec
    from effnet_studio.engine.preprocess import Preprocess
    from effnet_studio.engine.training import runs
    from effnet_studio.engine.training.config import make_config

    run_dir = project.new_run_dir(model)
    run_dir.mkdir(exist_ok=True)
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        network = build_model(get_spec(model), len(classes)).train()
        with torch.no_grad():  # batch-norm statistics that fit, so that answers differ
            for _ in range(8):
                network(torch.randn(4, 3, size, size))
    save_file(network.state_dict(), run_dir / runs.BEST_FILE)
    runs.write_about(
        run_dir,
        config=make_config(model=model, image_size=size),
        classes=tuple(classes),
        preprocess=Preprocess(size=size, resize=size, interpolation="bilinear"),
        dataset_version="1",
        weights="none",
        created="2026-07-21T10:15:00+00:00",
    )
    epoch = EpochFinished(0, 1, 1, 1.0, 0.5, 1.0, 0.5, 1e-3, 10.0, 1.0, 0.0, True)
    runs.append_metrics(run_dir / runs.METRICS_FILE, epoch)
    return run_dir
