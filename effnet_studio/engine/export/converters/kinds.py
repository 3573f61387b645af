"""The converters that can be installed: one row each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class ConverterKind(StrEnum):
    """Converters."""

    LITERT = "litert"
    """Google's runtime for telephones and small computers, formerly TensorFlow Lite."""
    EXECUTORCH = "executorch"
    """PyTorch's own runtime for telephones, with the XNNPACK kernels."""
    COREML = "coreml"
    """Apple's runtime for iPhones, iPads and Macs."""


@dataclass(frozen=True)
class Converter:
    """A converter.

    Attributes:
        kind: Its name.
        title: What people call it.
        requirements: Its packages, to the version; PyTorch is the app's own.
        script: Name of the module in :mod:`~.inside` that does its work.
        machines: Operating systems and processors that all its packages are made for, as
            ``sys.platform`` and ``platform.machine()`` name them.
        download: Bytes that are downloaded.
        disk: Bytes that it takes on disk.
        makes_folder: Whether a model is a folder, not a file.
    """

    kind: ConverterKind
    title: str
    requirements: tuple[str, ...]
    script: str
    machines: frozenset[tuple[str, str]]
    download: int
    disk: int
    makes_folder: bool = False

    @property
    def machine_names(self) -> str:
        """The machines as people call them."""
        return ", ".join(sorted(_MACHINE_NAMES[machine] for machine in self.machines))


_LINUX_PC: Final = ("linux", "x86_64")
_LINUX_ARM: Final = ("linux", "aarch64")
_WINDOWS_PC: Final = ("win32", "AMD64")
_APPLE_SILICON: Final = ("darwin", "arm64")

_MACHINE_NAMES: Final = {
    _LINUX_PC: "Linux (x86-64)",
    _LINUX_ARM: "Linux (64-bit ARM)",
    _WINDOWS_PC: "Windows (x86-64)",
    _APPLE_SILICON: "macOS (Apple silicon)",
}

CONVERTERS: Final = {
    converter.kind: converter
    for converter in (
        Converter(
            kind=ConverterKind.LITERT,
            title="LiteRT",
            # What litert-torch and ai-edge-quantizer import when they convert, no more: their own
            # lists name transformers and fifty others for language models. Their old
            # typing_extensions stays in here.
            requirements=(
                "absl-py==2.5.1",
                "ai-edge-litert==2.3.0",
                "ai-edge-quantizer==0.10.0",
                "backports.strenum==1.2.8",
                "flatbuffers==25.12.19",
                "immutabledict==4.2.1",
                "jax==0.10.2",
                "jaxlib==0.10.2",
                "litert-converter==0.5.0",
                "litert-torch==0.10.0",
                "ml_dtypes==0.6.0",
                "numpy==2.4.6",
                "opt_einsum==3.4.0",
                "packaging==26.4",
                "scipy==1.17.1",
                "torchao==0.18.0",
                "tqdm==4.70.1",
                "typing_extensions==4.12.2",
            ),
            script="litert_jobs",
            machines=frozenset({_LINUX_PC, _APPLE_SILICON}),
            download=240_000_000,
            disk=950_000_000,
        ),
        Converter(
            kind=ConverterKind.EXECUTORCH,
            title="ExecuTorch",
            # Its own list names pandas, scikit-learn, coremltools and a hundred others.
            requirements=(
                "executorch==1.4.1",
                "flatbuffers==25.12.19",
                "numpy==2.4.6",
                "packaging==26.4",
                "pyyaml==6.0.4",
                "ruamel.yaml==0.18.16",
                "tabulate==0.10.0",
                "torchao==0.18.0",
                "tqdm==4.70.1",
                "typing_extensions==4.16.0",
            ),
            script="executorch_jobs",
            machines=frozenset({_LINUX_PC, _LINUX_ARM, _WINDOWS_PC, _APPLE_SILICON}),
            download=40_000_000,
            disk=180_000_000,
        ),
        Converter(
            kind=ConverterKind.COREML,
            title="Core ML",
            requirements=(
                "attrs==26.1.0",
                "cattrs==26.2.1",
                "coremltools==9.0",
                "numpy==2.4.6",
                "packaging==26.4",
                "protobuf==7.36.2",
                "tqdm==4.70.1",
                "typing_extensions==4.16.0",
            ),
            script="coreml_jobs",
            machines=frozenset({_LINUX_PC, _APPLE_SILICON}),
            download=20_000_000,
            disk=90_000_000,
            makes_folder=True,
        ),
    )
}
"""All that there are."""
