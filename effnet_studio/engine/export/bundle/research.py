"""How PyTorch's own files are opened."""

from __future__ import annotations

import importlib.metadata

from effnet_studio.engine.export.bundle.part import Part, Step, in_quotes
from effnet_studio.engine.messages import msg


def research_part(model: str) -> Part:
    """What to type to go on with an exported program.

    Args:
        model: Name of the exported ``.pt2``, beside which lie its weights.

    Returns:
        Its steps; it has no files.
    """
    version = importlib.metadata.version("torch").partition("+")[0]
    weights = model.rpartition(".")[0] + ".safetensors"
    return Part(
        title=msg("In PyTorch"),
        files={},
        about={},
        steps=(
            Step(
                msg("Install PyTorch {version} or newer, and safetensors:", version=version),
                "pip install torch safetensors",
            ),
            Step(
                msg("Open the program; it needs no other code:"),
                f'import torch; network = torch.export.load("{in_quotes(model)}").module()',
            ),
            Step(
                msg("Or read the weights alone:"),
                "from safetensors.torch import load_file; "
                f'weights = load_file("{in_quotes(weights)}")',
            ),
        ),
    )
