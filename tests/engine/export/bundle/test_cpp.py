"""The program in C++: what can be said of it without a compiler."""

from __future__ import annotations

import re

from effnet_studio.engine.data.loading.pixels import DRAFT_MARGIN
from effnet_studio.engine.export.bundle.cpp import cpp_part
from effnet_studio.engine.export.bundle.server import server_part
from effnet_studio.engine.predict.onnx_metadata import LABELS_KEY, PREPROCESS_KEY
from effnet_studio.engine.predict.whole_model import (
    CERTAINTY_NAME,
    IMAGE_NAME,
    NONE_NAME,
    PROBABILITIES_NAME,
)

MODEL = "my flowers.onnx"


def test_that_every_source_is_built_and_told_of() -> None:
    part = cpp_part(MODEL)
    assert part.files.keys() == part.about.keys()
    built = re.search(r"add_executable\(classify (.*)\)", part.files["CMakeLists.txt"])
    assert built is not None
    assert set(built[1].split()) == {name for name in part.files if name.endswith(".cpp")}
    assert f'build/classify "{MODEL}" picture.jpg' in [step.command for step in part.steps]


def test_that_names_in_the_file_are_those_the_export_writes() -> None:
    for text in (cpp_part(MODEL).files["classify.cpp"], server_part(MODEL).files["classifier.py"]):
        for name in (LABELS_KEY, PREPROCESS_KEY, IMAGE_NAME, PROBABILITIES_NAME, NONE_NAME):
            assert f'"{name}"' in text
        assert f"= {DRAFT_MARGIN} * " in text
    assert f'"{CERTAINTY_NAME}"' in server_part(MODEL).files["classifier.py"]
