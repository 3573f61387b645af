"""What lies in the cache, for the Settings page; called in the background."""

from __future__ import annotations

from pathlib import Path

from effnet_studio.paths import APP_NAME, weights_dir


def weights_size() -> int:
    """Bytes of the downloaded weights, half downloads included."""
    return sum(map(_size, _files()))


def remove_weights() -> int:
    """Remove all downloaded weights.

    The images of the sample stay, because projects may be made of them.

    Returns:
        How many bytes went.
    """
    freed = 0
    for file in _files():
        size = _size(file)
        file.unlink(missing_ok=True)
        freed += size
    return freed


def cache_inside(folder: Path) -> Path:
    """A folder of the app's own inside one that a person chose and may keep other things in."""
    return folder if folder.name == APP_NAME else folder / APP_NAME


def _size(file: Path) -> int:
    """A download that ends meanwhile takes its half file away."""
    try:
        return file.stat().st_size
    except FileNotFoundError:
        return 0


def _files() -> list[Path]:
    folder = weights_dir()
    return [path for path in folder.iterdir() if path.is_file()] if folder.is_dir() else []
