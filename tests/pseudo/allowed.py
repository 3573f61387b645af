"""What is not translated: data, names, units. Everything else that is found is a mistake."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tests.pseudo.texts import Shown

NAMES: Final = (
    # The program, languages, formats, devices, and what people and products are called.
    "EffNet Studio",
    "English",
    "ONNX Runtime",
    "ONNX",
    "OpenVINO",
    "LiteRT",
    "ExecuTorch",
    "Core ML",
    "TensorFlow",
    "TensorBoard",
    "PyTorch",
    "torchvision",
    "timm",
    "Grad-CAM",
    "EfficientNet",
    "ImageNet",
    "Raspberry Pi",
    "Android",
    "iOS",
    "HEIC",
    "JPEG",
    "JSON",
    "CSV",
    "PDF",
    "HTML",
    "PNG",
    "CPU",
    "GPU",
    "CUDA",
    "RGB",
)
UNITS: Final = (
    "B", "kB", "MB", "GB", "TB", "ms", "s", "min", "h", "px", "k", "M", "G", "FPS", "AM", "PM", "am", "pm",
)  # fmt: skip
KEYS: Final = (
    "Ctrl",
    "Shift",
    "Alt",
    "Esc",
    "Space",
    "Del",
    "Enter",
    "Return",
    "Tab",
    "Left",
    "Right",
)

DATA_WIDGETS: Final = re.compile(
    r"^(project_name|nothing_yet)$",
)
"""Object names of widgets that show nothing but what the user brought."""

_PATTERNS: Final = (
    r"(?:[A-Za-z]:)?[\w .~+-]*(?:/[\w .~+=()-]+)+/?",  # paths
    r"\bhttps?://\S+",
    r"\b[\w-]+\.(?:jpe?g|png|webp|gif|onnx|csv|html|pdf|md|py|json|safetensors|pth|xml|bin|zip|pt2|effnet|example)\b",
    r"\b\w{2,}-?\d[\w.-]*\b",  # versions, run ids, ResNet18
    r"\b[0-9a-f]{6,}\b",
)


def words_left(shown: Shown, data: tuple[str, ...]) -> list[str]:
    """Words of a text that are neither translated nor data.

    Args:
        shown: The text.
        data: Names that are data here: classes, models, projects.

    Returns:
        Words of two Latin letters and more; empty where all is well.
    """
    if DATA_WIDGETS.match(shown.widget):
        return []
    text = shown.text
    for name in sorted((*data, *NAMES), key=len, reverse=True):
        text = text.replace(name, " ")
    for pattern in _PATTERNS:
        text = re.sub(pattern, " ", text)
    for word in (*UNITS, *KEYS):
        text = re.sub(rf"(?<![A-Za-z]){word}(?![A-Za-z])", " ", text)
    return re.findall(r"(?<![^\W\d_])[A-Za-z]{2,}(?![^\W\d_])", text)
