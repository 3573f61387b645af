"""The files of a pack as a text to be taken to a computer with network."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from effnet_studio.engine.gpu_pack.manifest import Manifest


def file_list(manifest: Manifest) -> str:
    """Addresses, one a line, and below them checksums that ``sha256sum --check`` understands.

    Args:
        manifest: What the pack is made of.
    """
    addresses = "\n".join(manifest.address(each) for each in manifest.wheels)
    checksums = "\n".join(f"{each.sha256}  {each.file}" for each in manifest.wheels)
    return (
        f"# GPU pack: PyTorch {manifest.torch}, CUDA {manifest.cuda}, {manifest.system}, "
        f"{len(manifest.wheels)} files, {manifest.download_bytes / 1e9:.2f} GB\n"
        f"# Download these into one folder:\n{addresses}\n\n"
        f"# Their SHA-256 checksums; the app compares them too:\n{checksums}\n"
    )
