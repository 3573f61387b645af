"""Choosing an architecture in a combo box, also one that the catalog does not list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from effnet_studio.engine.errors import ModelError
from effnet_studio.engine.models.catalog import get_spec

if TYPE_CHECKING:
    from PySide6.QtWidgets import QComboBox


def choose_model(combo: QComboBox, name: str) -> bool:
    """Choose an architecture in a combo box whose items' data are catalog names.

    Args:
        combo: The combo box.
        name: Catalog name, or that of a scaled network: it is added if it is not there yet.

    Returns:
        Whether there is such an architecture; otherwise nothing changes.
    """
    row = combo.findData(name)
    if row < 0:
        try:
            spec = get_spec(name)
        except ModelError:
            return False
        row = combo.findData(spec.name)
        if row < 0:
            combo.addItem(spec.title, spec.name)
            row = combo.count() - 1
    combo.setCurrentIndex(row)
    return True
