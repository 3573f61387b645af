"""Fills a project's index without pictures, as a scan would."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from effnet_studio.engine.data.assemble import Assembled, Groups, Plan, assemble
from effnet_studio.engine.data.files.examine import Examined
from effnet_studio.engine.data.files.fingerprint import Fingerprint
from effnet_studio.engine.data.files_table import keep_outcomes, open_source
from effnet_studio.engine.data.problems import Problem
from effnet_studio.engine.data.sources.layout import Candidate
from effnet_studio.engine.data.sources.scan import FoundFile
from effnet_studio.engine.images import ImageInfo
from effnet_studio.engine.messages import msg

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from effnet_studio.engine.project import Project

LOOKS = Fingerprint(1, bytes(range(256)), 0.5, 0.2, 100.0, 0.3)


def fill(
    project: Project,
    folder: Path,
    count: int,
    *,
    prefix: str = "",
    remarks: Callable[[object], Sequence[Problem]] | None = None,
) -> Assembled:
    """Put ``count`` pictures of each of the classes a and b into the index."""

    def one_problem(_parts: object) -> Sequence[Problem]:
        message = msg("It has {n} {{}}.", n=3)
        return [Problem(folder / "x", message, msg("Do."), "unreadable")]

    source = open_source(project, folder)
    files = [FoundFile(f"{name}/{prefix}{n}.jpg", 9, 1) for name in "ab" for n in range(count)]
    keep_outcomes(project, source, [(file, examined(file)) for file in files])
    plan = Plan(
        source=source,
        root=folder,
        candidates=[Candidate(file, file.relative[0], None) for file in files],
        groups=Groups(),
        remarks=remarks or one_problem,
        mode="replace",
        val=0.2,
        test=0.0,
        seed=0,
        redraw=False,
        settings={},
    )
    return assemble(project, plan)


def examined(file: FoundFile) -> Examined:
    """What a scan would say of a file."""
    info = ImageInfo("JPEG", 4, 3, "RGB", file.bytes)
    content = file.relative.encode()[-16:].rjust(16)
    return Examined(info, file.mtime_ns, content, LOOKS, None, "", b"")
