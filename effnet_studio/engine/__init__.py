"""The engine: data, models, training, prediction and export. A library by itself, without Qt."""

import os

# onnxruntime's newer builds report to their maker, also on Linux: once imported, it writes what it
# runs into a database in the user's cache, with a number for this computer, to be sent. Its own
# switch comes too late for that. Processes started from here inherit this.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
