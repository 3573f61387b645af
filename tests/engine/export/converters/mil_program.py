"""Computes what a Core ML package says, step by step: its own runtime is on Macs only.

Started with the Python of Core ML's converter, which can read packages. Arguments: the folder that
holds PyTorch, the package, a file of inputs (npy), and the file for the outputs. Each operation is
computed as Apple's list of MIL operations defines it.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

sys.path.append(sys.argv[1])

import coremltools as ct
import numpy as np
import torch
from coremltools.converters.mil.frontend.milproto.load import load
from torch.nn import functional

Values = dict[str, Any]


def conv(v: Values) -> torch.Tensor:
    """Zeros around, as many as ``pad`` says: before and after each axis."""
    top, bottom, left, right = v["pad"]
    x = functional.pad(v["x"], (left, right, top, bottom))
    how = {"stride": v["strides"], "dilation": v["dilations"], "groups": v["groups"]}
    return functional.conv2d(x, v["weight"], v.get("bias"), **how)


OPERATIONS = {
    "add": lambda v: v["x"] + v["y"],
    "mul": lambda v: v["x"] * v["y"],
    "clip": lambda v: v["x"].clamp(v["alpha"], v["beta"]),
    "conv": conv,
    "linear": lambda v: functional.linear(v["x"], v["weight"], v["bias"]),
    "reduce_mean": lambda v: v["x"].mean(v["axes"], keepdim=v["keep_dims"]),
    "relu": lambda v: v["x"].relu(),
    "reshape": lambda v: v["x"].reshape(v["shape"]),
    "sigmoid": lambda v: v["x"].sigmoid(),
    "sigmoid_hard": lambda v: (v["alpha"] * v["x"] + v["beta"]).clamp(0, 1),
    "silu": lambda v: v["x"] * v["x"].sigmoid(),
    "thresholded_relu": lambda v: v["x"] * (v["x"] >= v["alpha"]),
}


def plain(value: Any) -> Any:
    """A constant as PyTorch takes it."""
    if isinstance(value, np.ndarray):
        return torch.from_numpy(value.copy()) if value.dtype.kind == "f" else value.tolist()
    return value.item() if isinstance(value, np.generic) else value


def answer(program: Any, image: torch.Tensor) -> torch.Tensor:
    """Outputs of the program's one function for one input."""
    main = program.functions["main"]
    known = {"input": image}
    for step in main.operations:
        if step.op_type == "const":
            continue
        given = {
            name: known[of.name] if of.name in known else plain(of.val)
            for name, of in step.inputs.items()
            if not isinstance(of, tuple | list) and of is not None
        }
        known[step.outputs[0].name] = OPERATIONS[step.op_type](given)
    (out,) = main.outputs
    return known[out.name]


spec = ct.utils.load_spec(sys.argv[2])
(taken,), (given_back,) = spec.description.input, spec.description.output
assert (taken.name, given_back.name) == ("input", "logits")
weights = Path(sys.argv[2], "Data/com.apple.CoreML/weights")
program = load(spec, spec.specificationVersion, str(weights))
images = torch.from_numpy(np.load(sys.argv[3]))
with torch.no_grad():
    np.save(sys.argv[4], torch.cat([answer(program, image[None]) for image in images]).numpy())
