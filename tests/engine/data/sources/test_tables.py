"""Tables of pictures and classes, as people and published data sets write them."""

from __future__ import annotations

import os
import sys
import time
import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.data.sources import table_text
from effnet_studio.engine.data.sources.file_lookup import AMBIGUOUS, MISSING, FileLookup
from effnet_studio.engine.data.sources.layout import Layout, recognise
from effnet_studio.engine.data.sources.scan import FoundFile, Listing, scan_folder
from effnet_studio.engine.data.sources.tables import read_tables
from effnet_studio.engine.errors import Cancelled, DatasetError

if TYPE_CHECKING:
    from pathlib import Path


def files_of(*paths: str) -> list[FoundFile]:
    return [FoundFile(path, 1, 1) for path in sorted(paths)]


def folder_of(root: Path, tables: dict[str, str | bytes], *files: str) -> Listing:
    """A real folder of files that look like pictures by their suffix, and tables."""
    for file in files:
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_bytes(b"x")
    for name, text in tables.items():
        (root / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return scan_folder(root)


def found(layout: Layout) -> dict[str, tuple[str, str | None]]:
    return {each.file.relative: (each.label, each.split) for each in layout.candidates}


def labels(layout: Layout) -> dict[str, str]:
    return {each.file.relative: each.label for each in layout.candidates}


def told(layout: Layout) -> list[str]:
    return [str(remark.message) for remark in layout.remarks]


AB = ("a.jpg", "b.jpg", "c.jpg", "d.jpg")
EXPECTED = {"a.jpg": "ant", "b.jpg": "bee", "c.jpg": "ant", "d.jpg": "bee"}


@pytest.mark.parametrize(
    "table",
    [
        "file,label\na.jpg,ant\nb.jpg,bee\nc.jpg,ant\nd.jpg,bee\n",
        "label,file\nant,a.jpg\nbee,b.jpg\nant,c.jpg\nbee,d.jpg\n",
        "Image ID;Species\na;ant\nb;bee\nc;ant\nd;bee\n",
        "image-path\tClass_Name\n./a.JPG\tant\n.\\b.jpg\tbee\n/c.jpg\tant\nd.jpg\tbee",
        "a.jpg|ant\nb.jpg|bee\nc.jpg|ant\nd.jpg|bee",
        "Bild;Art\na.jpg;ant\nb.jpg;bee\nc.jpg;ant\nd.jpg;bee\n",
        "图片,类别\na.jpg,ant\nb.jpg,bee\nc.jpg,ant\nd.jpg,bee\n",
        '"file" , "label"\n"a.jpg" , "ant"\n"b.jpg","bee"\nc.jpg,"ant"\n\n\nd.jpg, bee\n',
        "id,label,class_name\na,0,ant\nb,1,bee\nc,0,ant\nd,1,bee\n",
        "lesion,image_id,dx,age\nL1,a,ant,80\nL1,b,bee,80\nL2,c,ant,5\nL3,d,bee,\n",
        "n,what,where\n1,a.jpg,ant\n2,b.jpg,bee\n3,c.jpg,ant\n4,d.jpg,bee\n",
        "image,ant,bee,score\na,1.0,0.0,0.5\nb,0,1,0.5\nc,1,0,0.5\nd,0.0,1.0,0.25\n",
        "file,label\r\na.jpg,ant\r\nb.jpg,bee\r\nc.jpg,ant\r\nd.jpg,bee\r\n",
        "/my/set/a.jpg,ant\n/my/set/b.jpg,bee\n/my/set/c.jpg,ant\n/my/set/d.jpg,bee\n",
        "C:\\set\\a.jpg;ant\nC:\\set\\b.jpg;bee\nC:\\set\\c.jpg;ant\nC:\\set\\d.jpg;bee\n",
    ],
)
def test_that_columns_are_found_by_name_or_content(tmp_path: Path, table: str) -> None:
    layout = recognise(folder_of(tmp_path, {"labels.csv": table}, *AB))
    assert layout.kind == "table"
    assert labels(layout) == EXPECTED
    assert told(layout) == []


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1"]
)
def test_that_encodings_are_told_apart(tmp_path: Path, encoding: str) -> None:
    table = "file,label\na.jpg,Bär\nb.jpg,Öl\n".encode(encoding)
    layout = recognise(folder_of(tmp_path, {"t.csv": table}, "a.jpg", "b.jpg"))
    assert labels(layout) == {"a.jpg": "Bär", "b.jpg": "Öl"}


def test_that_the_first_strange_letter_may_come_late(tmp_path: Path) -> None:
    files = [f"{number:05d}.jpg" for number in range(6000)]
    rows = [f"{file},{'Bär' if file == files[-1] else 'ant'}" for file in files]
    table = "\n".join(["file,label", *rows, ""]).encode("latin-1")
    assert len(table) > 1 << 16
    layout = recognise(folder_of(tmp_path, {"t.csv": table}, *files))
    assert labels(layout)[files[-1]] == "Bär"


def test_that_numbers_stay_text(tmp_path: Path) -> None:
    table = "file,label\na.jpg,007\nb.jpg,1.0\nc.jpg,1\nd.jpg,1e3\n"
    layout = recognise(folder_of(tmp_path, {"t.csv": table}, *AB))
    assert labels(layout) == {"a.jpg": "007", "b.jpg": "1.0", "c.jpg": "1", "d.jpg": "1e3"}


def test_that_single_letters_of_a_table_are_told_apart_by_case(tmp_path: Path) -> None:
    table = "file,label\na.jpg,A\nb.jpg,a\nc.jpg,Cat\nd.jpg,cat\n"
    layout = recognise(folder_of(tmp_path, {"t.csv": table}, *AB))
    assert set(labels(layout).values()) == {"A", "a", "cat"}
    assert told(layout) == ["Cat and cat are taken as one class."]


@pytest.mark.parametrize("folder", ["images", "IMG", "data/jpg", "train", "part_1"])
@pytest.mark.parametrize("suffix", ["", ".jpg"])
def test_that_pictures_may_lie_in_a_folder(tmp_path: Path, folder: str, suffix: str) -> None:
    table = "id,label\n" + "".join(f"{n}{suffix},{'ab'[n % 2]}\n" for n in range(4))
    listing = folder_of(tmp_path, {"t.csv": table}, *(f"{folder}/{n}.jpg" for n in range(4)))
    assert set(labels(recognise(listing)).values()) == {"a", "b"}


def test_that_pictures_may_lie_in_several_folders(tmp_path: Path) -> None:
    table = "image_id,dx\nx1,nv\nx2,mel\nx3,nv\n"
    listing = folder_of(tmp_path, {"t.csv": table}, "part_1/x1.jpg", "part_2/x2.jpg", "x3.jpg")
    assert labels(recognise(listing)) == {
        "part_1/x1.jpg": "nv",
        "part_2/x2.jpg": "mel",
        "x3.jpg": "nv",
    }


def test_that_masks_beside_the_pictures_do_not_confuse(tmp_path: Path) -> None:
    files = [f"{folder}/{n}.png" for folder in ("images", "masks") for n in range(4)]
    listing = folder_of(tmp_path, {"t.csv": "id,label\n0,a\n1,b\n2,a\n3,b\n"}, *files)
    layout = recognise(listing)
    assert labels(layout) == {f"images/{n}.png": "ab"[n % 2] for n in range(4)}
    assert len(layout.outside) == 4


def test_that_a_name_that_may_mean_several_pictures_is_told(tmp_path: Path) -> None:
    files = ["x/1.jpg", "y/1.jpg", "x/2.jpg", "y/3.jpg", "z.jpg", "z.png"]
    table = "file,label\n1,a\n2,a\n3,b\nz,b\n"
    layout = recognise(folder_of(tmp_path, {"t.csv": table}, *files), kind="table")
    assert labels(layout) == {"x/2.jpg": "a", "y/3.jpg": "b"}
    assert told(layout) == ["2 names in the table may mean several images: 1, z."]


def test_that_a_picture_of_a_folder_that_is_missing_is_not_taken_for_another(
    tmp_path: Path,
) -> None:
    table = "file,label\ntrain/1.jpg,a\ntrain/2.jpg,b\nval/1.jpg,b\n"
    layout = recognise(folder_of(tmp_path, {"t.csv": table}, "train/1.jpg", "train/2.jpg"))
    assert labels(layout) == {"train/1.jpg": "a", "train/2.jpg": "b"}
    assert told(layout) == ["1 images of the table are not there: val/1.jpg."]


def test_that_rows_that_are_wrong_are_told_and_counted(tmp_path: Path) -> None:
    rows = ["a.jpg,ant", "b.jpg,bee", "b.jpg,ant", "a.jpg,ant", "c.jpg,", "d.jpg", "e.jpg,bee"]
    gone = [f"gone{n}.jpg,ant" for n in range(5)]
    table = "\n".join(["file,label", *rows, *gone, "../e.jpg,ant", ",ant"])
    layout = recognise(folder_of(tmp_path, {"t.csv": table}, *AB, "e.jpg", "extra.jpg"))
    assert labels(layout) == {"a.jpg": "ant", "e.jpg": "bee"}
    assert told(layout) == [
        "6 images of the table are not there: gone0.jpg, gone1.jpg, gone2.jpg, ….",
        "1 images have two classes in the table: b.jpg.",
    ]
    assert {problem.kind for problem in layout.remarks} == {"warning"}
    assert {problem.path for problem in layout.remarks} == {tmp_path / "t.csv"}
    assert {problem.path.name: str(problem.message) for problem in layout.outside} == {
        "b.jpg": "The table gives it two classes.",
        "c.jpg": "The table gives it no class.",
        "d.jpg": "The table gives it no class.",
        "extra.jpg": "The table does not name it.",
    }


def test_that_a_class_that_is_a_description_is_none(tmp_path: Path) -> None:
    table = f"file,label\na.jpg,ant\nb.jpg,bee\nc.jpg,{'long ' * 100}\n"
    layout = recognise(folder_of(tmp_path, {"t.csv": table}, "a.jpg", "b.jpg", "c.jpg"))
    assert set(labels(layout)) == {"a.jpg", "b.jpg"}


def test_that_the_parts_are_read_where_a_column_names_them(tmp_path: Path) -> None:
    table = "file,label,set\na.jpg,ant,TRAIN\nb.jpg,bee,valid\nc.jpg,ant,Test\nd.jpg,bee,\n"
    assert found(recognise(folder_of(tmp_path, {"t.csv": table}, *AB))) == {
        "a.jpg": ("ant", "train"),
        "b.jpg": ("bee", "val"),
        "c.jpg": ("ant", "test"),
        "d.jpg": ("bee", None),
    }


def test_that_tables_of_parts_are_read_together(tmp_path: Path) -> None:
    tables: dict[str, str | bytes] = {
        "train_labels.csv": "file,label\na.jpg,ant\nb.jpg,bee\n",
        "labels-val.csv": "file,label\nc.jpg,ant\n",
        "test.csv": "id\nd\n",
        "classes.txt": "ant\nbee\n",
        "sample_submission.csv": "file,label\nd.jpg,ant\n",
    }
    layout = recognise(folder_of(tmp_path, tables, *AB))
    assert found(layout) == {
        "a.jpg": ("ant", "train"),
        "b.jpg": ("bee", "train"),
        "c.jpg": ("ant", "val"),
    }


def test_that_of_several_tables_the_one_with_most_pictures_counts(tmp_path: Path) -> None:
    tables: dict[str, str | bytes] = {
        "a_few.csv": "file,label\na.jpg,x\nb.jpg,y\n",
        "labels.csv": "file,label\na.jpg,ant\nb.jpg,bee\nc.jpg,ant\nd.jpg,bee\n",
    }
    assert labels(recognise(folder_of(tmp_path, tables, *AB))) == EXPECTED


def test_that_a_list_with_spaces_is_read(tmp_path: Path) -> None:
    text = "a.jpg 0\nb.jpg 1\nc.jpg 0\nd.jpg 1\n"
    layout = recognise(folder_of(tmp_path, {"list.txt": text}, *AB))
    assert labels(layout) == {"a.jpg": "0", "b.jpg": "1", "c.jpg": "0", "d.jpg": "1"}


CLASS_FOLDERS = [f"{name}/{n}.jpg" for name in ("rose", "tulip") for n in range(4)]


@pytest.mark.parametrize(
    "table",
    [
        "file,width,height\n"
        + "".join(f"{f},640,{480 + i}\n" for i, f in enumerate(CLASS_FOLDERS)),
        "file,camera\n" + "".join(f"{f},{'ab'[i % 2]}\n" for i, f in enumerate(CLASS_FOLDERS)),
        "file,label\nrose/0.jpg,x\nrose/1.jpg,y\n",
        "file,label\n" + "".join(f"{f},{f.split('/')[0]}\n" for f in CLASS_FOLDERS),
        "file,label\n" + "".join(f"{f},flower\n" for f in CLASS_FOLDERS),
    ],
)
def test_that_class_folders_count_where_a_table_says_no_other_classes(
    tmp_path: Path, table: str
) -> None:
    layout = recognise(folder_of(tmp_path, {"about.csv": table}, *CLASS_FOLDERS))
    assert layout.kind == "classes"
    assert set(labels(layout).values()) == {"rose", "tulip"}
    assert told(layout) == []


def test_that_a_table_that_says_other_classes_of_most_pictures_counts(tmp_path: Path) -> None:
    table = "file,label\n" + "".join(f"{f},{'ab'[i % 2]}\n" for i, f in enumerate(CLASS_FOLDERS))
    layout = recognise(folder_of(tmp_path, {"labels.csv": table}, *CLASS_FOLDERS))
    assert layout.kind == "table"
    assert set(labels(layout).values()) == {"a", "b"}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n\n\n",
        b"\0" * 5000,
        os.urandom(5000),
        b"file,label",
        b"file,label\n",
        b"file\na.jpg\nb.jpg\n",
        b'"open,\na.jpg,b\n',
        b"a.jpg,1,2\nb.jpg,3,4\nc.jpg,5,6\nd.jpg,7,8\n",
        b"file,label\n" + b"x" * 3_000_000,
        b"file,note\na.jpg,one\nb.jpg,two\nc.jpg,three\n" * 1,
        b"image,x,y\na,1,1\nb,1,1\nc,0,0\n",
        b"\xff\xfe\x00",
    ],
)
def test_that_what_is_no_table_is_passed_over(tmp_path: Path, content: bytes) -> None:
    files = ["ant/a.jpg", "bee/b.jpg"]
    layout = recognise(folder_of(tmp_path, {"t.csv": content}, *files))
    assert layout.kind == "classes"
    with pytest.raises(DatasetError, match="no table"):
        recognise(folder_of(tmp_path, {"t.csv": b"nothing"}, *files), kind="table")


def test_that_damage_in_the_middle_is_told(tmp_path: Path) -> None:
    rows = "".join(f"{n}.jpg,{'ab'[n % 2]}\n" for n in range(1000))
    damaged = f'file,label\n{rows}"{"x" * 200_000}\n'
    files = [f"{n}.jpg" for n in range(1000)]
    layout = recognise(folder_of(tmp_path, {"t.csv": damaged}, *files))
    assert len(layout.candidates) == 1000
    assert told(layout)[0].startswith("The table t.csv cannot be read after row 1001")


def test_that_a_huge_file_is_not_read(tmp_path: Path) -> None:
    listing = folder_of(tmp_path, {"t.csv": b"file,label\na.jpg,x\n"}, "a.jpg", "b.jpg")
    with (tmp_path / "t.csv").open("r+b") as stream:
        stream.truncate(2 << 30)
    started = time.perf_counter()
    assert read_tables(listing.tables, listing.candidates) is None
    with (tmp_path / "t.csv").open("r+b") as stream:
        stream.truncate(table_text.MAX_BYTES)
    assert read_tables(listing.tables, listing.candidates) is None
    assert time.perf_counter() - started < 5


def test_that_a_long_table_can_be_stopped(tmp_path: Path) -> None:
    token = CancelToken()
    token.cancel()
    listing = folder_of(tmp_path, {"t.csv": b"file,label\na.jpg,x\nb.jpg,y\n"}, "a.jpg", "b.jpg")
    with pytest.raises(Cancelled):
        recognise(listing, cancel=token)


def test_that_a_table_of_one_class_is_read_if_asked_for(tmp_path: Path) -> None:
    listing = folder_of(tmp_path, {"t.csv": b"file,label\na.jpg,x\nb.jpg,x\n"}, "a.jpg", "b.jpg")
    assert recognise(listing).kind == "classes"
    assert set(labels(recognise(listing, kind="table")).values()) == {"x"}


# -- finding pictures ----------------------------------------------------------------------------


def test_that_pictures_are_found_without_suffix_where_only_one_can_be_meant() -> None:
    files = files_of("a.jpg", "b.jpg", "b.png", "c.1.jpg", "c.2.jpg", "d.JPEG", "e/f.webp", "g")
    lookup = FileLookup(files)

    def name(wanted: str) -> str | int:
        place = lookup.find(wanted)
        return files[place].relative if place >= 0 else place

    assert name("a") == name("a.jpg") == name("A/../a"[-1]) == "a.jpg"
    assert name("b") == AMBIGUOUS
    assert name("b.png") == "b.png"
    assert name("c") == MISSING
    assert name("c.1") == "c.1.jpg"
    assert name("d.jpeg") == "d.JPEG"
    assert name("d.jpg") == MISSING
    assert name("f") == name("e/f") == name("e\\f.WEBP") == "e/f.webp"
    assert name("g") == "g"
    assert {name(""), name("/"), name("."), name("../a.jpg"), name("x/a.jpg")} == {MISSING}


def test_that_letters_stored_in_other_ways_are_found() -> None:
    decomposed = unicodedata.normalize("NFD", "Käfer.jpg")
    lookup = FileLookup(files_of(decomposed, "b.jpg"))
    assert lookup.find("Käfer.jpg") == lookup.find(decomposed) >= 0


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps names of any bytes")
def test_that_names_in_old_encodings_are_found() -> None:
    files = files_of(os.fsdecode("café.jpg".encode("latin-1")), "b.jpg")
    assert FileLookup(files).find("café.jpg") == 1


@given(
    st.lists(st.text("ab/.", min_size=1, max_size=6), max_size=12),
    st.text("ab/.\\", max_size=8),
)
def test_that_a_found_picture_is_one_that_could_be_meant(paths: list[str], name: str) -> None:
    files = files_of(*{path.strip("/") + ".jpg" for path in paths})
    lookup = FileLookup(files)
    for place, file in enumerate(files):
        if "//" not in file.relative and "./" not in f"/{file.relative}":
            assert lookup.find(file.relative) == place
    place = lookup.find(name)
    assert -2 <= place < len(files)
    if place >= 0:
        parts = [part for part in name.replace("\\", "/").split("/") if part not in {"", "."}]
        assert "/".join(parts) in files[place].relative


@pytest.mark.benchmark
def test_how_long_a_table_of_a_million_rows_takes(tmp_path: Path) -> None:
    """Prints the time and the memory of reading it, and of what it is read into."""
    import tracemalloc

    files = [FoundFile(f"images/{number:07d}.jpg", 1, 1) for number in range(1_000_000)]
    table = tmp_path / "labels.csv"
    table.write_text(
        "id,label\n"
        + "".join(f"{number:07d},class{number % 1000}\n" for number in range(1_000_000))
    )
    tracemalloc.start()
    reading = read_tables([table], files)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    started = time.perf_counter()
    reading = read_tables([table], files)
    print(f"\n{time.perf_counter() - started:.1f} s, {peak / 1e6:.0f} MB at most")
    assert reading is not None
    assert reading.listed == 1_000_000
