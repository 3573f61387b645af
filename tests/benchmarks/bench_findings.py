"""Precision and recall of every finding on photographs into which faults were planted.

A copy of a folder of photographs, one sub-folder for each class, is divided into ``train`` and
``val``. Into it go exact copies, near duplicates, pictures in two classes, training pictures in
validation, bursts with times of a camera, and wrong labels. It is imported as a user would, and
what is found is compared with what was planted; the photographs must stay as they are::

    python -m tests.benchmarks.bench_findings --data FOLDER [--seed 0] [--train instant]
        [--weights FILE]
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import os
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image

from effnet_studio.engine.data.checks.findings import FindingKind, find_problems
from effnet_studio.engine.data.importer import import_folder
from effnet_studio.engine.data.store import load_index
from effnet_studio.engine.evaluation.labels.suspects import find_suspects
from effnet_studio.engine.images import IMAGE_SUFFIXES
from effnet_studio.engine.project import Project
from effnet_studio.engine.training.config import Preset, make_config
from effnet_studio.engine.training.launch import train
from tests.benchmarks.bench_duplicates import Pair, altered, moved, pairs_of, score

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from effnet_studio.engine.data.index import Index

pytestmark = pytest.mark.benchmark

EXACT, NEAR, CONFLICTS, LEAKS, BURSTS, WRONG = 40, 40, 10, 10, 10, 30
VAL = 0.2
_TAKEN, _EXIF_IFD = 0x9003, 0x8769


@dataclass
class Planted:
    """What was put into a folder; pictures are named by their paths below it.

    Attributes:
        origin: The photograph each file shows, of originals and planted files alike.
        pairs: Kind of finding to the pairs it should point at.
        wrong: Photographs in the folder of another class.
    """

    origin: dict[str, str] = field(default_factory=dict)
    pairs: dict[str, set[Pair]] = field(default_factory=dict)
    wrong: set[str] = field(default_factory=set)

    def add(self, kind: str, first: str, second: str) -> None:
        """Note that a finding should point at two pictures."""
        self.pairs.setdefault(kind, set()).add((min(first, second), max(first, second)))


class Planter:
    """Plants faults in a folder ``part/class/name``.

    Args:
        photos: Photographs, each in a folder with the name of its class.
        folder: Where to; it is empty.
        seed: Of the draw.
    """

    def __init__(self, photos: Sequence[Path], folder: Path, seed: int) -> None:
        self._folder = folder
        self._random = np.random.default_rng(seed)
        self._classes = sorted({photo.parent.name for photo in photos})
        self.planted = Planted()
        names = []
        for photo in photos:
            part = "val" if self._random.random() < VAL else "train"
            names.append(self._write(part, photo.parent.name, photo.suffix, photo.read_bytes()))
            self.planted.origin[names[-1]] = names[-1]
        # Each photograph is used for one fault at most.
        self._free = iter([names[place] for place in self._random.permutation(len(names))])

    def plant(self) -> Planted:
        """Plant all faults."""
        for _ in range(EXACT):
            self._copy("exact", next(self._free))
        for _ in range(NEAR):
            self._near(next(self._free))
        for name in itertools.islice(self._free, CONFLICTS):
            self._copy("conflict", name, label=self._other(name.split("/")[1]))
        for name in itertools.islice(self._in_training(), LEAKS):
            self._copy("leak", name, part="val")
        for number, name in enumerate(itertools.islice(self._free, BURSTS)):
            self._burst(name, number)
        for name in itertools.islice(self._free, WRONG):
            self._mislabel(name)
        return self.planted

    def _in_training(self) -> Iterator[str]:
        return (name for name in self._free if name.startswith("train/"))

    def _copy(self, kind: str, name: str, *, part: str = "", label: str = "") -> None:
        own_part, own_label, file = name.split("/")
        content = (self._folder / name).read_bytes()
        copy = self._write(part or own_part, label or own_label, Path(file).suffix, content)
        self.planted.origin[copy] = name
        self.planted.add(kind, name, copy)

    def _near(self, name: str) -> None:
        part, label, _ = name.split("/")
        again = self._write(part, label, ".jpg")
        quality = int(self._random.integers(40, 96))
        altered(self._folder / name, self._random).save(self._folder / again, quality=quality)
        self.planted.origin[again] = name
        self.planted.add("near", name, again)

    def _burst(self, name: str, number: int) -> None:
        """Frames a second apart: the time alone tells, not the name."""
        part, label, _ = name.split("/")
        shots = []
        for shot in range(int(self._random.integers(4, 7))):
            frame = self._write(part, label, ".jpg")
            exif = Image.Exif()
            exif.get_ifd(_EXIF_IFD)[_TAKEN] = f"2026:05:{number + 1:02} 10:00:{shot:02}"
            picture = moved(self._folder / name, self._random)
            picture.save(self._folder / frame, quality=90, exif=exif)
            self.planted.origin[frame] = name
            shots.append(frame)
        for first, second in itertools.combinations(shots, 2):
            self.planted.add("burst", first, second)

    def _mislabel(self, name: str) -> None:
        part, label, file = name.split("/")
        wrong = f"{part}/{self._other(label)}/{file}"
        (self._folder / name).rename(self._folder / wrong)
        del self.planted.origin[name]
        self.planted.origin[wrong] = wrong
        self.planted.wrong.add(wrong)

    def _other(self, label: str) -> str:
        return str(self._random.choice([name for name in self._classes if name != label]))

    def _write(self, part: str, label: str, suffix: str, content: bytes = b"") -> str:
        """Write a file whose name tells nothing."""
        stem = "".join(self._random.choice(list("abcdefghijklmnop"), 16))
        path = self._folder / part / label / f"{stem}{suffix.lower()}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path.relative_to(self._folder).as_posix()


def tree_hash(folder: Path) -> str:
    """Changes with any name, content or time below a folder."""
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        total.update(os.fsencode(path) + b"%d" % path.stat().st_mtime_ns)
        total.update(path.read_bytes() if path.is_file() else b"")
    return total.hexdigest()


def score_repeated(index: Index, folder: Path, planted: Planted) -> None:
    """Print how well pictures that show the same were found, kind by kind."""
    names = dict(zip(index.ids.tolist(), index.paths, strict=True))
    pairs: dict[str, set[Pair]] = {}
    for finding in find_problems(index):
        if finding.same:
            groups = [[names[number] for number in group] for group in finding.groups]
            pairs[finding.kind] = set().union(
                *(pairs_of([tuple(range(len(group)))], group) for group in groups)
            )
    found = split_kinds(pairs, lambda name: (folder / name).read_bytes())
    origin = planted.origin
    real = {
        (first, second)
        for first, second in itertools.chain(*found.values())
        if origin[first] == first and origin[second] == second
    }
    print(f"pairs among the photographs themselves, not counted: {len(real)}")
    # A training picture in validation is a copy too.
    planted.pairs["exact"] |= planted.pairs["leak"]
    for kind, expected in planted.pairs.items():
        known = {
            (first, second)
            for first, second in found[kind]
            if origin[first] == origin[second] or shown(origin, first, second) in real
        }
        score(kind, found[kind], expected, known)


def shown(origin: dict[str, str], first: str, second: str) -> Pair:
    """The photographs that two pictures show."""
    one, other = origin[first], origin[second]
    return min(one, other), max(one, other)


def split_kinds(
    pairs: dict[str, set[Pair]], content: Callable[[str], bytes]
) -> dict[str, set[Pair]]:
    """Findings as they were planted: copies are exact or near; a leak is between two parts."""
    copies = pairs.get(FindingKind.DUPLICATE, set())
    exact = {pair for pair in copies if content(pair[0]) == content(pair[1])}
    leaks = pairs.get(FindingKind.LEAK, set())
    return {
        "exact": exact,
        "near": copies - exact,
        "conflict": pairs.get(FindingKind.CONFLICT, set()),
        "leak": {pair for pair in leaks if pair[0].split("/")[0] != pair[1].split("/")[0]},
        "burst": pairs.get(FindingKind.BURST, set()),
    }


def score_labels(project: Project, index: Index, planted: Planted) -> None:
    """Print how well wrong labels were found; pictures in two classes do not count."""
    found = find_suspects(project, index)
    names = [index.paths[row] for row in index.rows_of(found.ids.tolist()).tolist()]
    disputed = set(itertools.chain(*planted.pairs["conflict"]))
    counted = np.array([name not in disputed for name in names])
    wrong = np.array([name in planted.wrong for name in names])[counted]
    flagged = found.flagged[counted]
    tenth = wrong[: len(wrong) // 10]
    hits = int((wrong & flagged).sum())
    print(f"{found.source} Labels recognised: {found.recognised:.3f}")
    print(
        f"wrong label planted {len(planted.wrong)}, flagged {flagged.sum()} of {len(wrong)}: "
        f"recall {hits / len(planted.wrong):.3f}, precision {hits / max(1, flagged.sum()):.3f}; "
        f"in the first tenth of the ranking {tenth.sum()} ({tenth.sum() / len(planted.wrong):.3f} "
        f"of them, by chance {len(tenth) / len(wrong):.3f})"
    )


def measure(photos: Sequence[Path], seed: int, training: dict[str, Any] | None) -> None:
    """Plant, import, look, compare."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "photos"
        planted = Planter(photos, folder, seed).plant()
        before = tree_hash(folder)
        with Project.create(Path(name) / "P.effnet") as project:
            result = import_folder(project, folder)
            print(f"seed {seed}, {result.images} images, {result.unreadable} unreadable")
            index = load_index(project)
            score_repeated(index, folder, planted)
            score_labels(project, index, planted)
            if training is not None:
                accuracy = train(project, make_config(**training)).accuracy
                print(f"trained with {training}: validation accuracy {accuracy:.3f}")
                score_labels(project, index, planted)
        print(f"photographs unchanged: {tree_hash(folder) == before}")


def main() -> None:
    """Measure on photographs of the user's."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of class folders")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--train", choices=[*Preset], help="look again with a model of this preset")
    parser.add_argument("--weights", help="weights file that training starts from")
    parser.add_argument("--model", default="efficientnet_b0")
    given = parser.parse_args()
    photos = sorted(p for p in given.data.rglob("*") if p.suffix.lower() in IMAGE_SUFFIXES)
    training = None
    if given.train or given.weights:
        training = {"preset": Preset(given.train or "instant"), "model": given.model}
        if given.weights:
            training["weights"] = given.weights
    measure(photos, given.seed, training)


if __name__ == "__main__":
    main()
