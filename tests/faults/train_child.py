"""A training process that may be killed at any moment: ``python train_child.py PROJECT CONFIG``.

Goes on with the project's newest run if it was interrupted, else begins one. Prints ``training``
when the first step is near, so that whoever kills it knows from when on that is interesting.
"""

from __future__ import annotations

import sys
from pathlib import Path

import torch

from effnet_studio.engine.events import Event, RunStarted
from effnet_studio.engine.project import Project
from effnet_studio.engine.training import launch, runs
from effnet_studio.engine.training.config import TrainConfig


def main(root: Path, config: str) -> None:
    """Train to the end, from wherever the project stands."""
    torch.set_num_threads(1)

    def listen(event: Event) -> None:
        if isinstance(event, RunStarted):
            print("training", flush=True)

    with Project.open(root) as project:
        assert not project.read_only, "a killed process still owns the project"
        # A run killed before it had described itself is no run; the next one starts afresh.
        known = [run for run in runs.list_runs(project) if run.state != "finished"]
        if known:
            launch.resume(project, known[0].run_id, on_event=listen)
        else:
            launch.train(project, TrainConfig.model_validate_json(config), on_event=listen)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
