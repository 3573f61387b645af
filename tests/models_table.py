"""The table of all architectures in the documentation, made from the catalog and built networks.

Write it anew with::

    python -m tests.models_table --update
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch

from effnet_studio.engine.models.build import build_model, se_blocks
from effnet_studio.engine.models.catalog import CATALOG
from effnet_studio.engine.models.probe import probe_model
from effnet_studio.engine.models.spec import ModelSpec

PAGE = Path(__file__).parents[1] / "docs" / "models.md"

_TOP = """# Models

Every architecture that EffNet Studio offers. Parameters are those with 1,000 classes;
multiply-accumulates (MACs) those of convolutions and linear layers for one image of the input size.
Both are counted on the built networks and agree with the figures of the libraries (torchvision's
weights metadata; for timm's rows tests compare size and preprocessing with its configurations).
SE counts the squeeze-and-excitation blocks. Top-1 is what the library measured on the validation
images of ImageNet-1K at that input size.

This page is made by `python -m tests.models_table --update`.

| Model | Name | Parameters | MACs (G) | Input | Stages | SE | CAM layer | Top-1 (%) | Weights |
|---|---|---:|---:|---:|---:|---:|---|---:|---|
"""

_END = """
## Licences of the weights

{licences}
"""


def page() -> str:
    """The whole page."""
    rows = "".join(_row(spec) for spec in CATALOG.values())
    terms: dict[str, list[str]] = {}
    for spec in CATALOG.values():
        terms.setdefault(spec.licence, []).append(spec.title)
    licences = "\n".join(f"- {licence}: {', '.join(names)}." for licence, names in terms.items())
    return _TOP + rows + _END.format(licences=licences)


def _row(spec: ModelSpec) -> str:
    facts = probe_model(spec)
    with torch.device("meta"):
        gates = len(se_blocks(build_model(spec, 1000)))
    cells = (
        spec.title,
        f"`{spec.name}`",
        f"{facts.parameters:,}",
        f"{facts.macs / 1e9:.3f}",
        f"{spec.input_size} px",
        str(len(spec.stages)),
        str(gates or "–"),
        f"`{spec.cam_layer}`",
        f"{spec.top1:.2f}",
        f"{spec.library} `{spec.weights}`",
    )
    return f"| {' | '.join(cells)} |\n"


def main() -> None:
    """Say whether the page is fresh, or write it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--update", action="store_true")
    if parser.parse_args().update:
        PAGE.write_text(page(), encoding="utf-8")
    elif PAGE.read_text(encoding="utf-8") != page():
        raise SystemExit("docs/models.md is stale: python -m tests.models_table --update")


if __name__ == "__main__":
    main()
