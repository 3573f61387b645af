"""Answers kept as they come: whatever ends the program, the next one goes on."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from effnet_studio.engine.errors import StorageError
from effnet_studio.engine.predict.answers import FailedImage, Prediction
from effnet_studio.engine.predict.batch import predict_batch
from effnet_studio.engine.predict.journal import AnswerJournal
from effnet_studio.engine.predict.predictor import Predictor, load_predictor
from effnet_studio.engine.predict.reject_option import RejectOption, Score

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def predictor(color_model: Path) -> Predictor:
    return load_predictor(color_model)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("files")
    rng = np.random.default_rng(0)
    for number in range(6):
        Image.fromarray(rng.integers(0, 255, (20, 20, 3), dtype=np.uint8)).save(
            folder / f"{number}.png"
        )
    (folder / "broken.png").write_bytes(b"no image")
    return sorted(folder.iterdir())


@pytest.fixture(scope="module")
def whole(
    predictor: Predictor, files: list[Path], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A journal with all answers."""
    path = tmp_path_factory.mktemp("journal") / "answers.csv.part"
    with AnswerJournal(path, predictor) as journal:
        predict_batch(predictor, files, on_verdict=journal.add)
    return path


def test_that_answers_come_back_to_the_bit(
    predictor: Predictor, files: list[Path], whole: Path
) -> None:
    fresh = predict_batch(predictor, files)
    with AnswerJournal(whole, predictor) as journal:
        for path, expected in zip(files, fresh, strict=True):
            found = journal.known(path)
            if isinstance(expected, Prediction):
                assert isinstance(found, Prediction)
                np.testing.assert_array_equal(found.probabilities, expected.probabilities)
                assert found.classes == expected.classes
            else:
                assert isinstance(found, FailedImage)
                assert str(found.message) == str(expected.message)


@given(data=st.data())
def test_that_a_journal_cut_anywhere_goes_on(
    predictor: Predictor,
    files: list[Path],
    whole: Path,
    tmp_path_factory: pytest.TempPathFactory,
    data: st.DataObject,
) -> None:
    content = whole.read_bytes()
    cut = data.draw(st.integers(0, len(content)))
    garbage = data.draw(st.binary(max_size=8))
    path = tmp_path_factory.mktemp("cut") / "answers.csv.part"
    left = content[:cut] + garbage.replace(b"\n", b" ")
    path.write_bytes(left)
    head, _, _ = content.partition(b"\n")
    if cut <= len(head) and not head.startswith(left):
        with pytest.raises(StorageError):
            AnswerJournal(path, predictor)
        assert path.read_bytes() == left, "who knows whose it is"
        return
    judged: list[Path | None] = []
    with AnswerJournal(path, predictor) as journal:
        kept = len(journal)
        assert kept >= content[:cut].count(b"\n") - 1

        def add(verdict: Prediction | FailedImage) -> None:
            judged.append(verdict.path)
            journal.add(verdict)

        verdicts = predict_batch(predictor, files, known=journal.known, on_verdict=add)
    assert [verdict.path for verdict in verdicts] == files
    assert len(judged) == len(files) - kept
    with AnswerJournal(path, predictor) as journal:
        assert len(journal) == len(files)


def test_that_a_changed_file_is_judged_again(
    predictor: Predictor, files: list[Path], whole: Path
) -> None:
    stat = files[0].stat()
    try:
        os.utime(files[0], ns=(stat.st_atime_ns, stat.st_mtime_ns + 1000))
        with AnswerJournal(whole, predictor) as journal:
            assert journal.known(files[0]) is None
            assert journal.known(files[1]) is not None
    finally:
        os.utime(files[0], ns=(stat.st_atime_ns, stat.st_mtime_ns))


def test_that_answers_of_another_model_are_refused_in_words(
    predictor: Predictor, whole: Path, tmp_path: Path
) -> None:
    other = tmp_path / "answers.csv.part"
    head, _, rest = whole.read_bytes().partition(b"\n")
    other.write_bytes(head.replace(b'"model": "', b'"model": "0') + b"\n" + rest)
    with pytest.raises(StorageError, match="another model"):
        AnswerJournal(other, predictor)
    assert other.read_bytes().endswith(rest)


def test_that_a_damaged_line_costs_one_answer(
    predictor: Predictor, files: list[Path], whole: Path, tmp_path: Path
) -> None:
    lines = whole.read_bytes().splitlines(keepends=True)
    lines[2] = bytes(len(lines[2]) - 1) + b"\n"
    path = tmp_path / "answers.csv.part"
    path.write_bytes(b"".join(lines))
    with AnswerJournal(path, predictor) as journal:
        assert len(journal) == len(files) - 1


@pytest.mark.parametrize("content", [b"\0" * 6000, b"path,label\nx.jpg,bee\n", b'{"a": 1}\n'])
def test_that_what_another_program_writes_is_left_alone(
    predictor: Predictor, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "answers.csv.part"
    path.write_bytes(content)
    with pytest.raises(StorageError, match="not a list of answers"):
        AnswerJournal(path, predictor)
    assert path.read_bytes() == content


def test_that_a_file_that_changed_while_it_was_judged_is_judged_again(
    predictor: Predictor, files: list[Path], tmp_path: Path
) -> None:
    file = shutil.copy(files[0], tmp_path / "picture.png")
    with AnswerJournal(tmp_path / "answers.csv.part", predictor) as journal:

        def add(verdict: Prediction | FailedImage) -> None:
            os.utime(file, ns=(0, 0))  # as if somebody wrote it after it was read
            journal.add(verdict)

        predict_batch(predictor, [file], known=journal.known, on_verdict=add)
        assert journal.known(file) is None


def test_that_nothing_is_left_of_a_batch_without_an_answer(
    predictor: Predictor, tmp_path: Path
) -> None:
    path = tmp_path / "answers.csv.part"
    with AnswerJournal(path, predictor):
        assert path.exists()
    assert not path.exists()


def test_that_none_of_these_is_remembered_and_belongs_to_its_limit(
    predictor: Predictor, files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def limit(threshold: float) -> RejectOption:
        return RejectOption(Score.CONFIDENCE, threshold, 0.9, 0.9, 10, "1", "")

    monkeypatch.setattr(predictor, "reject", limit(1.1))
    path = tmp_path / "answers.csv.part"
    with AnswerJournal(path, predictor) as journal:
        fresh = predict_batch(predictor, files[:2], on_verdict=journal.add)
    assert all(isinstance(each, Prediction) and each.rejected for each in fresh)
    with AnswerJournal(path, predictor) as journal:
        known = journal.known(files[0])
        assert isinstance(known, Prediction)
        assert known.rejected
    monkeypatch.setattr(predictor, "reject", limit(0.2))
    with pytest.raises(StorageError, match="another model"):
        AnswerJournal(path, predictor)
