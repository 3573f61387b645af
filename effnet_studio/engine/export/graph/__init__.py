"""From a trained network to ONNX, and the app's own preprocessing and verdict around it."""
