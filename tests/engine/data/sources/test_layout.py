"""Where the class of each picture is written is found out, or as the user says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from effnet_studio.engine.data.importer import import_folder
from effnet_studio.engine.data.sources.layout import Layout, LayoutKind, recognise
from effnet_studio.engine.data.sources.scan import FoundFile, Listing, scan_folder
from effnet_studio.engine.errors import ConfigError, DatasetError
from tests.engine.data.conftest import paint

if TYPE_CHECKING:
    from effnet_studio.engine.project import Project


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


def test_that_nearly_every_class_must_hold_parts() -> None:
    paths = [f"c{n}/{part}/{n}.jpg" for n in range(10) for part in ("train", "val")]
    layout = recognise(listing_of(*paths, "c10/loose.jpg", "c10/more.jpg"))
    assert layout.kind == "class_split"
    assert found(layout)["c10/loose.jpg"] == ("c10", None)
    assert recognise(listing_of(*paths, *(f"d{n}/1.jpg" for n in range(5)))).kind == "classes"
    only_train = [f"c{n}/train/{n}.jpg" for n in range(3)]
    assert recognise(listing_of(*only_train)).kind == "classes"


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
        ],
        [f"{kind}_{n:03d}.png" for kind in ("cat", "dog") for n in range(4)],
        [f"{kind} ({n}).jpg" for kind in ("cat", "dog") for n in range(4)],
        [f"{n:03d}-{kind}.jpg" for n in range(4) for kind in ("cat", "dog")],
        [f"{kind}{n}.jpg" for n in range(4) for kind in ("cat", "dog")],
        [f"{kind} {n}_{n}.jpg" for n in range(4) for kind in ("cat", "dog")],
        [f"set/{kind}-{n}.jpg" for n in range(4) for kind in ("cat", "dog")],
    ],
)
def test_that_classes_in_the_names_of_a_flat_folder_are_read(names: list[str]) -> None:
    layout = recognise(listing_of(*names))
    assert layout.kind == "names"
    assert {label for label, _ in found(layout).values()} == {"cat", "dog"}
    assert not layout.outside


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("n02085620_10074.JPEG", "n02085620"),
        ("wild cat_001.jpg", "wild cat"),
        ("black_swan.12.png", "black_swan"),
        ("蜜蜂-7.jpg", "蜜蜂"),
    ],
)
def test_that_a_class_may_have_several_words(name: str, label: str) -> None:
    paths = [name, name.replace("1", "3").replace("7", "8"), "zebra_1.jpg", "zebra_2.jpg"]
    assert label in {label for label, _ in found(recognise(listing_of(*paths))).values()}


@pytest.mark.parametrize(
    "names",
    [
        [f"IMG_{n:04d}.jpg" for n in range(50)],
        [f"{camera}_{n:04d}.jpg" for n in range(9) for camera in ("IMG", "DSC", "PXL")],
        [f"{part}_{n}.jpg" for n in range(9) for part in ("train", "test")],
        [f"IMG-2024010{n}-WA000{n}.jpg" for n in range(9)],
        [f"2024-01-0{n} 12.00.0{n}.jpg" for n in range(9)],
        [f"Screenshot {n}.png" for n in range(5)] + [f"WhatsApp Image {n}.png" for n in range(5)],
        [f"cat_{n}.jpg" for n in range(9)],
        [f"unique{chr(97 + n)}_1.jpg" for n in range(9)],
        [f"cat_{n}.jpg" for n in range(4)]
        + [f"dog_{n}.jpg" for n in range(4)]
        + ["x.jpg", "y.jpg"],
        ["cat_1.jpg", "dog_1.jpg"],
    ],
)
def test_that_names_that_only_number_are_no_classes(names: list[str]) -> None:
    layout = recognise(listing_of(*names))
    assert layout.kind == "classes"
    assert not layout.candidates
    assert len(layout.outside) == len(names)
    with pytest.raises(DatasetError, match="say no classes"):
        recognise(listing_of(*names), kind="names")


def test_that_class_folders_count_more_than_names_of_files() -> None:
    names = [f"{kind}_{n}.jpg" for n in range(9) for kind in ("cat", "dog")]
    folders = listing_of(*(f"{side}/{name}" for name in names for side in ("left", "right")))
    assert {label for label, _ in found(recognise(folders)).values()} == {"left", "right"}
    asked = recognise(folders, kind="names")
    assert {label for label, _ in found(asked).values()} == {"cat", "dog"}


def test_that_a_pattern_of_the_user_decides() -> None:
    listing = listing_of("x/2024_ant_1.jpg", "x/2024_bee_2.jpg", "x/other.jpg")
    layout = recognise(listing, pattern=r"^\d+_(?P<label>[a-z]+)_")
    assert found(layout) == {"x/2024_ant_1.jpg": ("ant", None), "x/2024_bee_2.jpg": ("bee", None)}
    assert [str(problem.message) for problem in layout.outside] == ["Its name says no class."]


@pytest.mark.parametrize(
    ("pattern", "words"),
    [("(", "no regular"), ("(?P<label>a)(?P<label>b)", "no regular"), ("a.*", "does not say")],
)
def test_that_a_bad_pattern_is_refused_in_words(pattern: str, words: str) -> None:
    with pytest.raises(DatasetError, match=words):
        recognise(listing_of("a.jpg"), pattern=pattern)


def test_that_classes_that_differ_by_case_are_one_with_a_warning() -> None:
    layout = recognise(listing_of("Cat/1.jpg", "cat/2.jpg", "cat/3.jpg", "dog/4.jpg"))
    assert {label for label, _ in found(layout).values()} == {"cat", "dog"}
    (remark,) = layout.remarks
    assert str(remark.message) == "Cat and cat are taken as one class."
    assert remark.path == Path("/r/Cat")
    assert remark.kind == "warning"


def test_that_classes_stored_in_other_letters_are_one_with_a_warning() -> None:
    composed, decomposed = "\u00e9t\u00e9", "e\u0301te\u0301"
    listing = listing_of(
        f"{composed}/1.jpg", f"{decomposed}/2.jpg", f"{decomposed}/3.jpg", "b/4.jpg"
    )
    layout = recognise(listing)
    assert {label for label, _ in found(layout).values()} == {composed, "b"}
    assert [str(remark.message) for remark in layout.remarks] == [
        f"Two classes called {composed}, stored in different letters, are one."
    ]
    alone = recognise(listing_of(f"{decomposed}/2.jpg", "b/4.jpg"))
    assert {label for label, _ in found(alone).values()} == {composed, "b"}
    assert not alone.remarks


def test_that_classes_of_parts_that_differ_by_case_are_one() -> None:
    layout = recognise(
        listing_of("train/Cat/1.jpg", "train/b/2.jpg", "val/cat/3.jpg", "val/B/4.jpg")
    )
    assert {label for label, _ in found(layout).values()} == {"cat", "b"}
    assert sorted(remark.path for remark in layout.remarks) == [
        Path("/r/train/Cat"),
        Path("/r/val/B"),
    ]


def test_that_names_of_classes_are_trimmed_and_never_empty() -> None:
    layout = recognise(listing_of(" cat /1.jpg", "cat/2.jpg", "dog\u3000/3.jpg", " /4.jpg"))
    assert {label for label, _ in found(layout).values()} == {"cat", "dog"}
    assert [str(problem.message) for problem in layout.outside] == [
        "The name of its class is empty."
    ]


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


def test_that_a_layout_the_folder_has_not_is_refused_in_words() -> None:
    listing = listing_of("ant/1.jpg", "bee/2.jpg")
    with pytest.raises(DatasetError, match="no folders train"):
        recognise(listing, kind="split_class")
    with pytest.raises(DatasetError, match="no table"):
        recognise(listing, kind="table")
    with pytest.raises(ConfigError, match="no layout"):
        recognise(listing, kind="folders")  # type: ignore[arg-type]


@given(
    st.lists(
        st.lists(
            st.sampled_from(["train", "Val", "test", "a", "A", " ", "e\u0301", "\u00e9", "cat_1"]),
            min_size=1,
            max_size=4,
        ),
        max_size=12,
    ),
    st.sampled_from([None, "classes", "class_split"]),
)
def test_that_every_file_gets_one_verdict(paths: list[list[str]], kind: LayoutKind | None) -> None:
    listing = listing_of(*{"/".join(parts) + ".jpg" for parts in paths})
    layout = recognise(listing, kind=kind)
    inside = [each.file.relative for each in layout.candidates]
    outside = [problem.path.relative_to("/r").as_posix() for problem in layout.outside]
    assert sorted(inside + outside) == [file.relative for file in listing.candidates]
    assert all(each.label == each.label.strip() != "" for each in layout.candidates)
    names = {each.label for each in layout.candidates}
    assert len({name.casefold() for name in names}) == len(names)


def test_that_a_flat_folder_with_a_table_is_imported(project: Project, tmp_path: Path) -> None:
    root = tmp_path / "flat"
    for number in range(8):
        paint(root / "images" / f"{number}.png", number)
    paint(root / "images" / "extra.png", 99)
    paint(root / "loose.png", 98)
    rows = "".join(f"{number},{'ab'[number % 2]},train\n" for number in range(7))
    (root / "labels.csv").write_text(f"id,label,split\n{rows}7,b,val\n8,b,val\n")
    (root / "README.md").write_text("text")
    (root / ".DS_Store").write_bytes(b"x")
    result = import_folder(project, root)
    assert result.classes == {"a": 4, "b": 4}
    assert (result.train, result.val) == (7, 1)
    files = sum(path.is_file() for path in root.rglob("*"))
    assert (result.images, result.unreadable, result.ignored) == (8, 0, files - 8)
    assert [str(problem.message) for problem in result.problems] == [
        "1 images of the table are not there: 8.",
        "The class a has no image to validate on.",
    ]


def test_that_names_of_files_are_imported(project: Project, tmp_path: Path) -> None:
    root = tmp_path / "flat"
    for number in range(8):
        paint(root / f"{'cat' if number % 2 else 'dog'}.{number}.png", number)
    assert import_folder(project, root).classes == {"cat": 4, "dog": 4}
    result = import_folder(project, root, pattern=r"\.(?P<label>\d)\.")
    assert len(result.classes) == 8


def test_that_hidden_and_system_folders_are_never_classes(project: Project, tmp_path: Path) -> None:
    root = tmp_path / "photos"
    for number, folder in enumerate(
        ["ant", "bee", ".ipynb_checkpoints", "__MACOSX", ".git", "@eaDir", "$RECYCLE.BIN", "ant/.x"]
    ):
        paint(root / folder / "1.png", number)
        paint(root / folder / "2.png", number + 50)
    for name in ("Thumbs.db", "desktop.ini", ".DS_Store", "ant/.DS_Store", "ant/._1.png"):
        (root / name).write_bytes(b"\0\5\x16\7")
    result = import_folder(project, root)
    assert result.classes == {"ant": 2, "bee": 2}
    assert (result.unreadable, result.ignored) == (0, 12 + 5)
    assert [problem.kind for problem in result.problems] == []
