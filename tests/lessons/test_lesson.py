"""A lesson is read, evaluated, and each mistake is answered with its line and a sentence."""

from functools import cache

import pytest

from engine import language as texts
from engine.language import language, languages
from engine.scenarios.former import FORMER
from lessons.blocks import read_block
from lessons.catalogue import COURSE
from lessons.evaluation import evaluate
from lessons.expressions import MAX_LENGTH, ExpressionError, fill, value_of
from lessons.lesson import LessonError
from lessons.reading import read_lesson


def ready(path):
    return evaluate(read_lesson(path))


def mistake(path):
    with pytest.raises(LessonError) as caught:
        ready(path)
    assert caught.value.path == path
    assert all(language(code)(caught.value.said) for code in languages())
    return caught.value.line, str(caught.value.said)


def line_of(path, text):
    return next(i for i, row in enumerate(path.read_text().split("\n"), 1) if text in row)


def test_placeholders_are_filled_from_the_run_of_the_step(write):
    step = ready(write()).steps[0]
    assert "takes 10 cycles over 10 hops" in step.html
    assert [figure.source for figure in step.figures] == ["hops + wavelets - 1"]


def test_a_step_changes_only_what_it_names(write):
    first, second, *_ = ready(write()).steps
    assert (first.query, second.query) == ("", "wavelets=100")
    assert second.hide == ("route",)


def test_the_right_option_is_the_one_whose_expression_is_true_of_the_run(write):
    question = ready(write()).steps[1].question
    assert {option.text: option.right for option in question.options} == {"10": False, "109": True, "1,000": False}


def test_the_order_of_the_answers_is_drawn_from_what_they_say_and_is_alike_whenever_it_is_drawn(write):
    def order(*changes):
        return [option.right for option in ready(write(*changes)).steps[1].question.options].index(True)

    assert order() == order()
    moved = [("right: figures.cycles == hops\n", f"right: figures.cycles == hops + {n} - {n}\n") for n in range(8)]
    assert {order(change) for change in moved} == {0, 1, 2}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (('"{{ hops * wavelets }}"', '"1000"'), "'10' is computed, and '1000' is typed"),
        (('"{{ hops * wavelets }}"', '"{{ hops * wavelets }} cycles"'), "'10' has no unit, and others have one"),
    ],
)
def test_answers_that_give_themselves_away_are_refused(write, change, says):
    with pytest.raises(LessonError, match=says):
        ready(write(change))


def test_an_answer_must_not_be_the_only_one_with_a_number(write):
    with pytest.raises(LessonError, match="only the right one, '109', has a number"):
        ready(write(('"{{ hops }}"', "with the first"), ('"{{ hops * wavelets }}"', "never")))


def test_evidence_is_a_second_run_a_moment_and_values_with_what_they_come_from(write):
    beside = "run_to: first_wavelet\n  beside: {wavelets: 1, route: detour}"
    evidence = ready(write(("run_to: first_wavelet", beside))).steps[1].evidence
    assert (evidence.run_to, evidence.beside, evidence.plays) == ("first_wavelet", "route=detour", True)
    assert [(bar.label, bar.value, bar.said, bar.times, bar.kind) for bar in evidence.bars.bars] == [
        ("one word", 10, "10 cycles", "", "modelled"),
        ("100 words", 109, "109 cycles", "11 ×", "modelled"),
    ]


def test_bars_are_in_one_unit_unless_they_are_far_apart_and_a_factor_is_not_said_twice(write):
    def said(unit, first, second):
        values = (
            ("    unit: cycle\n", f"    unit: {unit}\n" if unit else ""),
            ("one word: run(wavelets=1).cycles", f"one word: {first}"),
        )
        last = ('"{{ wavelets }} words": figures.cycles', f"more: {second}")
        return [(bar.said, bar.times) for bar in ready(write(*values, last)).steps[1].evidence.bars.bars]

    assert said("FLOP", "160e18", "310e21") == [("160 EFLOP", ""), ("310,000 EFLOP", "1,900 ×")]
    assert said("B", "80e9", "28e11") == [("80 GB", ""), ("2,800 GB", "35 ×")]
    assert said("s", "3e-7", "18e-3") == [("300 ns", ""), ("18 ms", "60,000 ×")]
    assert said("", "1", "16") == [("1", ""), ("16", "")]


def test_values_alone_need_no_run_and_a_typed_one_has_no_kind(write):
    evidence = (
        ready(write(("run_to: first_wavelet\n  ", ""), ("one word: run(wavelets=1).cycles", "one word: 10")))
        .steps[1]
        .evidence
    )
    assert not evidence.plays
    assert [bar.kind for bar in evidence.bars.bars] == ["", "modelled"]


def test_the_true_curve_comes_from_one_run_a_value(write):
    curve = ready(write()).steps[2].question
    assert (curve.x, curve.y) == ((10, 100, 1000), (109, 199, 1099))
    assert curve.queries == ("wavelets=100", "hops=100&wavelets=100", "hops=1000&wavelets=100")
    assert [figure.label for figure in ready(write()).steps[2].figures] == ["Cycles"]
    below_one = ready(write(("figure: cycles\n", "figure: rate\n"))).steps[2].question
    assert below_one.y == (100 / 109, 100 / 199, 100 / 1099)


def test_the_author_names_the_axes_of_a_curve_and_says_whether_they_are_logarithmic(write):
    usual = ready(write()).steps[2].question
    assert (usual.x_label, usual.x_unit, usual.log, usual.line) == ("Hops", "hop", (True, True), ())
    own = ready(write(("figure: cycles\n", "figure: cycles\nx_label: far away\naxes: [log, linear]\n")))
    assert (own.steps[2].question.x_label, own.steps[2].question.x_unit) == ("far away", "")
    assert own.steps[2].question.log == (True, False)


def test_a_speed_up_has_its_straight_line_and_linear_axes():
    curve = ready(COURSE / "02-adding-gpus-stops-helping.md").steps[1].question
    assert curve.log == (False, False)
    assert curve.line == pytest.approx(curve.x)  # against one GPU
    assert all(y <= line for y, line in zip(curve.y, curve.line, strict=True))


MISTAKES = {
    "an unknown block": (("```claim", "```clam"), "```clam", "there is no block 'clam'"),
    "a block without a name": (("```claim", "```"), "figures.cycles == hops", "a block must be named"),
    "an unknown key": (
        ("wavelets: 100\nhide", "wavelet: 100\nhide"),
        "wavelet: 100",
        "line has no parameter 'wavelet'",
    ),
    "a value out of bounds": (
        ("hops: 10\n", "hops: 0\n"),
        "hops: 0",
        "hops must be a whole number from 1 to 1,000 hops",
    ),
    "a value that is a list": (("hops: 10\n", "hops: [0]\n"), "hops: [0]", "hops must be a whole number"),
    "a value that is no number": (("hops: 10\n", "hops: 1_0\n"), "hops: 1_0", "hops must be a whole number"),
    "an unknown scene": (("scene: line", "scene: lime"), "## One word", "scene must be one of"),
    "an unknown mark": (
        ("run_to: first_wavelet", "run_to: first"),
        "run_to: first",
        "no mark 'first'; it has first_wa",
    ),
    "a time after the end": (("run_to: first_wavelet", "run_to: 110"), "run_to: 110", "this run of 109 ticks has no"),
    "a prediction without evidence": (
        (
            """evidence:
  run_to: first_wavelet
  bars:
    title: Until the last one arrives
    unit: cycle
    values:
      one word: run(wavelets=1).cycles
      "{{ wavelets }} words": figures.cycles
""",
            "",
        ),
        "question: In which",
        "'ask' needs 'evidence'",
    ),
    "evidence that shows nothing": (
        ("evidence:\n  run_to: first_wavelet\n  bars:", "evidence:\n  bras:"),
        "bras:",
        "evidence has no 'bras'; it has run_to, beside, chart",
    ),
    "a second run that is the same": (
        ("run_to: first_wavelet", "run_to: first_wavelet\n  beside: {wavelets: 100}"),
        "run_to: first",
        "'beside' changes nothing",
    ),
    "a parameter of a second run": (
        ("run_to: first_wavelet", "run_to: first_wavelet\n  beside: {words: 1}"),
        "run_to: first",
        "no parameter",
    ),
    "a chart that is not there": (
        ("run_to: first_wavelet", "run_to: first_wavelet\n  chart: roofline"),
        "chart: roofline",
        "'roofline' is no chart of the scene line that a lesson can show; it has none",
    ),
    "a bar that is no number": (
        ("one word: run(wavelets=1).cycles", "one word: run(wavelets=1).way"),
        "one word:",
        "the bar 'one word' must be a number from 0 up, got straight",
    ),
    "a bar below zero": (
        ("one word: run(wavelets=1).cycles", "one word: -hops"),
        "one word:",
        "must be a number from 0 up, got -10",
    ),
    "bars of nothing": (
        ('one word: run(wavelets=1).cycles\n      "{{ wavelets }} words": figures.cycles', "a: 0\n      b: 0"),
        "title: Until the last",
        "these bars are all zero",
    ),
    "a single bar": (
        ("one word: run(wavelets=1).cycles\n      ", ""),
        "{{ wavelets }} words",
        "'values' must have from 2 to 8 entries, got 1",
    ),
    "an unknown control": (("hide: [route]", "hide: [color]"), "hide: [color]", "line has no parameter 'color'"),
    "a false claim": (
        ("figures.cycles == hops\n```", "figures.cycles < hops\n```"),
        "cycles < hops",
        "the claim 'figures.cycles < hops' is false: its values give 10 < 10",
    ),
    "an undefined figure in the prose": (
        ("{{ figures.cycles | si", "{{ figures.time | si"),
        "figures.time",
        "no figure 'time'",
    ),
    "an undefined name": (("over {{ hops }}", "over {{ hop }}"), "{{ hop }}", "'hop' is undefined"),
    "an unknown filter": (
        ('| si("cycle")', "| upper"),
        "| upper",
        "there is no filter 'upper'; there are percent, si, times",
    ),
    "no right answer": (
        ("hops + wavelets - 1\n    f", "hops + wavelets\n    f"),
        "In which cycle",
        "exactly one right answer here, got none",
    ),
    "two right answers": (("right: figures.cycles == hops * wavelets", "right: true"), "In which cycle", "got 2"),
    "two right reasons": (
        ("- text: Each waits for the one before.", "- text: Each waits.\n    right: true"),
        "In which cycle",
        "the reasons (why) of",
    ),
    "an expression that is no truth": (
        ("right: figures.cycles == hops * wavelets", "right: wavelets"),
        "right: wavelets",
        "true or false is needed",
    ),
    "an option without feedback": (
        ("    feedback: They do not wait for each other.\n", ""),
        'text: "{{ hops * wavelets }}"',
        "needs 'feedback'",
    ),
    "a question without an entry in the schema": (
        ("wafer_loses: true", "wafer_wins: true"),
        "wafer_wins",
        "draw has no 'wafer_wins'",
    ),
    "a missing section": (
        ("leaves_out: Nothing waits on this line.\n", ""),
        "title:",
        "the front matter needs 'leaves_out'",
    ),
    "minutes that are none": (
        ("minutes: 30", "minutes: half"),
        "minutes: half",
        "'minutes' must be a whole number from 1 to 99",
    ),
    "a plan that is no hour": (
        ("minutes: 30", "minutes: 31"),
        "    what: All steps.",
        "the minutes of 'plan' must add up to 45, they make 46",
    ),
    "what to ask at a step that asks nothing": (
        ("  - step: A hundred words", "  - step: One word"),
        "  - step: One word",
        "no step with a question is called 'One word'; there are A hundred words, Draw it, Elsewhere",
    ),
    "a line that is indented differently": (
        ("    right: figures.cycles == hops\n", "   right: figures.cycles == hops\n"),
        "   right: figures.cycles == hops",
        "indented differently from the lines above it",
    ),
    "a tab": (
        ("    right: figures.cycles == hops\n", "\tright: figures.cycles == hops\n"),
        "\tright: figures.cycles == hops",
        "indented with a tab; use spaces",
    ),
    "a block that is not closed": (
        ("hide: [route]\n```\n", "hide: [route]\n"),
        "```ask",
        "not closed: after its last line, a line with three backticks is missing",
    ),
    "YAML that is none": (("task: Send 100 words", "task: Note: send 100 words"), "task: Note:", "in quotes"),
    "a key twice": (("figure: cycles\n", "figure: cycles\nfigure: rate\n"), "figure: rate", "draw has 'figure' twice"),
    "an anchor": (
        ("title: A line of PEs", "title: &a A line of PEs"),
        "title: &a",
        "the front matter must not use anchors (&",
    ),
    "lists in lists": (("goals:\n", f"goals: {'[' * 3000}\n"), "goals:", "must be nested at most 8 deep"),
    "a curve over a word": (("parameter: hops", "parameter: route"), "values: [10", "route must be one of"),
    "a curve of a word": (
        ("figure: cycles", "figure: way"),
        "values: [10",
        "a curve needs a figure that is a positive number, got straight",
    ),
    "a curve that goes back": (("values: [10, 100, 1000]", "values: [10, 1000, 100]"), "values: [", "must grow"),
    "an exercise that is solved": (
        ("goal: figures.cycles < 50", "goal: figures.cycles < 500"),
        "goal:",
        "before anything is changed",
    ),
    "a solution that is none": (
        ("{hops: 5, wavelets: 40}", "{hops: 30, wavelets: 40}"),
        "goal:",
        "does not reach the goal: its values give 69 < 50",
    ),
    "an unknown parameter in a solution": (("{hops: 5, wavelets: 40}", "{hop: 5}"), "task:", "no parameter 'hop'"),
    "a link to somewhere": (
        ("[wavelet](#wavelet)", "[wavelet](/scenes)"),
        "## One word",
        "a link must lead to https://",
    ),
    "a step without a text": (("A last thought.\n", ""), "## Elsewhere", "needs a text"),
    "a text before the steps": (("---\n\n## One word", "---\nHello\n\n## One word"), "Hello", "must start with a step"),
    "an empty block": (("```try\n", "```draw\n```\n```try\n"), "```try", "draw must have names"),
    "two exercises in a step": (
        ("```transfer", "```try\ntask: a\ngoal: a\nsolution: {a: 1}\n```\n```try\ntask: 2nd\n```\n```transfer"),
        "task: 2nd",
        "at most one 'try'",
    ),
    "a loop": (("A last thought.", "{% for i in [1] %}x{% endfor %}"), "{% for", "must not use Jinja's for"),
    "a method": (("A last thought.", "{{ 'a'.ljust(1000000000) }}"), "ljust", "can be called"),
    "text without end": (("A last thought.", "{{ 'a' * 1000000000 }}"), "'a' *", "a number is needed"),
    "a number without end": (("A last thought.", "{{ 9 ** 9 ** 9 ** 9 }}"), "9 ** 9", "cannot be evaluated"),
    "a way out of the sandbox": (("A last thought.", "{{ figures.__class__ }}"), "__class__", "must not start with _"),
    "too many runs": (
        ("A last thought.", " ".join(f"{{{{ run(hops={i}).cycles }}}}" for i in range(1, 60))),
        "run(hops=1)",
        "at most 32 runs",
    ),
    "a list that is none": (
        ("goals:\n  - Tell latency from bandwidth.", "goals: Tell latency."),
        "goals:",
        "the front matter needs 'goals', a list",
    ),
    "a missing list": (("goals:\n  - Tell latency from bandwidth.\n", ""), "title:", "needs 'goals', a list"),
    "an empty list": (("goals:\n  - Tell latency from bandwidth.", "goals: []"), "title:", "needs 'goals', a list"),
    "an empty entry": (("- Tell latency from bandwidth.", "- ''"), "- ''", "each entry of 'goals' must be a text"),
    "a list in a list": (("- Tell latency from bandwidth.", "- [a]"), "- [a]", "each entry of 'goals' must be a text"),
    "an entry without names": (
        ("- thinks: Ten words take ten times as long.\n    fact: They follow each other, one a cycle.", "- Ten words"),
        "- Ten words",
        "each entry of 'misconceptions' must have names and values",
    ),
    "a text that is a list": (("title: A line of PEs", "title: [A, line]"), "title:", "'title' must be a text"),
    "a text without letters": (("title: A line of PEs", "title: ' '"), "title:", "'title' must be a text"),
    "a flag that is none": (
        ("wafer_loses: true", "wafer_loses: yes"),
        "wafer_loses: yes",
        "'wafer_loses' must be true or false, got 'yes'",
    ),
    "feedback that is a text": (
        ("solution: {hops: 5, wavelets: 40}", "solution: hops"),
        "solution: hops",
        "try needs 'solution' with names and values",
    ),
    "feedback for another guess": (("  near: Dist", "  far: Too far.\n  near: Dist"), "far:", "has no 'far'"),
    "one option": (
        ("      - text: a bus\n        feedback: There is none.\n", ""),
        "- text: a wavelet",
        "'options' must have from 2 to 6 entries, got 1",
    ),
    "seven options": (
        ("      - text: a bus\n", "      - text: a bus\n        feedback: No.\n" * 5 + "      - text: a bus\n"),
        "- text: a wavelet",
        "'options' must have from 2 to 6 entries, got 7",
    ),
    "options that are alike": (
        ('- text: "{{ hops * wavelets }}"', '- text: "{{ hops }}"'),
        "In which cycle",
        "must differ",
    ),
    "three axes": (("figure: cycles\n", "figure: cycles\naxes: [log, log, log]\n"), "axes:", "two of linear and log"),
    "an axis of another kind": (("figure: cycles\n", "figure: cycles\naxes: [log, sqrt]\n"), "axes:", "two of linear"),
    "two points of a curve": (("[10, 100, 1000]", "[10, 100]"), "values: [", "from 3 to 12 entries, got 2"),
    "thirteen points of a curve": (
        ("[10, 100, 1000]", f"{[*range(10, 23)]}"),
        "values: [",
        "from 3 to 12 entries, got 13",
    ),
    "a curve of two things": (
        ("figure: cycles\n", "figure: cycles\nmark: all_done\n"),
        "question: Cycles over hops?",
        "a curve is of a figure or of a mark, not of both",
    ),
    "a curve of a mark that is none": (("figure: cycles", "mark: done"), "mark: done", "this run has no mark 'done'"),
    "two questions in a step": (
        (
            "```transfer",
            "```ask\nquestion: a\nevidence: {run_to: 1}\n"
            "options: [{text: a, feedback: a}, {text: b, feedback: b}]\n```\n```transfer",
        ),
        "```transfer",
        "at most one question",
    ),
    "a block without its end": (("    feedback: Wagons travel together.\n```", ""), "```transfer", "is not closed"),
    "a heading without a text": (
        ("## Elsewhere\n\nA last", "## \nA last"),
        "A last thought.",
        "a step's heading must have a text",
    ),
    "a lesson without a scene": (("scene: line\n", ""), "## One word", "needs a block 'show' with a scene"),
    "a time before the first": (("run_to: first_wavelet", "run_to: 0"), "run_to: 0", "this run of 109 ticks has no"),
    "a fact of no file": (("A last thought.", "{{ fact('none.wse2.n_pe') }}"), "{{ fact", "there is no fact 'none."),
    "a fact of no machine": (("A last thought.", "{{ fact('machines.x.n_pe') }}"), "{{ fact", "there is no fact"),
    "a fact without a name": (("A last thought.", "{{ fact('machines.wse2') }}"), "{{ fact", "file.entry.name"),
    "a fact that is none": (("A last thought.", "{{ fact('machines.wse2.x') }}"), "{{ fact", "files are calibration"),
    "a name far below a block": (
        ("figures.cycles == hops\n```\n", "figures.cycles == hops\n```\n\nFor {{ hop }}.\n"),
        "For {{ hop }}",
        "'hop' is undefined",
    ),
    "an impossible run": (
        ("A last thought.", "{{ run(hops=0).cycles }}"),
        "run(hops=0)",
        "hops must be a whole number",
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_answered_with_its_line_and_a_sentence(name, write):
    change, where, sentence = MISTAKES[name]
    path = write(change)
    line, said = mistake(path)
    assert sentence in said
    assert abs(line - line_of(path, where)) <= 1, f"{said} at line {line}"


@pytest.mark.parametrize(
    ("data", "line", "sentence"),
    [
        (b"", 1, "a lesson must start with a line '---'"),
        (b"---\ntitle: a\n", 1, "the front matter must end with a line '---'"),
        (b"---\n---\n", 2, "the front matter must have names and values"),
        (b"---\ntitle: a\n\xff\n", 3, "a lesson must be UTF-8 text"),
        (b"---\n[a]: b\n---\n", 2, "the front matter must have words as names"),
        (b"---\na: \x07\n---\n", 2, "the front matter is not valid YAML"),
    ],
)
def test_a_file_that_is_no_lesson_is_answered_with_its_line(tmp_path, data, line, sentence):
    path = tmp_path / "any.md"
    path.write_bytes(data)
    with pytest.raises(LessonError) as caught:
        read_lesson(path)
    assert (caught.value.line, str(caught.value.said)[: len(sentence)]) == (line, sentence)


@pytest.mark.parametrize("style", ["|", ">"])
def test_a_text_on_lines_of_its_own_is_where_it_stands(style, write):
    path = write(("task: Send 100 words", f"task: {style}\n  {{{{ hop }}}} Send 100 words"))
    assert mistake(path)[0] == line_of(path, "{{ hop }}")


def test_lists_may_be_eight_deep_and_no_deeper(tmp_path):
    assert read_block(tmp_path, 1, "ask", f"a: {'[' * 7 + ']' * 7}\nb: {'[' * 7 + ']' * 7}").items.keys() == {"a", "b"}
    with pytest.raises(LessonError, match="ask must be nested at most 8 deep") as caught:
        read_block(tmp_path, 5, "ask", f"a: b\nc: {'[' * 8 + ']' * 8}")
    assert caught.value.line == 6


def test_a_curve_may_be_of_a_mark_and_an_author_says_where_the_wafer_loses(write):
    curve = ready(write(("figure: cycles\n", "mark: first_wavelet\n"))).steps[2].question
    assert (curve.y, curve.unit, curve.loses) == ((10, 100, 1000), "cycle", True)
    assert curve.y_label == "The first wavelet arrives."
    assert ready(write()).steps[1].question.loses is False


def test_a_parameter_along_a_curve_is_named_as_in_its_form(write, monkeypatch):
    assert ready(write()).steps[2].question.x_label == "Hops"
    files = texts._files
    monkeypatch.setattr(texts, "_files", lambda code: files(code) | {"line": "parameter_line_hops = Links of the line"})
    monkeypatch.setattr(texts, "_bundle", cache(texts._bundle.__wrapped__))
    assert str(ready(write()).steps[2].question.x_label) == "Links of the line"


def test_expressions_name_the_marks_of_the_run_and_of_others(write):
    thought = "{{ marks.first_wavelet }} and {{ run(hops=20).marks.first_wavelet }} cycles"
    assert "10 and 20 cycles" in ready(write(("A last thought.", thought))).steps[4].html


def test_the_goal_of_an_exercise_may_name_marks(write):
    goal = ("goal: figures.cycles < 50", "goal: marks.all_done < 50 and figures.marks.all_done < 50")
    assert ready(write(goal)).steps[3].exercise.query == "hops=5&wavelets=40"


def test_the_right_answer_of_what_is_recalled_is_not_always_the_first(write):
    (choice,) = ready(write()).recall
    assert [(option.text, option.right) for option in choice.options] == [("a bus", False), ("a wavelet", True)]


def test_expressions_call_four_functions(write):
    thought = "{{ min(7, 8) }} {{ max(7, 8) }} {{ abs(-9) }} {{ round(9.7) }}"
    assert "7 8 9 10" in ready(write(("A last thought.", thought))).steps[4].html


def test_a_run_may_be_shown_to_its_last_tick(write):
    assert ready(write(("run_to: first_wavelet", "run_to: 109"))).steps[1].evidence.run_to == "109"


def test_raw_html_and_scripts_are_shown_as_text(write):
    html = ready(write(("A last thought.", "<script>alert(1)</script> ![x](https://a.b/c.png) <b>"))).steps[4].html
    assert "<script" not in html
    assert "<img" not in html
    assert "&lt;script&gt;" in html


def test_a_term_must_be_in_the_glossary(write):
    with pytest.raises(LessonError, match=r"the glossary has no 'prozessor'; it has .*hop"):
        ready(write(("A last thought.", "A [PE](#prozessor).")))


def test_facts_are_quoted_with_their_source(write):
    step = ready(write(("A last thought.", "{{ fact('machines.wse2.n_pe') | si('PE') }}"))).steps[4]
    assert "850,000 PEs" in step.html
    assert step.figures[0].source
    assert str(step.figures[0].label) == "PEs, WSE-2 (CS-2)"
    step = ready(write(("A last thought.", "{{ fact('cases.growth.bert_base') }}"))).steps[4]
    assert [(str(figure.label), figure.unit) for figure in step.figures] == [("Training of BERT-base", "FLOP")]


@pytest.mark.parametrize(
    "data", [b"\xff\xfe", b"", b"---\n", b"---\n---\n", b"---\ntitle: [\n---\n", b"---\n" + b"[" * 5000]
)
def test_any_bytes_give_a_lesson_error(tmp_path, data):
    path = tmp_path / "any.md"
    path.write_bytes(data)
    with pytest.raises(LessonError):
        read_lesson(path)


def test_a_lesson_may_say_former_names(write, monkeypatch):
    monkeypatch.setitem(FORMER, "line", {"links": "hops", "way": "route", "route=curve": "route=detour"})
    old = [
        ("hops: 10\n", "links: 10\n"),
        ("over {{ hops }} hops", "over {{ links }} hops"),
        ("hide: [route]", "hide: [way]"),
        ("parameter: hops", "parameter: links"),
        ("solution: {hops: 5, wavelets: 40}", "solution: {links: 5, wavelets: 40, way: straight}"),
        ("figures.cycles == hops\n```", 'figures.cycles == links and run(way="curve").cycles == 2 * hops\n```'),
    ]
    said, today = ready(write(*old)), ready(write())
    assert [step.query for step in said.steps] == [step.query for step in today.steps]
    assert said.steps[0].html == today.steps[0].html
    assert said.steps[1].hide == ("route",)
    assert said.steps[2].question == today.steps[2].question
    assert said.steps[3].exercise.query == today.steps[3].exercise.query


@pytest.mark.parametrize(
    ("expression", "sentence"),
    [
        ("max(*[1, 2])", "a call must not use * or **"),
        ("max(**{'a': 1})", "a call must not use * or **"),
        ("(1)(2)", "only run(…), fact(…), abs(…), min(…), max(…) and round(…) can be called"),
        ("1 +", "an expression cannot be read: "),
        ("1 / 0", "a division by zero"),
        ("1 // 0", "a division by zero"),
        ("1 % 0", "a division by zero"),
        ("true + 1", "a number is needed, got True"),
        ("'a' + 'b'", "a number is needed, got 'a'"),
        ("true - 1", "a number is needed, got True"),
        ("'a' ** 2", "an expression cannot be evaluated: could not convert"),
        ("range(3)", "an expression cannot be evaluated: 'range' is undefined"),
        ("1 is number", "a lesson must not use Jinja's test"),
        ("1" * MAX_LENGTH, f"a text must have at most {MAX_LENGTH:,} characters, got {MAX_LENGTH + 6:,}"),
        ("max('a', 1)", "an expression cannot be evaluated: "),
    ],
)
def test_what_an_expression_may_not_do_is_answered_with_a_sentence(expression, sentence):
    with pytest.raises(ExpressionError) as caught:
        value_of(expression, {"max": max})
    assert str(caught.value).startswith(sentence)


def test_expressions_compute_with_numbers():
    names = {"n": 7, "max": max}
    expected = {"n + 1": 8, "n - 1": 6, "n * 2": 14, "n / 2": 3.5, "n // 2": 3, "n % 4": 3, "2 ** n": 128}
    assert {expression: value_of(expression, names) for expression in expected} == expected
    assert isinstance(value_of("2 ** n", names), float)
    assert value_of("max(n, 9)", names) == 9
    assert value_of("9" + " " * (MAX_LENGTH - 7), names) == 9


def test_only_what_stands_in_braces_is_an_expression():
    assert fill("100 % of { n }", {}, language("en")) == "100 % of { n }"
    assert fill("{{ n }}{# unseen #} % {{ n }}", {"n": 7}, language("en")) == "7 % 7"
    assert fill("a{# unseen #}", {}, language("en")) == "a"
    for half in ("{ n }}", "n }}", "{{ n"):
        with pytest.raises(ExpressionError, match="is not a placeholder"):
            fill(f"{half} words", {"n": 7}, language("en"))
    assert fill("{{ 0.125 | percent }}, {{ 3 | times }}, {{ word }}", {"word": "R & D"}, language("en")) == (
        "13 %, 3, R & D"
    )
    with pytest.raises(ExpressionError, match="must not use Jinja's assign"):
        fill("{% set n = 1 %}", {}, language("en"))
