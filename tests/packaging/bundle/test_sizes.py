"""The table of sizes, and the comparison of versions."""

import json
from pathlib import Path

import pytest
from bundle import main, sizes


@pytest.mark.parametrize(
    ("path", "part"),
    [
        ("torch/lib/libtorch_cpu.so", "torch"),
        ("pillow.libs/libavif.so.16", "Pillow"),
        ("PySide6/Qt/lib/libQt6Core.so.6", "Qt and PySide6"),
        ("libpython3.11.so.1.0", "Python"),
        ("json/decoder.pyc", "Python"),
        ("argparse.pyc", "Python"),
        ("libcrypto.so.3", "libraries of the system"),
        ("effnet_studio/resources/backbones/b0.safetensors", "EffNet Studio: resources/backbones"),
        ("effnet_studio/docs/guide/en/data.md", "EffNet Studio: docs/guide"),
        ("effnet_studio/gui/app.pyc", "EffNet Studio: code"),
        ("torch-2.13.0+cpu.dist-info/METADATA", "facts and licences of packages"),
    ],
)
def test_that_each_file_counts_for_its_part(path: str, part: str) -> None:
    assert sizes.part_of(path) == part


def test_that_sizes_are_summed_written_and_held_against_the_aim(tmp_path: Path) -> None:
    bundle = tmp_path / "effnet-studio"
    internal = bundle / "_internal"
    (internal / "torch").mkdir(parents=True)
    (bundle / "effnet-studio").write_bytes(bytes(100))
    (internal / "torch" / "big.so").write_bytes(bytes(3_000_000))
    (internal / "torch" / "link.so").symlink_to("big.so")
    (internal / "json.pyc").write_bytes(bytes(1_000))
    package = tmp_path / "app.deb"
    package.write_bytes(bytes(5_000))
    lines = sizes.write_sizes(bundle, internal, [package], tmp_path / "out")
    text = "\n".join(lines)
    assert "     3.0 MB  torch\n" in text
    assert "3.0 MB  altogether (aim: 700 MB)" in text
    assert "app.deb (aim: 260 MB)" in text
    told = json.loads((tmp_path / "out" / "sizes.json").read_text())
    assert told["installed"] == 3_001_100
    assert told["parts"] == {"torch": 3_000_000, "Python": 1_000, "the program itself": 100}
    assert told["packages"] == {"app.deb": 5_000}
    sums = (tmp_path / "out" / "contents.sha256").read_text().splitlines()
    assert [line.split("  ")[1] for line in sums] == [
        "_internal/json.pyc",
        "_internal/torch/big.so",
        "effnet-studio",
    ]


def test_that_too_much_is_said() -> None:
    (line, *_) = sizes.table({"torch": 712_000_000}, {})[1:]
    assert line == "   712.0 MB  altogether (aim: 700 MB, 12.0 MB too much)"


def test_that_versions_that_are_not_the_tested_ones_are_named() -> None:
    pins = {"torch": "2.13.0", "pyside6-essentials": "6.11.3"}
    found = {"torch": "2.13.0+cpu", "PySide6_Essentials": "6.12.0", "effnet-studio": "0.1.0"}
    assert main.astray(found, pins) == ["pyside6-essentials 6.12.0, not 6.11.3"]
    assert main.astray({"left-pad": "1.0"}, pins) == ["left-pad 1.0, not known"]


def test_that_what_cannot_be_built_here_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main.main(["--only", "bundle,msi"])
    assert "msi: here one can build bundle" in capsys.readouterr().err
