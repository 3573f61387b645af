"""The Java class that prepares pictures on Android is the app's own preprocessing, to the bit."""

from __future__ import annotations

import shutil
import struct
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from effnet_studio.engine.export.bundle.android import android_part
from effnet_studio.engine.images import load_image
from effnet_studio.engine.preprocess import Preprocess

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

RULES = (
    Preprocess(size=32, resize=37, interpolation="bicubic"),
    Preprocess(size=32, resize=32, interpolation="bilinear"),
    Preprocess(size=48, resize=40, interpolation="bicubic", mean=(0.5, 0.4, 0.3), std=(1, 0.5, 2)),
)

RUN = """
import java.io.*;

public final class Run {
    public static void main(String[] given) throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(System.in, 1 << 20));
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(System.out, 1 << 20));
        for (int images = in.readInt(); images > 0; images--) {
            int width = in.readInt(), height = in.readInt(), resize = in.readInt();
            int size = in.readInt();
            boolean bicubic = in.readInt() == 1;
            float[] mean = {in.readFloat(), in.readFloat(), in.readFloat()};
            float[] std = {in.readFloat(), in.readFloat(), in.readFloat()};
            int[] argb = new int[width * height];
            for (int i = 0; i < argb.length; i++) argb[i] = in.readInt();
            for (float value : example.Prepare.input(
                    argb, width, height, resize, size, bicubic, mean, std)) out.writeFloat(value);
        }
        out.flush();
    }
}
"""


@dataclass(frozen=True)
class Java:
    """The class, compiled."""

    folder: Path

    def inputs(self, asked: list[tuple[Preprocess, NDArray[np.uint8]]]) -> list[np.ndarray]:
        """What it makes of pictures with four channels, each by its rule."""
        content = struct.pack(">i", len(asked))
        for rule, rgba in asked:
            height, width = rgba.shape[:2]
            kernel = int(rule.interpolation == "bicubic")
            content += struct.pack(">5i", width, height, rule.resize, rule.size, kernel)
            content += struct.pack(">6f", *rule.mean, *rule.std)
            content += np.ascontiguousarray(rgba[..., [3, 0, 1, 2]]).tobytes()
        command = ["java", "-XX:TieredStopAtLevel=1", "-cp", str(self.folder), "Run"]
        said = subprocess.run(command, input=content, capture_output=True, check=True).stdout
        found, at = [], 0
        for rule, _ in asked:
            count = 3 * rule.size**2
            values = np.frombuffer(said, dtype=">f4", count=count, offset=at)
            found.append(values.astype(np.float32).reshape(3, rule.size, rule.size))
            at += 4 * count
        assert at == len(said)
        return found


@pytest.fixture(scope="module")
def java(tmp_path_factory: pytest.TempPathFactory) -> Java:
    if shutil.which("java") is None or shutil.which("javac") is None:
        pytest.skip("no Java here")
    folder = tmp_path_factory.mktemp("java")
    text = android_part("model.tflite").files["Prepare.java"]
    (folder / "Prepare.java").write_text(text, encoding="utf-8")
    (folder / "Run.java").write_text(RUN, encoding="utf-8")
    command = ["javac", "-Werror", "-Xlint:all", "--release", "11", "-d", ".", "Prepare.java"]
    subprocess.run([*command, "Run.java"], cwd=folder, check=True)
    return Java(folder)


def opaque(rgb: NDArray[np.uint8]) -> NDArray[np.uint8]:
    return np.concatenate([rgb, np.full_like(rgb[..., :1], 255)], axis=2)


def test_that_pictures_of_any_size_become_the_same_numbers(java: Java) -> None:
    random = np.random.default_rng(5)
    sizes = [(1, 1), (1, 200), (200, 1), (32, 32), (37, 64), (500, 40), (301, 90), (48, 900)]
    sizes += [tuple(random.integers(1, 300, 2)) for _ in range(40)]
    pictures = [random.integers(0, 256, (*size, 3)).astype(np.uint8) for size in sizes]
    asked = [(rule, picture) for picture in pictures for rule in RULES]
    found = java.inputs([(rule, opaque(picture)) for rule, picture in asked])
    for (rule, picture), values in zip(asked, found, strict=True):
        np.testing.assert_array_equal(values, rule(picture), err_msg=f"{rule} {picture.shape}")


def test_that_what_can_be_seen_through_lies_on_white(java: Java) -> None:
    random = np.random.default_rng(6)
    rgba = random.integers(0, 256, (90, 70, 4)).astype(np.uint8)
    rgba[:20, :, 3], rgba[20:40, :, 3] = 0, 255
    white = Image.new("RGBA", (70, 90), "white")
    laid = Image.alpha_composite(white, Image.fromarray(rgba)).convert("RGB")
    (found,) = java.inputs([(RULES[0], rgba)])
    np.testing.assert_array_equal(found, RULES[0](np.asarray(laid)))


def test_that_photographs_become_the_same_numbers(java: Java, shared_data: Path) -> None:
    rule = Preprocess(size=224, resize=256, interpolation="bicubic")
    files = sorted((shared_data / "photos" / "flowers").glob("*/*.jpg"))[::40]
    assert files
    pictures = [load_image(file) for file in files]
    found = java.inputs([(rule, opaque(picture)) for picture in pictures])
    for picture, values in zip(pictures, found, strict=True):
        np.testing.assert_array_equal(values, rule(picture))


def test_that_the_classes_name_the_model_and_its_notes() -> None:
    part = android_part("efficientnet_b0.tflite")
    assert set(part.files) == set(part.about) == {"Prepare.java", "Classifier.java"}
    classifier = part.files["Classifier.java"]
    assert '"efficientnet_b0.tflite"' in classifier
    assert '"efficientnet_b0.notes.json"' in classifier
    assert "$" not in classifier
