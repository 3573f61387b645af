"""A program in C++ beside an exported file: onnxruntime, libjpeg and libpng."""

from __future__ import annotations

from effnet_studio.engine.export.bundle.part import Part, Step, program_files
from effnet_studio.engine.messages import msg


def cpp_part(model: str) -> Part:
    """A program in C++ that answers as the app does, from JPEG and PNG files.

    What it needs to know of the model it reads from the file, so it runs any that is exported
    after, too.

    Args:
        model: Name of the exported file, which takes images as they are.

    Returns:
        Its files: the sources, and what builds them.
    """
    return Part(
        title=msg("A program in C++"),
        files=program_files("cpp"),
        about={
            "classify.cpp": msg("The program: asks the model and prints its answers."),
            "picture.h": msg("What the reading of pictures offers the program."),
            "picture.cpp": msg("Reads pictures as the app does."),
            "jpeg.cpp": msg("Reads JPEG files."),
            "png.cpp": msg("Reads PNG files."),
            "CMakeLists.txt": msg("Builds the program."),
        },
        steps=(
            Step(
                msg(
                    "Install a compiler for C++17, CMake, libjpeg and libpng; on Debian and Ubuntu:"
                ),
                "sudo apt install g++ cmake libjpeg-dev libpng-dev",
            ),
            Step(
                msg(
                    "Unpack a release of onnxruntime for C++ into a folder, put its name where it "
                    "says FOLDER, and build:"
                ),
                "cmake -S . -B build -DONNXRUNTIME_ROOT=FOLDER && cmake --build build",
            ),
            Step(msg("Ask it about pictures:"), f'build/classify "{model}" picture.jpg'),
        ),
    )
