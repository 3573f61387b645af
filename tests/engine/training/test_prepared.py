"""Pictures decoded ahead of a training: all that it reads, and nothing twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.data.importer import import_folder
from effnet_studio.engine.data.loading.cache_space import usage
from effnet_studio.engine.data.loading.loader import Reader
from effnet_studio.engine.data.store import load_index
from effnet_studio.engine.device import torch_threads
from effnet_studio.engine.events import ignore
from effnet_studio.engine.project import Project
from effnet_studio.engine.training.config import make_config
from effnet_studio.engine.training.launch import train
from effnet_studio.engine.training.prepared import prepare_pictures, prepared_facts

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_that_a_training_finds_everything_prepared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for label, name in enumerate(("ant", "bee")):
        (tmp_path / "photos" / name).mkdir(parents=True)
        for number in range(6):
            pixels = np.random.default_rng([label, number]).integers(0, 255, (80, 60, 3))
            Image.fromarray(pixels.astype(np.uint8)).save(
                tmp_path / "photos" / name / f"{number}.png"
            )
    config = make_config(
        model="mobilenet_v3_small", weights="none", image_size=32, epochs=1, batch_size=4
    )
    with torch_threads(1), Project.create(tmp_path / "P.effnet") as project:
        import_folder(project, tmp_path / "photos", val=0.34)
        dataset = load_index(project).dataset()
        before = prepared_facts(project, dataset, config)
        assert (before.usage.pictures, before.pictures) == (0, 12)
        kept = prepare_pictures(project, dataset, config, on_event=ignore, cancel=CancelToken())
        assert kept.pictures == 12
        assert 0 < kept.bytes <= before.needed + 4096 * kept.keys, "an honest estimate"

        def decode(self: Reader, path: Path) -> None:
            raise AssertionError(f"{path} is decoded again")

        monkeypatch.setattr(Reader, "read", decode)
        monkeypatch.setattr("effnet_studio.engine.data.loading.loader.RoomyReader.read", decode)
        train(project, config)
        assert usage(project.cache_dir).pictures == 12
