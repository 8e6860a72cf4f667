"""Reads a lesson's file: front matter, then steps. What its expressions say is evaluated later."""

import re
from pathlib import Path
from stat import S_ISREG

from engine.language import Quantity, message
from lessons.blocks import Block, read_block
from lessons.glossary import Term, link_of
from lessons.lesson import (
    Bars,
    Choice,
    Curve,
    Discussion,
    Evidence,
    Exercise,
    Lesson,
    LessonError,
    Misconception,
    Option,
    Phase,
    Source,
    Split,
    Step,
)

MAX_BYTES = 200_000
MAX_STEPS = 30
MAX_OPTIONS = 6
MAX_POINTS = 12
MAX_BARS = 8
HOUR = 45  # minutes of a lesson in a timetable, which a plan fills

BLOCKS = ("show", "ask", "draw", "transfer", "try", "claim")

_NAME = re.compile(r"(?:\d+-)?([a-z0-9]+(?:-[a-z0-9]+)*)(?:\.([a-z]{2}))?\.md")
_FENCE = re.compile(r"(`{3,}|~{3,})\s*(\S*)\s*$")


def slug_of(path: Path) -> str:
    """Return the name of a lesson in an address, as the name of its file says it; "" where that is none."""
    found = _NAME.fullmatch(path.name)
    return found[1] if found else ""


def read_lesson(path: Path) -> Lesson:
    """Read a lesson.

    Parameters
    ----------
    path : Path
        A file named like `05-a-waves-journey.md`, or `05-a-waves-journey.de.md` in another language.

    Returns
    -------
    Lesson
        Not yet evaluated: see `lessons.evaluation.evaluate`.

    Raises
    ------
    LessonError
        For the first mistake in the file.
    """
    path = Path(path)
    found = _NAME.fullmatch(path.name)
    if not found:
        raise LessonError(path, 1, message("lesson_name", got=path.name))
    text = _text(path)
    head, body_line, body = _front_matter(path, text)
    head.only(
        *("title", "summary", "goals", "leaves_out", "opening", "audience", "needs"),
        *("misconceptions", "discussion", "plan", "splits", "unplugged", "recall", "terms"),
    )
    return Lesson(
        path=path,
        slug=found[1],
        lang=found[2] or "en",
        text=text,
        title=head.word("title").text,
        summary=head.word("summary"),
        goals=head.words("goals"),
        leaves_out=head.word("leaves_out"),
        steps=_steps(path, body_line, body),
        opening=head.optional("opening"),
        audience=head.optional("audience"),
        needs=head.words("needs", default=True),
        misconceptions=tuple(_misconception(block) for block in head.blocks("misconceptions", default=True)),
        discussion=tuple(_discussion(block) for block in head.blocks("discussion", default=True)),
        plan=_plan(head),
        splits=tuple(_split(block) for block in head.blocks("splits", default=True)),
        unplugged=head.optional("unplugged"),
        recall=tuple(_choice("recall", block) for block in head.blocks("recall", default=True)),
        terms=_terms(head),
    )


def _text(path):
    try:
        about = path.stat()
        if not S_ISREG(about.st_mode):
            raise LessonError(path, 1, message("lesson_no_file"))
        if about.st_size > MAX_BYTES:
            most, got = Quantity(MAX_BYTES, "B"), Quantity(about.st_size, "B")
            raise LessonError(path, 1, message("lesson_bytes", most=most, got=got))
        data = path.read_bytes()
    except OSError as error:
        raise LessonError(path, 1, message("lesson_unread", why=error.strerror)) from error
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise LessonError(path, line, message("lesson_utf8")) from error


def _front_matter(path, text):
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        raise LessonError(path, 1, message("lesson_front"))
    end = next((i for i in range(1, len(lines)) if lines[i].rstrip() == "---"), None)
    if end is None:
        raise LessonError(path, 1, message("lesson_front_end"))
    return read_block(path, 2, message("lesson_front_matter"), "\n".join(lines[1:end])), end + 2, lines[end + 1 :]


def _steps(path, first_line, lines):
    """Split the body at its headings, and each step into prose and blocks."""
    parts, fence, opened = [], None, 0
    for line, text in enumerate(lines, first_line):
        found = _FENCE.match(text)
        if fence is None and text.startswith("## "):
            if not text[3:].strip():
                raise LessonError(path, line, message("lesson_heading"))
            parts.append((Source(text[3:].strip(), line), [], []))
            continue
        if not parts:
            if text.strip():
                raise LessonError(path, line, message("lesson_before_steps"))
            continue
        _, prose, blocks = parts[-1]
        if fence is None and found:
            fence, name, opened, inside = found[1], found[2], line, []
            if name and name not in BLOCKS:
                raise LessonError(path, line, message("lesson_no_block", name=name, blocks=BLOCKS))
            if not name:
                raise LessonError(path, line, message("lesson_block_name", blocks=BLOCKS))
        elif fence is not None and found and found[1].startswith(fence) and not found[2]:
            blocks.append((name, opened, "\n".join(inside)))
            fence = None
            prose.extend([""] * (line - opened + 1))  # the lines of the prose keep their numbers
        elif fence is not None:
            inside.append(text)
        else:
            prose.append(text)
    if fence is not None:
        raise LessonError(path, opened, message("lesson_block_open", name=name, fence=fence))
    if not 1 <= len(parts) <= MAX_STEPS:
        raise LessonError(path, first_line, message("lesson_steps", most=MAX_STEPS, got=len(parts)))
    steps = []
    for title, prose, blocks in parts:
        steps.append(_step(path, title, "\n".join(prose), blocks, steps[-1] if steps else None))
    return tuple(steps)


def _step(path, title, prose, blocks, before):
    scene, settings = (before.scene, dict(before.settings)) if before else ("", {})
    hide = before.hide if before else ()
    question = exercise = None
    claims = []
    for name, line, text in blocks:
        if name == "claim":
            claims += [Source(row.strip(), line + 1 + i) for i, row in enumerate(text.split("\n")) if row.strip()]
            continue
        block = read_block(path, line + 1, name, text)
        if name == "show":
            scene, settings, hide = _show(block, scene, settings, hide)
        elif name == "try":
            if exercise:
                raise block.refuse(message("lesson_one_try"), line)
            exercise = _exercise(block)
        else:
            if question:
                raise block.refuse(message("lesson_one_question"), line)
            question = _curve(block) if name == "draw" else _choice(name, block)
    if not scene:
        raise LessonError(path, title.line, message("lesson_no_scene"))
    if not prose.strip():
        raise LessonError(path, title.line, message("lesson_no_prose", title=title.text))
    return Step(
        title=title,
        prose=Source(prose, title.line + 1),
        scene=scene,
        settings=settings,
        hide=hide,
        question=question,
        exercise=exercise,
        claims=tuple(claims),
    )


def _show(block: Block, scene, settings, hide):
    items = dict(block.items)
    if "scene" in items:
        wanted = block.word("scene").text
        scene, settings = wanted, settings if wanted == scene else {}
    hide = block.words("hide") if "hide" in items else hide
    return scene, settings | settings_of(block, "scene", "hide"), hide


def settings_of(block: Block, *others: str) -> dict[str, Source | tuple[Source, ...]]:
    """Return the parameters that a block names, but for its other keys."""
    found = {}
    for key, value in block.items.items():
        if key in others:
            continue
        if isinstance(value, Block):
            raise block.refuse(message("lesson_one_value", key=key), value.line)
        found[key] = block.words(key) if isinstance(value, list) else value
    return found


def _choice(kind, block):
    block.only("question", "options", "why", "wafer_loses", *(["evidence"] if kind == "ask" else []))
    question = block.word("question")
    return Choice(
        kind=kind,
        question=question,
        options=_options(block, "options"),
        why=_options(block, "why") if "why" in block.items else (),
        wafer_loses=block.flag("wafer_loses"),
        evidence=_evidence(block) if kind == "ask" else None,
        line=block.line,
    )


def _evidence(ask):
    if "evidence" not in ask.items or not ask.block("evidence").items:
        raise ask.refuse(message("lesson_evidence"))
    block = ask.block("evidence")
    block.only("run_to", "beside", "chart", "bars")
    beside = block.block("beside") if "beside" in block.items else None
    return Evidence(
        run_to=block.optional("run_to"),
        beside=settings_of(beside) if beside else {},
        chart=block.optional("chart"),
        bars=_bars(block.block("bars")) if "bars" in block.items else None,
        line=block.line,
    )


def _bars(block):
    block.only("title", "unit", "values")
    values = block.block("values")
    if not 2 <= len(values.items) <= MAX_BARS:
        raise block.refuse(_entries("values", 2, MAX_BARS, len(values.items)), values.line)
    return Bars(
        title=block.word("title"),
        unit=block.word("unit", ""),
        values={key: values.word(key) for key in values.items},
    )


def _options(block, key):
    blocks = block.blocks(key)
    if not 2 <= len(blocks) <= MAX_OPTIONS:
        raise block.refuse(_entries(key, 2, MAX_OPTIONS, len(blocks)), blocks[0].line)
    options = []
    for entry in blocks:
        entry = Block(entry.path, entry.line, message("lesson_entry", key=key), entry.items)
        entry.only("text", "right", "feedback")
        options.append(Option(entry.word("text"), entry.word("right", "false"), entry.word("feedback")))
    return tuple(options)


def _entries(key, least, most, got):
    return message("lesson_entries", key=key, least=least, most=most, got=got)


def _curve(block):
    block.only(
        *("question", "parameter", "values", "figure", "mark", "label", "x_label", "axes", "feedback", "wafer_loses")
    )
    values = block.words("values")
    if not 3 <= len(values) <= MAX_POINTS:
        raise block.refuse(_entries("values", 3, MAX_POINTS, len(values)), values[0].line)
    if "figure" in block.items and "mark" in block.items:
        raise block.refuse(message("lesson_figure_or_mark"))
    of_mark = "mark" in block.items
    axes = block.words("axes", default=True)
    if axes and (len(axes) != 2 or not {axis.text for axis in axes} <= {"linear", "log"}):
        raise block.refuse(message("lesson_axes"), axes[0].line)
    feedback = block.block("feedback")
    feedback.only("near", "below", "above")
    return Curve(
        question=block.word("question"),
        parameter=block.word("parameter"),
        values=values,
        figure=block.word("mark" if of_mark else "figure"),
        of_mark=of_mark,
        label=block.optional("label"),
        x_label=block.optional("x_label"),
        axes=axes,
        feedback={key: feedback.word(key) for key in ("near", "below", "above")},
        wafer_loses=block.flag("wafer_loses"),
        line=block.line,
    )


def _exercise(block):
    block.only("task", "goal", "hints", "solution")
    solution = block.block("solution")
    return Exercise(
        task=block.word("task"),
        goal=block.word("goal"),
        hints=block.words("hints", default=True),
        solution={key: solution.word(key) for key in solution.items},
        line=block.line,
    )


def _terms(head):
    terms = {}
    for block in head.blocks("terms", default=True):
        block.only("name", "text")
        term = Term(block.word("name").text, block.word("text").text)
        if not (link := link_of(term.name)):
            raise block.refuse(message("lesson_term_name", name=term.name))
        if link in terms:
            raise block.refuse(message("lesson_term_twice", name=link))
        terms[link] = term
    return terms


def _misconception(block):
    block.only("thinks", "fact")
    return Misconception(block.word("thinks"), block.word("fact"))


def _discussion(block):
    block.only("question", "answer")
    return Discussion(block.word("question"), block.word("answer"))


def _plan(head):
    phases = tuple(map(_phase, head.blocks("plan", default=True)))
    total = sum(phase.minutes for phase in phases)
    if phases and total != HOUR:
        raise head.refuse(message("lesson_plan", got=total, hour=HOUR), phases[0].what.line)
    return phases


def _phase(block):
    block.only("minutes", "what")
    minutes = block.word("minutes")
    if not re.fullmatch(r"[1-9]\d?", minutes.text):
        raise block.refuse(message("lesson_minutes", got=minutes.text), minutes.line)
    return Phase(int(minutes.text), block.word("what"))


def _split(block):
    block.only("step", "ask")
    return Split(block.word("step"), block.word("ask"))
