"""The images of a project, looked at and mended from the command line."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Command


@pytest.fixture
def project(command: Command, pictures: Path, tmp_path: Path) -> Path:
    """Two classes; a copy of an ant is among the bees."""
    shutil.copy(pictures / "ants" / "0.jpg", pictures / "蜜蜂" / "copy.jpg")
    path = tmp_path / "p.effnet"
    assert command("import", pictures, "-p", path).code == 0
    return path


def classes(command: Command, project: Path) -> dict[str, int]:
    done = command("data", "update", project, "--json")
    counts: dict[str, int] = done.document["classes"]
    return counts


def test_that_findings_are_listed_and_mended_and_taken_back(
    command: Command, project: Path
) -> None:
    found = {each["kind"]: each for each in command("data", "findings", project, "--json").document}
    assert found["unreadable"]["count"] == 1
    (group,) = found["conflict"]["groups"]
    assert sorted(Path(path).name for path in group) == ["0.jpg", "copy.jpg"]
    done = command("data", "mend", project, "conflict", "--remedy", "exclude", "--json")
    assert done.document["changed"]
    kinds = [each["kind"] for each in command("data", "findings", project, "--json").document]
    assert "conflict" not in kinds
    assert command("data", "undo", project, "--json").document["undone"]
    assert command("data", "redo", project).out.strip() == "Images left out: 2"
    assert len(command("data", "history", project, "--json").document) == 1


def test_that_suspicious_labels_are_listed(command: Command, project: Path) -> None:
    document = command("data", "suspects", project, "--top", "3", "--json").document
    assert document["judged"] == 9
    assert len(document["suspects"]) == 3
    assert {each["label"] for each in document["suspects"]} <= {"ants", "蜜蜂"}
    assert all(Path(each["path"]).is_file() for each in document["suspects"])
    done = command("data", "suspects", project)
    assert done.code == 0
    assert f"Suspicious labels: {document['flagged']} of 9" in done.out
    assert "EfficientNet-B0 knows, which comes with the app" in done.out


def test_that_images_are_relabelled_left_out_and_classes_renamed(
    command: Command, project: Path, pictures: Path
) -> None:
    done = command("data", "relabel", project, pictures / "ants" / "1.jpg", "--to", "wasp")
    assert done.out.strip() == "Images given the class wasp: 1"
    assert command("data", "exclude", project, pictures / "蜜蜂").out.strip().endswith(": 5")
    assert command("data", "rename", project, "wasp", "hornet").code == 0
    titles = [each["title"] for each in command("data", "history", project, "--json").document]
    assert titles[-1] == "Class wasp renamed to hornet"
    assert command("data", "exclude", project, pictures, "--back").out.strip().endswith(": 5")


def test_that_unknown_images_findings_and_remedies_are_refused(
    command: Command, project: Path, tmp_path: Path
) -> None:
    done = command("data", "relabel", project, tmp_path / "other.jpg", "--to", "x")
    assert done.code == 1
    assert "has no image" in done.err
    assert command("data", "mend", project, "blank").code == 2
    assert command("data", "mend", project, "conflict", "--remedy", "x").code == 2
    assert command("data", "undo", project).out.strip() == "Nothing to change."


def test_that_folders_are_added_and_a_test_part_is_drawn(
    command: Command, pictures: Path, tmp_path: Path
) -> None:
    project = tmp_path / "p.effnet"
    first = command("import", pictures, "-p", project, "--test", "0.25", "--json").document
    assert (first["train"], first["val"], first["test"]) == (4, 2, 2)
    more = tmp_path / "more"
    shutil.copytree(pictures / "ants", more / "wasps")
    shutil.copytree(pictures / "ants", more / "flies")
    command("import", more, "-p", project, "--add", "--json")
    assert set(classes(command, project)) == {"ants", "蜜蜂", "wasps", "flies"}


def test_that_an_archive_and_a_pattern_are_read(
    command: Command, pictures: Path, tmp_path: Path
) -> None:
    archive = tmp_path / "pictures.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for number, path in enumerate(sorted(pictures.rglob("?.jpg"))):
            packed.write(path, f"{'ab'[number % 2]}-{number}.jpg")
    done = command(
        *("import", archive, "-p", tmp_path / "p.effnet", "--json"),
        *("--pattern", "(?P<label>[ab])-"),
    )
    assert done.document["classes"] == {"a": 4, "b": 4}
