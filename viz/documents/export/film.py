"""Films of a run: MP4 for slides, GIF for where no film is allowed."""

import io
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import imageio_ffmpeg
from PIL import Image

from engine.language import message
from engine.run import Run
from viz.documents.export.camera import Camera, ExportError

LONGEST_S = 20.0
PACE = 4.0  # ticks a second of a short run, as in viz/client/player/timeline.js
END_S = 1.0  # the last picture stays
MARK_S = 2.5  # a mark's sentence stays
FILM_FPS, FILM_SCALE = 30, 1.5
GIF_SCALE, GIF_BYTES = 0.75, 8e6
GIF_FPS = (12, 6, 4, 3, 2)  # parts of the first; the first that keeps to GIF_BYTES

# Without these flags ffmpeg rounds greys by up to four steps.
_COLOURS = "scale=out_color_matrix=bt709:out_range=tv:flags=accurate_rnd+full_chroma_int+full_chroma_inp"

Progress = Callable[[float], None]


def shots(run: Run, poster: float, start: float, fps: float) -> Iterator[tuple[float, float]]:
    """Say what each picture of a film shows.

    Parameters
    ----------
    run : Run
        With `duration` and marks.
    poster : float
        Time of the first picture, which programs show before they play [tick].
    start : float
        Where playing starts [tick].
    fps : float
        Pictures a second.

    Yields
    ------
    t : float
        Time of the picture [tick].
    said : float
        Time whose sentence stands below it: that of a mark for a while, else of the last full second [tick].
    """
    yield poster, poster
    duration = run.trace.duration
    span = duration - start
    playing_s = min(LONGEST_S - END_S - 1 / fps, span / PACE)
    rate = span / playing_s if span else 0.0
    for frame in range(round(playing_s * fps)):
        now = frame / fps
        t = start + rate * now
        marks = [mark.t for mark in run.trace.marks if start <= mark.t <= t and mark.t > t - rate * MARK_S]
        yield t, max(marks, default=start + rate * int(now))
    for _ in range(round(END_S * fps)):
        yield duration, duration


def write_film(camera: Camera, run: Run, poster: float, start: float, file: Path, progress: Progress) -> None:
    """Write an MP4: H.264, yuv420p, 1920×1080, 30 pictures a second, at most 20 s.

    Parameters
    ----------
    camera : Camera
        Of the run.
    run : Run
        What is filmed.
    poster, start : float
        As `shots`.
    file : Path
        Ends in .mp4.
    progress : callable
        Receives the finished share in [0, 1].

    Raises
    ------
    ExportError
        If the film cannot be encoded.
    """
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-y", "-loglevel", "error", "-f", "image2pipe", "-c:v", "mjpeg"]
    command += ["-framerate", str(FILM_FPS), "-i", "-", "-c:v", "libx264", "-pix_fmt", "yuv420p", "-crf", "16"]
    # Colours are told as those of HD video, which is what players assume.
    command += [
        "-vf",
        _COLOURS,
        "-colorspace",
        "bt709",
    ]
    command += ["-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv", "-movflags", "+faststart"]
    # Equal pictures give equal files on every machine: x264's choices depend on the number of its threads.
    command += ["-threads", "4", "-fflags", "+bitexact", "-flags", "+bitexact", str(file)]
    with tempfile.TemporaryFile() as said, subprocess.Popen(command, stdin=subprocess.PIPE, stderr=said) as encoder:
        try:
            for jpeg in _pictures(camera, run, list(shots(run, poster, start, FILM_FPS)), FILM_SCALE, progress):
                encoder.stdin.write(jpeg)
            encoder.stdin.close()
        except BrokenPipeError:
            pass
        if encoder.wait():
            said.seek(0)
            reason = said.read().decode(errors="replace").strip()[-300:]
            raise ExportError(message("export_not_encoded", file=file.name, reason=reason))


def write_gif(camera: Camera, run: Run, poster: float, start: float, file: Path, progress: Progress) -> None:
    """Write a GIF of 960×540, at most 8 MB and 12 pictures a second; see `write_film` for the parameters."""
    planned = list(shots(run, poster, start, GIF_FPS[0]))
    some = planned[:: max(1, len(planned) // 6)]
    palette = _palette([_opened(camera.jpeg(*shot, GIF_SCALE)) for shot in some])
    flat = [
        _opened(jpeg).quantize(palette=palette, dither=Image.Dither.NONE)
        for jpeg in _pictures(camera, run, planned, GIF_SCALE, progress)
    ]
    for fps in GIF_FPS:
        kept = [flat[0], *flat[1 :: GIF_FPS[0] // fps]]
        kept[0].save(file, save_all=True, append_images=kept[1:], duration=round(1000 / fps), loop=0, optimize=False)
        if file.stat().st_size <= GIF_BYTES:
            return


def _pictures(camera, run, planned, scale, progress):
    """Take each picture once, even where a film holds it."""
    for k, (before, shot) in enumerate(pairwise([None, *planned])):
        if shot != before:
            jpeg = camera.jpeg(*shot, scale)
        yield jpeg
        progress((k + 1) / len(planned))


def _opened(jpeg):
    return Image.open(io.BytesIO(jpeg)).convert("RGB")


def _palette(some):
    """Return 256 colours for all pictures, so that what stands still does not flicker."""
    width, height = some[0].size
    sheet = Image.new("RGB", (width, height * len(some)))
    for k, picture in enumerate(some):
        sheet.paste(picture, (0, k * height))
    return sheet.quantize(256, method=Image.Quantize.FASTOCTREE)  # keeps small areas of a colour, such as keys
