"""What is not translated: data, names, units. Everything else that is found is a mistake."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tests.pseudo.texts import Shown

NAMES: Final = tuple(
    """
    EffNet Studio|English|ONNX Runtime|onnxruntime|ONNX|OpenVINO|LiteRT|ExecuTorch|Core ML
    TensorFlow|TensorBoard|PyTorch|torchvision|timm|Grad-CAM|ImageNet|ImageNet-1K|Raspberry Pi
    Android|iOS|Linux|AMD EPYC|HEIC|JPEG|JSON|CSV|PDF|HTML|PNG|WebP|BMP|GIF|TIFF|AVIF|PPM
    CPU|GPU|CUDA|RGB|AdamW|SGD|MBConv|Fused-MBConv|MACs|Viridis|Cividis|Inferno|EPYC|AMD
    Apache-2.0|BSD-3-Clause|results-imagenet.csv|X|PM|AM|LayerCAM|HiResCAM|Score-CAM|Eigen-CAM|V2|Lite
    """.strip()
    .replace("\n", "|")
    .replace("    ", "")
    .split("|")
)
"""Of the program, languages, formats, devices, licences, methods: the same in all languages."""

UNITS: Final = tuple(re.split(r"\W", "B kB MB GB TB bytes ms s min h px k M G FPS AM PM am pm"))
KEYS: Final = tuple(re.split(r"\W", "Ctrl Shift Alt Esc Space Del Enter Return Tab Left Right"))

DATA_WIDGETS: Final = re.compile(
    r"project_name|help_.*|.*_help|fact_command_.*|page_guide|guide_(?:tree|results|reader)"
    r"|about_(?:text|versions)"
)
"""Widgets that show what the user brought, commands to type, licences, or pages of the guide:
those have files of their own in each language and do not go through the translator."""


_CODE: Final = r"\b\w+(?:\.\w+){2,}\b|\b[\w.]*\w_\w[\w.]*"
"""Names in code."""
_PATTERNS: Final = (
    r"(?:[A-Za-z]:)?[\w .~+-]*(?:/[\w .~+=()-]+)+/?",  # paths
    r"\bhttps?://\S+",
    r"\b[\w-]+(?:\.[\w-]+)*\.(?:com|co|org)\b",  # hosts
    r"\w*…[\w.-]*",  # a shortened name
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
    if DATA_WIDGETS.fullmatch(shown.widget):
        return []
    text = re.sub(_CODE, " ", shown.text)
    for name in sorted((*data, *NAMES), key=len, reverse=True):
        text = text.replace(name, " ")
    for pattern in _PATTERNS:
        text = re.sub(pattern, " ", text)
    for word in (*UNITS, *KEYS):
        text = re.sub(rf"(?<![A-Za-z]){word}(?![A-Za-z])", " ", text)
    return re.findall(r"(?<![^\W\d_])[A-Za-z]{2,}(?![^\W\d_])", text)
