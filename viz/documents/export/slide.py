"""A slide with the film of a run: for programs that show no web page."""

import io
import zipfile
from datetime import datetime
from pathlib import Path

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import PP_ALIGN
from pptx.util import Inches, Pt

from engine.language import Language
from engine.run import Run
from viz.charts.paint import PAINT
from viz.format import figure_in_words

WIDTH, HEIGHT = Inches(40 / 3), Inches(7.5)
FIGURES = 6  # of a run in the notes; the most telling come first
TITLE_ONLY = 5  # index of the layout in the template of python-pptx
DATE = datetime(2020, 1, 1)  # of every slide: equal runs give equal files


def write_slide(run: Run, t: Language, theme: str, link: str, film: Path, poster: Path, file: Path) -> None:
    """Write a .pptx of one slide: film, poster, alternative text, and notes with the question and the link.

    Parameters
    ----------
    run : Run
        What the film shows.
    t : Language
        Of all words.
    theme : str
        Of the film.
    link : str
        Address of the scene, "" where there is none.
    film, poster : Path
        MP4 and PNG of 16:9.
    file : Path
        Ends in .pptx.
    """
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    slide = deck.slides.add_slide(deck.slide_layouts[TITLE_ONLY])
    # The film shows the title; the outline and a screen reader find it above the slide.
    words = t(run.title)
    slide.shapes.title.text = words
    title = slide.shapes.title
    title.left, title.top, title.width, title.height = 0, -Inches(1), WIDTH, Inches(0.9)
    movie = slide.shapes.add_movie(
        str(film), 0, 0, WIDTH, HEIGHT, poster_frame_image=str(poster), mime_type="video/mp4"
    )
    movie.name = words
    marks = [t(mark.text) for mark in run.trace.marks]
    movie._element.nvPicPr.cNvPr.set("descr", t("slide_film", title=words, marks=" ".join(marks)))
    if link:
        _add_link(slide, t("slide_open"), PAINT[theme]["ink2"], link)
    slide.notes_slide.notes_text_frame.text = _notes(run, marks, t, link)
    properties = deck.core_properties
    properties.title, properties.author = words, "Waferscope"
    properties.created = properties.modified = DATE
    written = io.BytesIO()
    deck.save(written)
    file.write_bytes(_dated(written))


def _dated(written):
    """Return a zip file with `DATE` in place of the time at which its parts were written."""
    dated = io.BytesIO()
    with zipfile.ZipFile(written) as parts, zipfile.ZipFile(dated, "w") as package:
        for part in parts.infolist():
            named = zipfile.ZipInfo(part.filename, DATE.timetuple()[:6])
            package.writestr(named, parts.read(part), zipfile.ZIP_DEFLATED)
    return dated.getvalue()


def _add_link(slide, words, ink, link):
    box = slide.shapes.add_textbox(WIDTH - Inches(2.6), HEIGHT - Inches(0.42), Inches(2.5), Inches(0.35))
    run = box.text_frame.paragraphs[0].add_run()
    box.text_frame.paragraphs[0].alignment = PP_ALIGN.RIGHT
    run.text = words
    run.font.size = Pt(12)
    run.font.underline = True
    run.font.color.rgb = RGBColor.from_string(ink.removeprefix("#"))
    box.click_action.hyperlink.address = link


def _notes(run, marks, t, link):
    told = list(run.figures.values())[:FIGURES]
    parts = [t(run.title), t("slide_ask", question=t(f"question_{run.scene}"))]
    parts += [t("slide_happens"), *marks, t("slide_figures"), *(figure_in_words(figure, t) for figure in told)]
    if link:
        parts.append(t("slide_live", link=link))
    return "\n".join(parts)
