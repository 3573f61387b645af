"""The engine: data, models, training, prediction and export. A library by itself, without Qt."""

import os

# Since it has builds that report to their maker, also on Linux, onnxruntime writes what it runs into
# a database in the user's cache, with a number for this computer, and sends it when it can; the
# moment it is imported. Its own switch comes too late for that. Processes started from here inherit
# this.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
