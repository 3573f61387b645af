"""An installed pack as it describes itself, in the file that is written last."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

    from effnet_studio.engine.gpu_pack.manifest import Manifest

DESCRIPTION: Final = "pack.json"
"""Without it a folder is no pack: nothing that is half there ever counts."""

FORMAT: Final = 1


@dataclass(frozen=True)
class Installed:
    """What is in a pack.

    Attributes:
        torch: Version of PyTorch.
        cuda: CUDA version it was built for.
        python: Such as ``cp311``.
        system: Such as ``linux-x86_64``.
        size: Bytes on disk.
        records: SHA-256 of each package's list of files, by the list's path in the pack.
        format: Of this description.
    """

    torch: str
    cuda: str
    python: str
    system: str
    size: int
    records: dict[str, str]
    format: int = FORMAT

    def text(self) -> str:
        """As it is written."""
        return json.dumps(asdict(self), indent=1) + "\n"

    def belongs_to(self, manifest: Manifest) -> bool:
        """Whether it replaces exactly the PyTorch of a table, on its system and Python."""
        mine = (self.torch, self.python, self.system)
        return mine == (manifest.torch, manifest.python, manifest.system)


def read_installed(folder: Path) -> Installed | None:
    """What a folder says that it holds.

    Args:
        folder: Perhaps a pack.

    Returns:
        Its description; None if it is no whole pack.
    """
    try:
        found = Installed(**json.loads((folder / DESCRIPTION).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    whole = found.format == FORMAT and (folder / "torch" / "__init__.py").is_file()
    return found if whole else None


def other_packs(root: Path, key: str) -> list[Path]:
    """Packs of other versions of the app, which this one cannot use.

    Args:
        root: Folder of all packs.
        key: Name of this app's own.
    """
    try:
        folders = sorted(root.glob("torch-*-*"))
    except OSError:
        return []
    return [each for each in folders if each.name != key and read_installed(each) is not None]
