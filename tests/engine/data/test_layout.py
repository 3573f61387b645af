"""Where the class of each picture is written is found out, or as the user says."""

from __future__ import annotations

from pathlib import Path

import pytest

from effnet_studio.engine.data.layout import Layout, recognise
from effnet_studio.engine.data.scan import FoundFile, Listing, scan_folder
from effnet_studio.engine.errors import DatasetError


def listing_of(*paths: str) -> Listing:
    folders = sorted({path.split("/")[0] for path in paths if "/" in path})
    return Listing(Path("/r"), [FoundFile(path, 1, 1) for path in sorted(paths)], folders=folders)


def found(layout: Layout) -> dict[str, tuple[str, str | None]]:
    return {each.file.relative: (each.label, each.split) for each in layout.candidates}


def write(root: Path, table: str, *files: str, name: str = "labels.csv") -> Listing:
    for file in files:
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_bytes(b"x")
    (root / name).write_text(table, encoding="utf-8")
    return scan_folder(root)


def test_that_parts_inside_classes_are_recognised() -> None:
    layout = recognise(
        listing_of("ant/train/1.jpg", "ant/test/2.jpg", "bee/train/3.jpg", "bee/Valid/4.jpg")
    )
    assert layout.kind == "class_split"
    assert found(layout) == {
        "ant/train/1.jpg": ("ant", "train"),
        "ant/test/2.jpg": ("ant", "test"),
        "bee/train/3.jpg": ("bee", "train"),
        "bee/Valid/4.jpg": ("bee", "val"),
    }


def test_that_sub_folders_of_other_names_are_only_order() -> None:
    layout = recognise(listing_of("ant/2024/1.jpg", "ant/train/2.jpg", "bee/3.jpg"))
    assert layout.kind == "classes"
    assert found(layout) == {
        "ant/2024/1.jpg": ("ant", None),
        "ant/train/2.jpg": ("ant", None),
        "bee/3.jpg": ("bee", None),
    }


def test_that_loose_pictures_beside_class_folders_are_left_out_with_a_reason() -> None:
    layout = recognise(listing_of("ant/1.jpg", "bee/2.jpg", "loose.jpg"))
    assert [problem.path.name for problem in layout.outside] == ["loose.jpg"]


@pytest.mark.parametrize(
    "names",
    [
        [
            "cat.1.jpg",
            "cat.2.jpg",
            "dog.1.jpg",
            "dog.2.jpg",
            "cat.3.jpg",
            "dog.3.jpg",
            "cat.4.jpg",
            "dog.4.jpg",
        ],
        [f"{kind}_{n:03d}.png" for kind in ("cat", "dog") for n in range(4)],
        [f"{kind} ({n}).jpg" for kind in ("cat", "dog") for n in range(4)],
        [f"{n:03d}-{kind}.jpg" for n in range(4) for kind in ("cat", "dog")],
    ],
)
def test_that_classes_in_the_names_of_a_flat_folder_are_read(names: list[str]) -> None:
    layout = recognise(listing_of(*names))
    assert layout.kind == "names"
    assert {label for label, _ in found(layout).values()} == {"cat", "dog"}
    assert not layout.outside


def test_that_names_of_a_camera_are_no_classes() -> None:
    layout = recognise(listing_of(*(f"IMG_{n:04d}.jpg" for n in range(50))))
    assert layout.kind == "classes"
    assert not layout.candidates
    assert len(layout.outside) == 50


def test_that_a_pattern_of_the_user_decides() -> None:
    listing = listing_of("x/2024_ant_1.jpg", "x/2024_bee_2.jpg", "x/other.jpg")
    layout = recognise(listing, pattern=r"^\d+_(?P<label>[a-z]+)_")
    assert found(layout) == {"x/2024_ant_1.jpg": ("ant", None), "x/2024_bee_2.jpg": ("bee", None)}
    assert [str(problem.message) for problem in layout.outside] == ["Its name says no class."]


@pytest.mark.parametrize(("pattern", "words"), [("(", "no regular"), ("a.*", "does not say")])
def test_that_a_bad_pattern_is_refused_in_words(pattern: str, words: str) -> None:
    with pytest.raises(DatasetError, match=words):
        recognise(listing_of("a.jpg"), pattern=pattern)


def test_that_classes_that_differ_by_case_are_one_with_a_warning() -> None:
    layout = recognise(listing_of("Cat/1.jpg", "cat/2.jpg", "cat/3.jpg", "dog/4.jpg"))
    assert {label for label, _ in found(layout).values()} == {"cat", "dog"}
    (remark,) = layout.remarks
    assert str(remark.message) == "Cat and cat are taken as one class."


@pytest.mark.parametrize(
    "table",
    [
        "file,label\na.jpg,ant\nimg/b.jpg,bee\n",
        "id;target;other\na;ant;1\nb;bee;2\n",
        "\ufefffilename\tspecies\nimages\\a.jpg\tant\n./img/b.jpg\tbee\n",
        "a.jpg,ant\nb.jpg,bee\n",
        "image,ant,bee\na,1.0,0.0\nb,0,1\n",
        'n,"file_name",class\n1,"a.jpg","ant"\n2,"img/b.jpg","bee"\n',
    ],
)
def test_that_a_table_beside_the_pictures_is_read(tmp_path: Path, table: str) -> None:
    layout = recognise(write(tmp_path, table, "a.jpg", "img/b.jpg"))
    assert layout.kind == "table"
    assert found(layout) == {"a.jpg": ("ant", None), "img/b.jpg": ("bee", None)}
    assert not layout.remarks


def test_that_a_table_in_another_encoding_is_read(tmp_path: Path) -> None:
    for encoding in ("utf-16", "latin-1"):
        listing = write(tmp_path, "", "a.jpg", "b.jpg")
        (tmp_path / "labels.csv").write_text("file,label\na.jpg,Bär\nb.jpg,Öl\n", encoding)
        assert {label for label, _ in found(recognise(listing)).values()} == {"Bär", "Öl"}


def test_that_a_table_may_name_the_parts(tmp_path: Path) -> None:
    table = "file,label,split\na.jpg,ant,train\nb.jpg,bee,Validation\nc.jpg,bee,\n"
    layout = recognise(write(tmp_path, table, "a.jpg", "b.jpg", "c.jpg"))
    assert found(layout) == {
        "a.jpg": ("ant", "train"),
        "b.jpg": ("bee", "val"),
        "c.jpg": ("bee", None),
    }


def test_that_what_a_table_gets_wrong_is_told(tmp_path: Path) -> None:
    table = "file,label\na.jpg,ant\nb.jpg,bee\nb.jpg,ant\ngone.jpg,ant\nc.jpg,bee\n"
    layout = recognise(write(tmp_path, table, "a.jpg", "b.jpg", "c.jpg", "extra.jpg"))
    assert set(found(layout)) == {"a.jpg", "c.jpg"}
    assert sorted(str(problem.message) for problem in layout.remarks) == [
        "1 images have two classes in the table: b.jpg.",
        "1 images of the table are not there: gone.jpg.",
    ]
    assert sorted(problem.path.name for problem in layout.outside) == ["b.jpg", "extra.jpg"]


def test_that_other_text_files_are_no_tables(tmp_path: Path) -> None:
    for text in ("", "Thanks to all,\nwho helped, and so on\n", "a,b\n1,2\n", "\0\0\0", '"open'):
        layout = recognise(write(tmp_path, text, "ant/1.jpg", "bee/2.jpg", name="readme.txt"))
        assert layout.kind == "classes"
    with pytest.raises(DatasetError, match="no table"):
        recognise(scan_folder(tmp_path), kind="table")


def test_that_the_user_may_say_what_the_folders_mean() -> None:
    listing = listing_of("train/ant/1.jpg", "val/bee/2.jpg")
    assert recognise(listing).kind == "split_class"
    assert set(found(recognise(listing, kind="classes")).values()) == {
        ("train", None),
        ("val", None),
    }
