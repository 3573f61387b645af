"""Nobody is told what is done here, also not by the libraries that do it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

_PROGRAM = """
import effnet_studio.engine.predict.onnx_session
import numpy as np
import onnxruntime
from onnx import TensorProto, helper

one = [helper.make_tensor_value_info(name, TensorProto.FLOAT, [1]) for name in "xy"]
graph = helper.make_graph([helper.make_node("Relu", ["x"], ["y"])], "g", one[:1], one[1:])
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=10)
session = onnxruntime.InferenceSession(model.SerializeToString())
session.run(None, {"x": np.ones(1, np.float32)})
"""


def test_that_onnxruntime_collects_nothing_to_report(tmp_path: Path) -> None:
    homes = {name: tmp_path / name for name in ("HOME", "TMPDIR", "XDG_CACHE_HOME")}
    for folder in homes.values():
        folder.mkdir()
    env = {name: value for name, value in os.environ.items() if name != "ORT_DISABLE_TELEMETRY"}
    env |= {name: str(folder) for name, folder in homes.items()}
    subprocess.run([sys.executable, "-c", _PROGRAM], env=env, check=True, timeout=120)
    written = [path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file()]
    assert [path for path in written if "matplotlib" not in path.parts] == []
