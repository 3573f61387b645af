"""``effnet-studio models``."""

from __future__ import annotations

from effnet_studio.cli.options import AsJson
from effnet_studio.cli.terminal import Terminal


def models(*, as_json: AsJson = False) -> None:
    """List the architectures that can be trained."""
    from effnet_studio.cli import render
    from effnet_studio.cli.documents import model_document
    from effnet_studio.engine.models.catalog import CATALOG

    rows = list(CATALOG.values())
    Terminal(as_json=as_json).emit(
        [model_document(spec) for spec in rows], render.models_table(rows)
    )
