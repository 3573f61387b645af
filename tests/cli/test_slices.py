"""``effnet-studio slices``: groups of images for people and programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from effnet_studio.engine.data.importer import import_folder
from effnet_studio.engine.project import Project
from tests.random_run import write_run

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Command


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two classes, and a model that answers by chance what is bright or dark."""
    folder = tmp_path_factory.mktemp("slices")
    random = np.random.default_rng(2)
    for name in ("ants", "bees"):
        for place in ("pond", "wood"):
            (folder / "pictures" / name / place).mkdir(parents=True)
            for number in range(16):
                pixels = random.integers(0, 120 + number * 6, (40, 50, 3)).astype(np.uint8)
                Image.fromarray(pixels).save(folder / "pictures" / name / place / f"{number}.png")
    with Project.create(folder / "p.effnet") as opened:
        import_folder(opened, folder / "pictures", val=0.5)
        write_run(opened, ("ants", "bees"), size=32)
    return folder / "p.effnet"


def test_that_each_attribute_divides_the_images(command: Command, project: Path) -> None:
    done = command("slices", project, "--json")
    assert done.code == 0
    found = done.document
    assert found["images"] == 32
    assert found["tried"] > 0
    by_key = {each["key"]: each["slices"] for each in found["attributes"]}
    assert {"folder", "brightness"} <= set(by_key)
    assert sum(each["images"] for each in by_key["brightness"]) == 32
    for each in by_key["brightness"]:
        assert 0 <= each["low"] <= each["accuracy"] <= each["high"] <= 1
    for finding in found["findings"]:
        assert finding["q"] <= 0.05
        assert len(finding["errors"]) == round(finding["images"] * (1 - finding["accuracy"]))


def test_that_people_get_words(command: Command, project: Path) -> None:
    done = command("slices", project)
    assert done.code == 0
    lines = [line.split() for line in done.out.splitlines()]
    assert ["Folder", "Right", "95", "%", "Images"] in lines
    assert [line[0] for line in lines if line[:1] in (["pond"], ["wood"])] == ["pond", "wood"]
    assert "of images" in done.out.splitlines()[-1]


def test_that_a_part_without_images_is_refused(command: Command, project: Path) -> None:
    done = command("slices", project, "--split", "test")
    assert done.code == 1
    assert "no images in the part test" in done.err


def test_that_more_images_are_advised_or_not_in_words(command: Command, project: Path) -> None:
    done = command("data", "enough", project, "--json")
    assert done.code == 0
    found = done.document
    assert found["verdict"] in {"helps", "hardly", "unknown"}
    whole, *classes = found["curves"]
    assert [each["label"] for each in classes] == ["ants", "bees"]
    assert [point["images"] for point in whole["points"]] == sorted(
        point["images"] for point in whole["points"]
    )
    assert [each["more"] for each in classes[0]["more"]] == [20, 50, 100]
    assert [each["more"] for each in whole["more"]] == [40, 100, 200]
    again = command("data", "enough", project)
    assert found["advice"] in again.out
    assert "With 50 more" in again.out
    assert "Preparing the images" in done.err
    assert "Preparing the images" not in again.err, "it was kept"
