"""Java classes for an Android app that uses a LiteRT model."""

from __future__ import annotations

from typing import Final

from effnet_studio.engine.export.bundle.part import Part, Step, program_files
from effnet_studio.engine.export.runtimes.notes import NOTES_SUFFIX
from effnet_studio.engine.messages import msg
from effnet_studio.engine.predict.onnx_metadata import LABELS_KEY, PREPROCESS_KEY, REJECT_KEY

_DEPENDENCY: Final = 'implementation("com.google.ai.edge.litert:litert:1.4.0")'


def android_part(model: str) -> Part:
    """Two Java classes: one prepares pictures as the app does, one asks the model.

    The first is plain Java and tested against the app; the second needs Android and is not.

    Args:
        model: Name of the exported ``.tflite``, beside which lie its notes.

    Returns:
        The classes and what to do with them.
    """
    notes = model.rpartition(".")[0] + NOTES_SUFFIX
    return Part(
        title=msg("An Android app"),
        files=program_files(
            "android",
            model=model,
            notes=notes,
            labels=LABELS_KEY,
            preprocess=PREPROCESS_KEY,
            reject=REJECT_KEY,
        ),
        about={
            "Prepare.java": msg(
                "Resizes and crops pictures as the app does, to the bit; needs nothing but Java."
            ),
            "Classifier.java": msg(
                "Asks the model about a picture. It needs Android, so the export did not run it: "
                "compare some answers with the app's."
            ),
        },
        steps=(
            Step(msg("Copy the model and its notes into app/src/main/assets.")),
            Step(msg("Add LiteRT to the dependencies in app/build.gradle.kts:"), _DEPENDENCY),
            Step(
                msg("Copy both classes into the app, and ask them:"),
                "new Classifier(context).answer(bitmap)",
            ),
        ),
    )
