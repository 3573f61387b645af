"""The web page answers as the app does, in a real browser, opened from a folder without network."""

from __future__ import annotations

import csv
import io
import re
import shutil
import statistics
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import onnx
import pytest
from PIL import Image, ImageCms

from effnet_studio.engine.data.importer import import_folder
from effnet_studio.engine.data.store import load_dataset
from effnet_studio.engine.errors import ModelError
from effnet_studio.engine.export.bundle.web import RUNTIME_VERSION, write_web_page
from effnet_studio.engine.export.export import export_model
from effnet_studio.engine.export.graph.image_model import image_model
from effnet_studio.engine.export.graph.network import write_graph
from effnet_studio.engine.export.int8.search import fastest_copy
from effnet_studio.engine.predict.onnx_metadata import write_metadata
from effnet_studio.engine.predict.predictor import load_predictor, read_pixels
from effnet_studio.engine.predict.reject_option import RejectOption, Score
from effnet_studio.engine.predict.whole_model import WholeModel, network_in
from effnet_studio.engine.preprocess import Preprocess
from effnet_studio.engine.project import Project
from effnet_studio.engine.training.config import Preset, make_config
from effnet_studio.engine.training.launch import train
from effnet_studio.paths import resources_dir
from tests.chromium import Page, chromium_page

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

CLASSES = ("<img src=x onerror=alert(1)>", "</script><script>alert(2)</script>", "{count} 蜜蜂")
TITLE = "</title><script>alert(3)</script> & more"
FINISHED = "document.querySelectorAll('.card:not([data-state=waiting])').length === {count}"
CARDS = """[...document.querySelectorAll('.card')].map(card => ({
    state: card.dataset.state,
    title: card.querySelector('h3').textContent,
    why: card.querySelector('.why').textContent,
    name: card.querySelector('.name').textContent,
    milliseconds: Number(card.dataset.milliseconds),
    answers: [...card.querySelectorAll('.answers li')].map(
        row => [row.querySelector('.label').textContent, Number(row.querySelector('data').value)])
}))"""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with chromium_page(tmp_path_factory.mktemp("browser"), "--lang=en") as page:
        yield page


@pytest.fixture(scope="module")
def model(color_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Tells which colour is strongest, says "none of these" of greyish pictures, has bad names."""
    path = tmp_path_factory.mktemp("whole") / "colours.onnx"
    reject = RejectOption(Score.CONFIDENCE, 0.5, 0.9, 0.9, 10, "1", "")
    preprocess = Preprocess(size=32, resize=32, interpolation="bilinear")
    notes = write_metadata(
        classes=CLASSES, preprocess=preprocess, model="", app_version="1.0", reject=reject
    )
    write_graph(image_model(onnx.load(color_model), preprocess, reject), path, notes)
    return path


@pytest.fixture(scope="module")
def page_file(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("one of # many? pages")
    [file] = write_web_page(folder, model, title=TITLE)
    assert list(folder.iterdir()) == [file]
    return file


def swapped_profile() -> bytes:
    """sRGB with red and green exchanged (ICC.1:2001-04, section 6.4: a table of tags)."""
    data = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return data.replace(b"rXYZ", b"----").replace(b"gXYZ", b"rXYZ").replace(b"----", b"gXYZ")


def draw_pictures(folder: Path) -> list[Path]:
    """Of every kind a browser reads."""
    random = np.random.default_rng(5)

    def noise(height: int, width: int, channels: int = 3) -> Image.Image:
        """Coarse squares with a tint, so that answers differ."""
        coarse = random.integers(0, 200, (height // 10, width // 10, channels))
        coarse += random.integers(0, 56, channels)
        return Image.fromarray(coarse.repeat(10, 0).repeat(10, 1).astype(np.uint8))

    folder.mkdir()
    noise(130, 90).save(folder / "plain.jpg", quality=90, subsampling=0)
    noise(130, 90).save(folder / "progressive.jpg", quality=90, progressive=True)
    for orientation in (3, 6, 7):
        exif = Image.Exif()
        exif[0x0112] = orientation
        noise(90, 130).save(folder / f"turned-{orientation}.jpg", exif=exif, quality=90)
    noise(90, 130).save(folder / "profile.jpg", icc_profile=swapped_profile())
    noise(90, 130).convert("CMYK").save(folder / "print.jpg", quality=90)
    noise(80, 60, 4).save(folder / "transparent.png")
    noise(80, 60, 4).save(folder / "transparent.webp", lossless=True)
    noise(80, 60).convert("L").save(folder / "grey.png")
    noise(80, 60).convert("P").save(folder / "palette.gif")
    noise(80, 60).save(folder / "small.avif")
    noise(80, 60).save(folder / "plain.bmp")
    Image.new("RGB", (1, 1), (200, 30, 10)).save(folder / "single.png")
    return sorted(folder.iterdir())


def judge(page: Page, file: Path, pictures: Sequence[Path]) -> list[dict]:
    """Let the page answer, emptied or newly opened."""
    if page.run("location.href") == file.as_uri():
        page.run("document.getElementById('clear').click()")
    else:
        page.said.clear()
        page.open(file.as_uri())
        assert page.wait("document.body?.dataset.state") == "ready"
    page.choose("#files", pictures)
    page.wait(FINISHED.format(count=len(pictures)))
    return page.run(CARDS)


def test_that_the_page_gives_the_apps_answers(
    browser: Page, page_file: Path, model: Path, tmp_path: Path
) -> None:
    pictures = draw_pictures(tmp_path / "pictures")
    app = load_predictor(model)
    cards = judge(browser, page_file, pictures)
    verdicts = set()
    for picture, card in zip(pictures, cards, strict=True):
        expected = app.predict(picture)
        best = expected.top(5)
        verdicts.add(card["state"])
        assert card["state"] == ("none" if expected.rejected else "done"), picture.name
        assert card["title"] == ("None of these" if expected.rejected else best[0].label)
        assert [label for label, _ in card["answers"]] == [each.label for each in best]
        shares = [share for _, share in card["answers"]]
        assert shares == pytest.approx([each.probability for each in best], abs=1e-5), picture.name
        assert card["name"].startswith(f"{picture.name} · ")
    assert verdicts == {"none", "done"}
    assert browser.said == []
    assert browser.run("document.title") == TITLE
    assert (
        browser.run("document.querySelectorAll('main img[src=x], script[data-part]').length") == 0
    )


def test_that_large_jpegs_are_shrunk_much_as_the_app_does(
    browser: Page, page_file: Path, model: Path, tmp_path: Path
) -> None:
    random = np.random.default_rng(6)
    pictures = []
    for side, orientation in ((136, 8), (272, 3), (1033, 1)):  # the model's input is 32 wide
        coarse = random.integers(0, 256, (side // 12, side // 10, 3), dtype=np.uint8)
        exif = Image.Exif()
        exif[0x0112] = orientation
        pictures.append(tmp_path / f"{side}.jpg")
        big = Image.fromarray(coarse).resize((side + 40, side), Image.Resampling.BICUBIC)
        big.save(pictures[-1], quality=90, exif=exif)
    app = load_predictor(model)
    for picture, card in zip(pictures, judge(browser, page_file, pictures), strict=True):
        best = app.predict(picture).top(5)
        assert [label for label, _ in card["answers"]] == [each.label for each in best]
        shares = [share for _, share in card["answers"]]
        assert shares == pytest.approx([each.probability for each in best], abs=1e-3)


def test_that_other_files_are_refused_in_words_and_the_next_is_answered(
    browser: Page, page_file: Path, tmp_path: Path
) -> None:
    text, huge, picture = (tmp_path / name for name in ("notes.jpg", "huge.png", "red.png"))
    text.write_text("no picture")
    Image.new("1", (20_000, 5_000)).save(huge)
    Image.new("RGB", (9, 9), "red").save(picture)
    refused, too_large, answered = judge(browser, page_file, [text, huge, picture])
    assert refused["state"] == too_large["state"] == "refused"
    assert refused["title"] == "Not a picture that can be read here"
    assert too_large["why"] == "20000 × 5000 pixels; at most 89 million can be read."
    assert answered["title"] == CLASSES[0]


def test_that_dropped_and_pasted_pictures_are_answered_newest_first(
    browser: Page, page_file: Path, tmp_path: Path
) -> None:
    folder, picture = tmp_path / "folder", tmp_path / "dropped.png"
    folder.mkdir()
    Image.new("RGB", (9, 9), "lime").save(picture)
    judge(browser, page_file, [])
    data = {"items": [], "files": [str(folder), str(picture)], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        browser.send("Input.dispatchDragEvent", type=kind, x=100, y=100, data=data)
    browser.wait(FINISHED.format(count=2))
    browser.run(
        """new Promise(done => {
            const canvas = Object.assign(document.createElement("canvas"), {width: 9, height: 9});
            const context = canvas.getContext("2d");
            context.fillStyle = "red";
            context.fillRect(0, 0, 9, 9);
            canvas.toBlob(blob => {
                const clipboardData = new DataTransfer();
                clipboardData.items.add(new File([blob], "image.png"));
                document.dispatchEvent(new ClipboardEvent("paste", {clipboardData}));
                done();
            });
        })"""
    )
    browser.wait(FINISHED.format(count=3))
    titles = [card["title"] for card in browser.run(CARDS)]
    assert titles == [CLASSES[0], "Not a picture that can be read here", CLASSES[1]]


def test_that_the_table_holds_what_is_shown_and_clear_empties_the_page(
    browser: Page, page_file: Path, tmp_path: Path
) -> None:
    picture, text = tmp_path / '=1+"1".png', tmp_path / "notes.jpg"
    Image.new("RGB", (9, 9), "red").save(picture)
    text.write_text("no picture")
    [card, refused] = judge(browser, page_file, [picture, text])
    table = browser.run(
        """new Promise(done => {
            const make = URL.createObjectURL, click = HTMLAnchorElement.prototype.click;
            URL.createObjectURL = blob => {
                const reader = new FileReader();
                reader.onload = () => done(reader.result);
                reader.readAsText(blob);
                return make(blob);
            };
            HTMLAnchorElement.prototype.click = () => {};
            document.getElementById("save").click();
            URL.createObjectURL = make;
            HTMLAnchorElement.prototype.click = click;
        })"""
    )
    head, first, second = csv.reader(io.StringIO(table))
    assert head == ["path", "answer", "confidence", *CLASSES, "rejected", "error"]
    assert first[:2] == ["'" + picture.name, CLASSES[0]]
    assert float(first[2]) == max(map(float, first[3:6])) == card["answers"][0][1]
    assert first[6:] == ["no", ""]
    assert (second[0], second[-1]) == ("notes.jpg", f"{refused['title']}. {refused['why']}")
    browser.run("document.getElementById('clear').click()")
    assert browser.run(CARDS) == []
    assert browser.run("document.getElementById('results').hidden")
    browser.choose("#files", [picture])
    browser.wait(FINISHED.format(count=1))


def test_that_the_page_can_neither_reach_out_nor_run_what_is_put_into_it(
    browser: Page, page_file: Path
) -> None:
    judge(browser, page_file, [])
    reached = "fetch('data:,x').then(() => 'reached', () => 'refused')"
    assert browser.run(reached) == "refused"
    browser.run(
        "document.body.insertAdjacentHTML('beforeend', '<img src=data:,x onerror=\"found = 1\">');"
        "const added = document.createElement('script'); added.text = 'found = 2';"
        "document.body.append(added)"
    )
    assert (
        browser.run("new Promise(done => setTimeout(() => done(typeof found), 50))") == "undefined"
    )


def test_that_a_page_that_was_cut_short_says_so(browser: Page, page_file: Path) -> None:
    cut = page_file.with_name("cut.html")
    cut.write_bytes(page_file.read_bytes()[:-300])
    browser.open(cut.as_uri())
    assert browser.wait("document.body?.dataset.state") == "failed"
    assert "cut short" in browser.run("document.getElementById('problem').textContent")


def test_that_a_model_that_cannot_be_opened_is_a_sentence(browser: Page, page_file: Path) -> None:
    damaged = page_file.with_name("damaged.html")
    text = page_file.read_text(encoding="utf-8")
    damaged.write_text(text.replace('data-part="model">', 'data-part="model">AAAA'), "utf-8")
    browser.open(damaged.as_uri())
    assert browser.wait("document.body?.dataset.state") == "failed"
    told = browser.run("document.getElementById('problem').textContent")
    assert told.startswith("The model cannot be run here.")


@pytest.mark.parametrize(("flipped", "state"), [(1, "ready"), (64, "failed")])
def test_that_a_browser_that_alters_pixels_is_told_of(
    browser: Page, page_file: Path, flipped: int, state: str
) -> None:
    spoil = (
        "const honest = Blob; Blob = function (parts, kind) { return new honest(["
        "'OffscreenCanvas.prototype.getContext = (get => function (...of) {"
        " const context = get.apply(this, of); const read = context.getImageData;"
        " context.getImageData = (...at) => { const found = read.apply(context, at);"
        f" found.data[5] ^= {flipped}; return found; }}; return context; }})"
        "(OffscreenCanvas.prototype.getContext);', ...parts], kind); }"
    )
    known = browser.send("Page.addScriptToEvaluateOnNewDocument", source=spoil)["identifier"]
    browser.open(page_file.as_uri())
    assert browser.wait("document.body?.dataset.state") == state
    browser.send("Page.removeScriptToEvaluateOnNewDocument", identifier=known)
    shown = "caution" if state == "ready" else "problem"
    assert not browser.run(f"document.getElementById('{shown}').hidden")


def test_that_the_page_speaks_the_browsers_language(page_file: Path, tmp_path: Path) -> None:
    with chromium_page(tmp_path, "--accept-lang=zh-CN") as page:
        page.open(page_file.as_uri())
        assert page.wait("document.body?.dataset.state") == "ready"  # its words come before
        assert page.run("document.documentElement.lang") == "zh-CN"
        assert page.run("document.getElementById('choose').textContent") == "选择图片…"
        english, chinese = page.run("[ENGLISH, CHINESE]")
    assert english.keys() == chinese.keys()
    for key, text in english.items():
        assert set(re.findall(r"{\w+}", text)) == set(re.findall(r"{\w+}", chinese[key])), key


def test_that_a_network_without_the_apps_preprocessing_is_refused(
    color_model: Path, tmp_path: Path
) -> None:
    with pytest.raises(ModelError, match="takes images"):
        write_web_page(tmp_path, color_model, title="")
    assert list(tmp_path.iterdir()) == []


def test_that_the_vendored_program_is_the_one_that_is_named() -> None:
    script = (resources_dir() / "web" / "onnxruntime" / "ort.wasm.min.js").read_text()
    assert f"ONNX Runtime Web v{RUNTIME_VERSION}" in script


@dataclass(frozen=True)
class Taught:
    """Fifty photographs, and an EfficientNet-B0 that was trained on some of them."""

    photos: list[Path]
    model: Path


@pytest.fixture(scope="module")
def taught(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Taught:
    root = tmp_path_factory.mktemp("taught")
    for photo in sorted((shared_data / "photos" / "flowers").rglob("*.jpg"))[::10]:
        target = root / "photos" / photo.parent.name
        target.mkdir(parents=True, exist_ok=True)
        shutil.copy(photo, target)
    with Project.create(root / "flowers.effnet") as project:
        import_folder(project, root / "photos", val=0.4)
        train(project, make_config(Preset.INSTANT, weights="starter", device="cpu"))
        photos = [sample.path for sample in load_dataset(project).samples]
        return Taught(photos, export_model(project, out=root / "export").file)


def in_eight_bits(model: Path, photos: Sequence[Path], path: Path) -> Path:
    """The whole file with everything in 8 bits, ranges chosen on some photographs."""
    whole, preprocess = onnx.load(model), load_predictor(model).preprocess
    notes = {each.key: each.value for each in whole.metadata_props}
    images = np.stack([preprocess(read_pixels(photo, preprocess)) for photo in photos])
    network = fastest_copy(network_in(whole), images)
    write_graph(image_model(network, preprocess), path, notes)
    return path


@pytest.mark.bundle
@pytest.mark.timeout(1200)
@pytest.mark.parametrize(("bits", "allowed"), [(32, 1e-4), (8, 0.05)])
def test_that_efficientnet_answers_fifty_photographs_as_the_file_does(
    browser: Page, taught: Taught, tmp_path: Path, bits: int, allowed: float
) -> None:
    """Prints what the browser takes, and the largest difference of any probability.

    In 8 bits it may be larger: a last digit can tip a rounding.
    """
    photos, model = taught.photos, taught.model
    assert len(photos) == 50
    if bits == 8:
        model = in_eight_bits(model, photos[::5], tmp_path / "int8.onnx")
    [file] = write_web_page(tmp_path, model, title="Flowers")
    app = load_predictor(model)
    whole = WholeModel(model)
    started = time.monotonic()
    browser.open(file.as_uri())
    assert browser.wait("document.body?.dataset.state") == "ready"
    opened = time.monotonic() - started
    browser.choose("#files", photos)
    browser.wait(FINISHED.format(count=len(photos)))
    cards = browser.run(CARDS)
    largest = 0.0
    for photo, card in zip(photos, cards, strict=True):
        shares = whole.answer(read_pixels(photo, app.preprocess)).probabilities
        expected = dict(zip(app.classes, shares.tolist(), strict=True))
        found = dict(card["answers"])
        largest = max(largest, *(abs(found[label] - expected[label]) for label in found))
        assert expected[card["title"]] >= max(expected.values()) - allowed
    milliseconds = statistics.median(card["milliseconds"] for card in cards)
    print(
        f"\n{bits} bits: largest difference {largest:.1e} over {len(photos)} photographs,"
        f" {milliseconds:.0f} ms a picture (median), page {file.stat().st_size / 1e6:.1f} MB,"
        f" opened in {opened:.1f} s"
    )
    assert largest <= allowed
