"""Writes a run as the file that its name asks for."""

import csv
import io
import json
import tempfile
from collections.abc import Callable
from pathlib import Path

from engine.language import Language, language, message
from engine.run import RESULTS, Run
from engine.scenarios import Scenario
from viz.address import MADE_NOW
from viz.documents.embed import check_view, embed_html, embed_query, scene_path
from viz.documents.export.camera import ExportError, camera
from viz.documents.export.perfetto import perfetto_trace
from viz.documents.export.simlog import sim_log
from viz.documents.export.tracks import has_each_message
from viz.documents.shell import render

POSTER = 0.4  # share of the run that the poster shows, as in viz/client/embed/embed.js
PNG_SCALE = 3.0  # 3840×2160: a slide of 1920×1080 at twice its pixels
DRAWN = (".png", ".svg", ".gif", ".mp4", ".pptx")
ENDINGS = (".html", ".json", ".csv", ".pftrace", ".log", *DRAWN)
_ONLY = {".pftrace": has_each_message, ".log": lambda run: run.scene == "fabric" and has_each_message(run)}

Told = Callable[[str, float], None]
"""Receives the name of a file and its finished share in [0, 1]."""


def export(
    scenario: Scenario,
    run: Run,
    view: dict[str, str],
    to: Path,
    *,
    site: str = "",
    told: Told = lambda name, share: None,
) -> list[Path]:
    """Write a run as a page, a picture, a film, a slide, figures or a trace; to a folder, as all of them.

    Parameters
    ----------
    scenario : Scenario
        Of the run.
    run : Run
        What is written.
    view : dict of str to str
        As in an embed's address: theme, t, poster, controls and so on.
    to : Path
        A file with one of `ENDINGS`, or a folder.
    site : str
        Address of a Waferscope that people can reach, for links back to the scene; "" for no links.
    told : callable
        Hears of the progress.

    Returns
    -------
    list of Path
        The files.

    Raises
    ------
    ScenarioError
        As `viz.documents.embed.check_view` and `perfetto_trace`; a folder is written without trace and log instead.
    ExportError
        If there is no browser to draw with, or the file cannot be written.
    """
    check_view(view, run)
    ending = to.suffix.lower()
    if ending and ending not in ENDINGS and not to.is_dir():
        raise ExportError(message("export_ending", endings=list(ENDINGS), got=repr(str(to))))
    folder = ending not in ENDINGS or to.is_dir()
    endings = [each for each in ENDINGS if each not in _ONLY or _ONLY[each](run)]
    files = [to / f"{run.scene}{each}" for each in endings] if folder else [to]
    work = _Work(scenario, run, view, site.rstrip("/"), told)
    try:
        (to if folder else to.parent).mkdir(parents=True, exist_ok=True)
        for file in files:
            if file.suffix.lower() not in DRAWN:
                file.write_bytes(work.content(file.suffix.lower()))
        drawn = [file for file in files if file.suffix.lower() in DRAWN]
        if drawn:
            work.draw(drawn)
        if folder:
            files.append(to / "oembed.json")
            files[-1].write_text(work.oembed(), encoding="utf-8")
    except OSError as error:
        raise ExportError(message("export_not_written", got=repr(str(to)), reason=error.strerror)) from error
    return files


class _Work:
    """One export."""

    def __init__(self, scenario, run, view, site, told):
        self.scenario, self.run, self.view, self.site, self.told = scenario, run, view, site, told
        self.t = language(view.get("lang", "en"))
        self.link = f"{site}{scene_path(scenario, view | MADE_NOW)}" if site else ""
        self.start = self._time(view.get("t"), 0)
        self.poster = self._time(view.get("poster") or view.get("t"), round(POSTER * run.trace.duration))

    def _time(self, word, otherwise):
        if word is None:
            return otherwise
        named = {f"m:{mark.name}": mark.t for mark in self.run.trace.marks}
        return named[word] if word in named else min(int(word), self.run.trace.duration)

    def content(self, ending):
        """Return the content of a page, of figures, of a trace or of a log."""
        if ending == ".pftrace":
            return perfetto_trace(self.run, self.t)
        if ending == ".log":
            return sim_log(self.run).encode()
        if ending == ".json":
            return run_json(self.run, self.t).encode()
        if ending == ".csv":
            return figures_csv(self.run, self.t).encode()
        view = {"controls": "full", **self.view}
        return embed_html(self.run.packed(), self.scenario, view, link=self.link).encode()

    def draw(self, files):
        """Write pictures, films and slides, each film once."""
        with camera(self.run, self.scenario, self.view) as eye:
            for file in files:
                self.told(file.name, 0.0)
                {
                    ".png": lambda file: file.write_bytes(eye.png(self.poster, PNG_SCALE)),
                    ".svg": lambda file: file.write_text(eye.svg(self.poster), encoding="utf-8"),
                    ".gif": lambda file: self._film(eye, file),
                    ".mp4": lambda file: self._film(eye, file),
                    ".pptx": lambda file: self._slide(eye, file, files),
                }[file.suffix.lower()](file)
                self.told(file.name, 1.0)

    def _film(self, eye, file):
        from viz.documents.export import film  # Pillow and ffmpeg, which pages and figures do not need

        write = film.write_gif if file.suffix.lower() == ".gif" else film.write_film
        write(eye, self.run, self.poster, self.start, file, lambda share: self.told(file.name, share))

    def _slide(self, eye, file, files):
        from viz.documents.export.slide import write_slide

        with tempfile.TemporaryDirectory() as folder:
            films = [each for each in files if each.suffix.lower() == ".mp4"]
            film = films[0] if films else Path(folder, f"{file.stem}.mp4")
            if not films:
                from viz.documents.export.film import write_film

                write_film(eye, self.run, self.poster, self.start, film, lambda share: self.told(file.name, share))
            poster = Path(folder, "poster.png")
            poster.write_bytes(eye.png(self.poster, 1.5))
            write_slide(self.run, self.t, self.view.get("theme", "light"), self.link, film, poster, file)

    def oembed(self):
        """Return the description by which blogs and wikis embed the page of the folder, or of the site."""
        source = f"{self.site}/embed/{self.run.scene}?{embed_query(self.scenario, self.view | MADE_NOW)}".rstrip("?")
        return oembed_json(self.t(self.run.title), source if self.site else f"{self.run.scene}.html")


def oembed_json(title: str, source: str, width: int = 1280, height: int = 720) -> str:
    """Return an oEmbed answer of type "rich".

    Parameters
    ----------
    title : str
        Of the run.
    source : str
        Address of the embed.
    width, height : int
        Size of the frame [px].

    Returns
    -------
    str
        JSON, oEmbed 1.0.
    """
    frame = render("iframe.html", source=source, title=title, width=width, height=height).strip()
    answer = {"version": "1.0", "type": "rich", "provider_name": "Waferscope", "title": title, "html": frame}
    return json.dumps({**answer, "width": width, "height": height}, indent=2) + "\n"


def run_json(run: Run, t: Language) -> str:
    """Return scenario, figures and version of the results as JSON, with title and labels in a language."""
    figures = {
        name: figure.fields() | {"label": t(figure.label), "source": t.said(figure.source)}
        for name, figure in run.figures.items()
    }
    content = {"scene": run.scene, "title": t(run.title), "scenario": run.scenario, "figures": figures}
    content["results"] = RESULTS
    return json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def figures_csv(run: Run, t: Language) -> str:
    """Return the figures of a run as comma-separated values with a header, with labels in a language.

    `value` is the whole number, `written` the figure as pages show it; the last column is the version of the results.
    """
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(["name", "value", "unit", "written", "label", "kind", "source", "results"])
    for name, figure in run.figures.items():
        written, source = figure.words(t), t.said(figure.source)
        writer.writerow([name, figure.value, figure.unit, written, t(figure.label), figure.kind, source, RESULTS])
    return table.getvalue()


__all__ = ["ENDINGS", "ExportError", "export", "figures_csv", "oembed_json", "perfetto_trace", "run_json", "sim_log"]
