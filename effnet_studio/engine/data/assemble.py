"""The one step that turns a finished scan into the project's dataset.

Pictures keep what people decided about them: their number, class, part and whether they are left
out, also when a file was moved or renamed inside the folder. New ones get the class their folder
stands for and a part drawn so that what shows the same thing stays on one side.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from effnet_studio.engine.data.checks.duplicates import burst_groups, near_groups
from effnet_studio.engine.data.dataset import SPLITS
from effnet_studio.engine.data.files_table import known_files, load_looks
from effnet_studio.engine.data.schema import connected
from effnet_studio.engine.data.split import Member, draw_splits
from effnet_studio.engine.data.store import write_problems

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Container, Mapping, Sequence
    from pathlib import Path

    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.data.dataset import Split
    from effnet_studio.engine.data.problems import Problem
    from effnet_studio.engine.data.sources.layout import Candidate
    from effnet_studio.engine.project import Project

Mode = Literal["replace", "add"]
"""Whether the pictures of other folders go or stay."""


_PARTS: Final = {part: part for part in SPLITS}
"""The one object for each part's name."""


@dataclass(frozen=True)
class Groups:
    """Pictures that show the same thing.

    Attributes:
        duplicates: File number to number of its group of near duplicates.
        bursts: File number to number of its group of one moment.
    """

    duplicates: Mapping[int, int] = field(default_factory=dict)
    bursts: Mapping[int, int] = field(default_factory=dict)

    def families(self) -> dict[int, int]:
        """File number to number of its family: groups that share a picture are one family."""
        parent: dict[tuple[str, int], tuple[str, int]] = {}

        def top(node: tuple[str, int]) -> tuple[str, int]:
            while parent.setdefault(node, node) != node:
                parent[node] = parent[parent[node]]
                node = parent[node]
            return node

        for number, group in self.duplicates.items():
            top(("duplicate", group))
            if number in self.bursts:
                parent[top(("burst", self.bursts[number]))] = top(("duplicate", group))
        numbers: dict[tuple[str, int], int] = {}
        families: dict[int, int] = {}
        for kind, groups in (("duplicate", self.duplicates), ("burst", self.bursts)):
            for number, group in groups.items():
                families[number] = numbers.setdefault(top((kind, group)), len(numbers))
        return families


def find_groups(
    project: Project,
    source: int,
    candidates: Sequence[Candidate],
    *,
    mode: Mode,
    cancel: CancelToken | None = None,
) -> Groups:
    """Compare all pictures that the dataset will have.

    Args:
        project: An open project.
        source: Number of the folder that was scanned.
        candidates: Its files in class folders.
        mode: Whether the pictures of other folders stay.
        cancel: Stops it.

    Returns:
        Who shows the same.

    Raises:
        Cancelled: If it was stopped.
    """
    with connected(project) as database:
        looks = load_looks(database, _to_compare(database, source, candidates, mode))
    duplicates = near_groups(looks.dhash, looks.signatures, looks.content, cancel=cancel)
    bursts = burst_groups(looks.names, looks.taken, looks.dhash, looks.signatures, cancel=cancel)
    return Groups(_numbered(duplicates, looks.ids), _numbered(bursts, looks.ids))


def _to_compare(
    database: sqlite3.Connection, source: int, candidates: Sequence[Candidate], mode: Mode
) -> np.ndarray:
    """Numbers of the files to compare; what finding them takes is free again afterwards."""
    known = known_files(database, source)
    wanted = {candidate.file.relative for candidate in candidates}
    ids = [each.id for path, each in known.items() if each.readable and path in wanted]
    if mode == "add":
        query = "SELECT id FROM present WHERE source != ?"
        ids += [number for (number,) in database.execute(query, (source,))]
    return np.array(ids, dtype=np.int64)


def _numbered(groups: Sequence[tuple[int, ...]], ids: np.ndarray) -> dict[int, int]:
    return {
        int(ids[place]): number for number, group in enumerate(groups, start=1) for place in group
    }


@dataclass(frozen=True)
class Plan:
    """Everything the last step needs to know.

    Attributes:
        source: Number of the folder that was scanned.
        root: That folder, absolute.
        candidates: Its files in class folders; those that cannot be used are passed over.
        groups: From :func:`find_groups`.
        remarks: Gives the remarks on the folder's files, by how many of its pictures each class
            has in each part.
        mode: Whether the pictures of other folders stay.
        val: Validation share.
        test: Test share.
        seed: Makes the draw repeatable.
        redraw: Whether pictures that were drawn before get a part anew.
        settings: How the folder is read again later.
    """

    source: int
    root: Path
    candidates: Sequence[Candidate]
    groups: Groups
    remarks: Callable[[Mapping[tuple[str, Split], int]], Sequence[Problem]]
    mode: Mode
    val: float
    test: float
    seed: int
    redraw: bool
    settings: Mapping[str, object]


@dataclass(frozen=True)
class Assembled:
    """What a dataset has become.

    Attributes:
        parts: Pictures by part, those left out not counted.
        problems: Remarks on the folder's files.
    """

    parts: Counter[str]
    problems: tuple[Problem, ...]


def assemble(project: Project, plan: Plan) -> Assembled:
    """Make what was scanned the project's dataset, all or nothing.

    Args:
        project: Writable.
        plan: What was found, and how to divide it.

    Returns:
        What it has become.

    Raises:
        ProjectError: If the project is read-only.
        StorageError: If the index cannot be written.
    """
    project.require_writable()
    with connected(project, write=True) as database:
        if plan.mode == "replace":
            database.execute("UPDATE sources SET active = 0 WHERE id != ?", (plan.source,))
        database.execute(
            "UPDATE sources SET active = 1, settings = ? WHERE id = ?",
            (json.dumps(dict(plan.settings)), plan.source),
        )
        _take_in(database, plan)
        _write_groups(database, plan.groups)
        _divide(database, plan)
        counts = database.execute(
            "SELECT found_class, split, count(*) FROM present WHERE source = ? GROUP BY 1, 2",
            (plan.source,),
        )
        problems = tuple(plan.remarks({(name, split): n for name, split, n in counts}))
        write_problems(database, plan.root, problems)
        query = "SELECT split, count(*) FROM present WHERE excluded = 0 GROUP BY 1"
        return Assembled(Counter(dict(database.execute(query).fetchall())), problems)


def _take_in(database: sqlite3.Connection, plan: Plan) -> None:
    """Bring the table of pictures up to date with a folder: new, gone, moved, found elsewhere."""
    known = known_files(database, plan.source)
    readable = {
        candidate.file.relative: candidate
        for candidate in plan.candidates
        if (file := known.get(candidate.file.relative)) is not None and file.readable
    }
    query = (
        "SELECT f.path, i.id, i.found_class FROM images i JOIN files f USING (id) WHERE source = ?"
    )
    present = {
        os.fsdecode(path): (number, found)
        for path, number, found in database.execute(query, (plan.source,))
    }
    missing = {path: number for path, (number, _) in present.items() if path not in readable}
    fresh = [path for path in readable if path not in present]
    found_of = dict(present.values())
    for path, number in _moved(database, missing, {path: known[path].id for path in fresh}):
        present[path] = (number, found_of[number])
    folder_classes = _classes_of_folders(database, {each.label for each in readable.values()})
    new_rows, changed_rows = [], []
    for path, candidate in readable.items():
        row = present.get(path)
        if row is None:
            new_rows.append(
                (known[path].id, candidate.label, candidate.split, folder_classes[candidate.label])
            )
            continue
        number, found = row
        changed_rows.append((candidate.split, number))
        if found != candidate.label:  # its folder or its row in the table is another one now
            database.execute(
                "UPDATE images SET found_class = ?, class = ? WHERE id = ?",
                (candidate.label, folder_classes[candidate.label], number),
            )
    database.execute(
        "UPDATE images SET gone = 1 WHERE id IN (SELECT id FROM files WHERE source = ?)",
        (plan.source,),
    )
    database.executemany("UPDATE images SET gone = 0, found_split = ? WHERE id = ?", changed_rows)
    # Until the parts are drawn below, new pictures are marked by a group of their own.
    database.executemany(
        "INSERT INTO images (id, found_class, found_split, class, split, gone) "
        "VALUES (?, ?, ?, ?, 'train', -1)",
        new_rows,
    )


def _moved(
    database: sqlite3.Connection, missing: Mapping[str, int], fresh: Mapping[str, int]
) -> list[tuple[str, int]]:
    """Give files that were only moved their old number; returns their new paths with it."""
    if not missing or not fresh:
        return []
    content = dict(
        database.execute("SELECT id, content FROM files WHERE content IS NOT NULL").fetchall()
    )
    gone: dict[bytes, int] = {}
    for number in missing.values():
        if number in content:
            gone.setdefault(content[number], number)
    moved = []
    for path, number in fresh.items():
        before = gone.pop(content.get(number, b""), None)
        if before is None:
            continue
        database.execute(
            "UPDATE files SET path = ? WHERE id = ?", (b"\0" + os.fsencode(path), before)
        )
        row = database.execute("SELECT * FROM files WHERE id = ?", (number,)).fetchone()
        database.execute("DELETE FROM files WHERE id = ?", (number,))
        database.execute("DELETE FROM files WHERE id = ?", (before,))
        places = ", ".join("?" * len(row))
        database.execute(f"INSERT INTO files VALUES ({places})", (before, *row[1:]))  # noqa: S608
        moved.append((path, before))
    return moved


def _classes_of_folders(database: sqlite3.Connection, found: set[str]) -> dict[str, int]:
    """To which class each name found belongs; new names get a class of that name."""
    known: dict[str, int] = dict(database.execute("SELECT found, class FROM folders").fetchall())
    for name in sorted(found - known.keys()):
        row = database.execute("SELECT id FROM classes WHERE name = ?", (name,)).fetchone()
        if row is None:
            number = database.execute("INSERT INTO classes (name) VALUES (?)", (name,)).lastrowid
        else:
            number = row[0]
        database.execute("INSERT INTO folders VALUES (?, ?)", (name, number))
        known[name] = int(number or 0)
    return known


def _write_groups(database: sqlite3.Connection, groups: Groups) -> None:
    database.execute("UPDATE images SET duplicate = NULL, burst = NULL")
    for column, numbers in (("duplicate", groups.duplicates), ("burst", groups.bursts)):
        database.executemany(
            f"UPDATE images SET {column} = ? WHERE id = ?",  # noqa: S608 - one of two names
            ((group, number) for number, group in numbers.items()),
        )


def _divide(database: sqlite3.Connection, plan: Plan) -> None:
    """Give the new pictures their part; those that have one keep it, unless all are drawn anew."""
    present = (
        "FROM images i JOIN files f USING (id) JOIN sources s ON s.id = f.source "
        "JOIN classes c ON c.id = i.class WHERE i.gone <= 0 AND s.active = 1"
    )
    query = f"SELECT DISTINCT i.found_split {present} AND f.source = ?"
    named = {found for (found,) in database.execute(query, (plan.source,))}
    families = plan.groups.families()
    members: list[Member] = []
    numbers: list[int] = []
    drawn: list[bool] = []
    # Row by row, and each name once: of a million pictures that is a quarter of a gigabyte.
    query = f"SELECT i.id, f.path, c.name, i.split, i.found_split, i.gone, f.source {present}"
    for number, path, name, split, found, gone, source in database.execute(query):
        fresh = gone == -1 or (plan.redraw and source == plan.source)
        part = _given(_PARTS.get(found), named) if fresh else _PARTS[split]
        family = families.get(number, -1)
        members.append(Member(os.fsdecode(path), sys.intern(name), part, family, _PARTS.get(found)))
        numbers.append(number)
        drawn.append(fresh)
    del families
    splits = draw_splits(members, val=plan.val, test=plan.test, seed=plan.seed)
    changes = zip(splits, numbers, drawn, strict=True)
    database.executemany(
        "UPDATE images SET split = ?, gone = 0 WHERE id = ?",
        ((split, number) for split, number, fresh in changes if fresh),
    )


def _given(found: Split | None, named: Container[Split | None]) -> Split | None:
    """The part that the folders decide; without a validation part one is drawn from training."""
    return None if found == "train" and "val" not in named else found
