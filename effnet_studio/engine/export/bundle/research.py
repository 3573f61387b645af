"""How PyTorch's own files are opened."""

from __future__ import annotations

from effnet_studio.engine.export.bundle.part import Part, Step, in_quotes
from effnet_studio.engine.messages import msg


def research_part(model: str) -> Part:
    """What to type to go on with an exported program.

    Args:
        model: Name of the exported ``.pt2``, beside which lie its weights.

    Returns:
        No files: two steps.
    """
    weights = model.rpartition(".")[0] + ".safetensors"
    return Part(
        title=msg("In PyTorch"),
        files={},
        about={},
        steps=(
            Step(
                msg("Open the program; none of our code is needed:"),
                f'network = torch.export.load("{in_quotes(model)}").module()',
            ),
            Step(
                msg("Or read the weights alone:"),
                f'weights = safetensors.torch.load_file("{in_quotes(weights)}")',
            ),
        ),
    )
