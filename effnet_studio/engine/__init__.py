"""The engine: data, models, training, prediction and export. A library by itself, without Qt."""
