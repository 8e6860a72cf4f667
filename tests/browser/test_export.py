"""The files of `waferscope export`, made once by the command itself and then read by what reads such files."""

import base64
import io
import json
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import imageio_ffmpeg
import numpy as np
import pytest
from PIL import Image, ImageSequence
from pptx import Presentation

from engine.language import language
from engine.scenarios import SCENES, scenario_class
from tests.sweeps import sampled
from viz.documents.export.camera import camera
from viz.documents.export.film import FILM_FPS, shots

pytestmark = pytest.mark.browser

SETTINGS = {"algorithm": "chain", "width": "4", "height": "1", "words": "1"}
SITE = "https://wafers.example"


@pytest.fixture(scope="module")
def run():
    return scenario_class("fabric").read(SETTINGS).simulate()


@pytest.fixture(scope="module")
def start(run):
    """Start where the film is short."""
    return run.trace.duration - 2


def exported(folder, start):
    """Fill a folder with everything that there is."""
    words = [*(f"{name}={value}" for name, value in SETTINGS.items()), f"t={start}", "theme=dark"]
    command = [sys.executable, "-m", "viz", "export", "fabric", *words, "--to", str(folder), "--site", SITE]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def files(browser, tmp_path_factory, start):
    return exported(tmp_path_factory.mktemp("export"), start)


@pytest.fixture(scope="module")
def still(browser, files):
    """Draw a time with the player of the exported page: `still(t, said) -> (1080, 1920, 3) uint8`."""
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    page.goto((files / "fabric.html").as_uri())
    page.wait_for_selector("[data-waferscope-ready]")

    def draw(t, said):
        url = page.evaluate(
            """async ([t, said]) => {
              const { still } = await import("waferscope/player/still.js")
              return (await still(document.querySelector(".ws-player").player, t, 1.5, said)).toDataURL()
            }""",
            [t, said],
        )
        return np.asarray(Image.open(io.BytesIO(base64.b64decode(url.partition(",")[2]))).convert("RGB"))

    yield draw
    page.close()


@pytest.mark.parametrize("scene", sampled(SCENES, "scaling"))
def test_every_scene_is_drawn_to_its_end_and_in_german(browser, scene):
    scenario = SCENES[scene]()
    run = scenario.simulate()

    def draw():
        with camera(run, scenario, {"lang": "de"}) as eye:
            end = run.trace.duration
            return eye.jpeg(end, end, 0.25), eye.svg(end)

    with ThreadPoolExecutor() as pool:  # this thread has a Playwright of its own
        drawn, svg = pool.submit(draw).result()
    assert language("de")(run.title) in svg
    with Image.open(io.BytesIO(drawn)) as picture:
        assert picture.size == (320, 180)


def test_a_folder_holds_every_kind_of_file(files):
    endings = "html json csv pftrace log png svg gif mp4 pptx".split()
    assert {file.name for file in files.iterdir()} == {*(f"fabric.{ending}" for ending in endings), "oembed.json"}
    answer = json.loads((files / "oembed.json").read_text())
    assert answer["type"] == "rich"
    assert f'src="{SITE}/embed/fabric?' in answer["html"]


def test_the_film_shows_what_the_player_shows(files, run, start, still):
    planned = list(shots(run, start, start, FILM_FPS))
    some = (0, len(planned) // 3, len(planned) - 1)
    chosen = "+".join(f"eq(n\\,{k})" for k in some)
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-i", str(files / "fabric.mp4"), "-vf", f"select={chosen}"]
    command += ["-sws_flags", "accurate_rnd+full_chroma_int", "-fps_mode", "passthrough"]
    done = subprocess.run([*command, "-f", "rawvideo", "-pix_fmt", "rgb24", "-"], capture_output=True, check=True)
    said = done.stderr.decode()
    assert re.search(r"Video: h264 .*yuv420p.*bt709.* 1920x1080.* 30 fps", said)
    seconds = float(re.search(r"Duration: 00:00:([\d.]+)", said)[1])
    assert seconds == pytest.approx(len(planned) / FILM_FPS, abs=0.02)
    frames = np.frombuffer(done.stdout, np.uint8).reshape(-1, 1080, 1920, 3)
    assert len(frames) == len(some)
    for frame, k in zip(frames, some, strict=True):
        difference = np.abs(frame.astype(int) - still(*planned[k]))
        assert difference.mean() < 1.5
        assert np.percentile(difference, 99) < 24


def test_the_poster_is_the_first_picture_at_twice_the_size(files, start, still):
    with Image.open(files / "fabric.png") as picture:
        poster = picture.convert("RGB")
    assert poster.size == (3840, 2160)
    small = np.asarray(poster.resize((1920, 1080), Image.Resampling.BOX)).astype(int)
    assert np.abs(small - still(start, start)).mean() < 2


def test_the_gif_is_small_moves_and_lasts_as_long_as_the_film(files, run, start):
    with Image.open(files / "fabric.gif") as picture:
        assert picture.size == (960, 540)
        assert picture.n_frames > 5
        seconds = sum(frame.info["duration"] for frame in ImageSequence.Iterator(picture)) / 1000
        assert seconds == pytest.approx(len(list(shots(run, start, start, FILM_FPS))) / FILM_FPS, rel=0.1)
    assert (files / "fabric.gif").stat().st_size < 8e6


def test_the_svg_is_a_picture_with_a_name(files, run):
    text = (files / "fabric.svg").read_text()
    assert f'aria-label="{run.title}' in text
    assert "<script" not in text


def test_the_slide_holds_film_poster_words_and_link(files, run):
    deck = Presentation(str(files / "fabric.pptx"))
    (slide,) = deck.slides
    assert slide.shapes.title.text == str(run.title)
    (movie,) = [shape for shape in slide.shapes if shape.shape_type is not None and shape.shape_type.name == "MEDIA"]
    assert movie.poster_frame.content_type == "image/png"
    assert all(str(mark.text) in movie._element.nvPicPr.cNvPr.get("descr") for mark in run.trace.marks)
    films = [part for part in slide.part.package.iter_parts() if part.content_type == "video/mp4"]
    assert [film.blob for film in films] == [(files / "fabric.mp4").read_bytes()]
    notes = slide.notes_slide.notes_text_frame.text
    assert "Ask first: " in notes
    assert f"{SITE}/fabric?algorithm=chain" in notes


def test_equal_scenarios_give_equal_files_of_every_kind(files, start, tmp_path, monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Tokyo")  # the hour of the export is not in the files
    again = exported(tmp_path, start)
    for file in files.iterdir():
        assert file.read_bytes() == (again / file.name).read_bytes(), file.name


def test_libreoffice_opens_the_slide_and_shows_the_poster(files, still, start, needs, tmp_path):
    office, to_png = needs("soffice"), needs("pdftoppm")
    command = [office, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", "pdf"]
    subprocess.run(
        [*command, "--outdir", tmp_path, files / "fabric.pptx"], check=True, timeout=120, capture_output=True
    )
    picture = tmp_path / "slide"
    command = [to_png, "-png", "-singlefile", "-scale-to-x", "1920", "-scale-to-y", "1080", tmp_path / "fabric.pdf"]
    subprocess.run([*command, picture], check=True, timeout=60)
    with Image.open(f"{picture}.png") as shown:
        slide = np.asarray(shown.convert("RGB")).astype(int)
    assert np.abs(slide[:-80] - still(start, start)[:-80]).mean() < 8  # the link stands at the lower edge
