"""``effnet-studio attention``: figures, regions, report, and what it says when it cannot."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from effnet_studio.engine.data.importer import import_folder
from effnet_studio.engine.data.store import load_dataset
from effnet_studio.engine.project import Project
from tests.random_run import write_run

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Command


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two classes with ten pictures each, half of them for validation, and a random model."""
    folder = tmp_path_factory.mktemp("attention")
    random = np.random.default_rng(2)
    for name in ("ants", "bees"):
        (folder / "pictures" / name).mkdir(parents=True)
        for number in range(10):
            pixels = random.integers(0, 256, (40, 50, 3)).astype(np.uint8)
            Image.fromarray(pixels).save(folder / "pictures" / name / f"{name}{number}.png")
    with Project.create(folder / "p.effnet") as opened:
        import_folder(opened, folder / "pictures", val=0.5)
        write_run(opened, ("ants", "bees"), size=96)
    return folder / "p.effnet"


def test_that_figures_and_report_come_and_the_second_time_at_once(
    command: Command, project: Path, tmp_path: Path
) -> None:
    report = tmp_path / "out.html"
    arguments = ("attention", project, "--region", "0,0,0.5,1", "--report", report)
    done = command(*arguments, "--json")
    assert done.code == 0
    found = done.document
    assert found["images"] == 10
    everything = found["region"][0]
    assert (everything["label"], everything["images"]) == ("", 10)
    assert everything["area"] == pytest.approx(0.5)
    assert 0 <= everything["low"] <= everything["share"] <= everything["high"] <= 1
    assert report.read_text(encoding="utf-8").startswith("<!doctype html>")
    again = command(*arguments)
    assert again.code == 0
    assert "10 images" in again.out
    assert "Explaining: 10 images" not in again.err, "the maps were kept"


def test_that_boxes_and_masks_are_found_by_name(
    command: Command, project: Path, tmp_path: Path
) -> None:
    with Project.open(project) as opened:
        samples = load_dataset(opened).subset("val")
    table = tmp_path / "boxes.csv"
    lines = [f"{sample.path.name},0,0,{sample.width},{sample.height}" for sample in samples[:4]]
    table.write_text("file,x,y,w,h\n" + "\n".join(lines), encoding="utf-8")
    found = command("attention", project, "--boxes", table, "--json").document["region"][0]
    assert found["images"] == 4
    assert found["share"] == pytest.approx(1, abs=1e-3)
    masks = tmp_path / "masks"
    masks.mkdir()
    for sample in samples[:3]:
        mask = Image.new("L", (sample.width, sample.height), 0)
        mask.paste(255, (0, 0, sample.width, sample.height // 2))
        mask.save(masks / f"{sample.path.stem}.png")
    found = command("attention", project, "--masks", masks, "--json").document["region"][0]
    assert found["images"] == 3
    assert found["area"] == pytest.approx(0.5, abs=0.01)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--region", "0,0,1"), "no box"),
        (("--region", "0.5,0.5,0.9,0.1"), "inside"),
        (("--region", "0,0,1,1", "--masks", "."), "Choose one"),
        (("--masks", "nowhere"), "no folder"),
        (("--method", "se"), "no explanation method"),
        (("--split", "test"), "no images"),
        (("--layer", "Stage 99"), "no layer"),
    ],
)
def test_that_a_wrong_wish_is_refused_in_words(
    command: Command, project: Path, arguments: tuple[str, ...], words: str
) -> None:
    done = command("attention", project, *arguments)
    assert done.code == 1
    assert words in done.err
