"""`waferscope lesson` checks files and starts new ones."""

import pytest

from lessons.scope import Scope, facts, outcome
from viz.commands.cli import main


def waferscope(monkeypatch, *words):
    monkeypatch.setattr("sys.argv", ["waferscope", *map(str, words)])
    try:
        main()
    except SystemExit as stop:
        return stop.code or 0
    return 0


def test_check_reports_what_holds_and_what_a_full_lesson_would_have(monkeypatch, capsys, write):
    path = write()
    assert waferscope(monkeypatch, "lesson", "check", path) == 0
    said = capsys.readouterr().out
    assert "OK: 5 steps, 3 questions, 1 claim\n" in said
    assert "a lesson of the course has 6 to 9 steps; this one has 5" in said
    line = path.read_text().split("\n").index("## One word") + 3
    assert f"{path}:{line}: 'hop' is a term of the glossary: link it where it is first used" in said


@pytest.mark.parametrize(
    ("changes", "note"),
    [
        ((), ""),
        (
            (("text: after 79 s", "text: already after 79 s"),),
            "the right answer is the longest one in 2 of 3 questions",
        ),
        ((("text: a bus", "text: a bus, because it is wide"),), "only wrong answers give a reason, as “a bus, because"),
        (
            (("text: a wavelet", "text: a wavelet, since it is one"),),
            "only the right answer gives a reason, “a wavelet, s",
        ),
        ((("text: a wavelet", "text: a wavelet, since a"), ("text: a bus", "text: a bus, because a bus, b")), ""),
    ],
)
def test_check_notes_habits_by_which_answers_can_be_guessed(monkeypatch, capsys, write, changes, note):
    assert waferscope(monkeypatch, "lesson", "check", write(*changes)) == 0
    said = [line for line in capsys.readouterr().out.splitlines() if "can be guessed" in line or "give" in line]
    assert len(said) == bool(note)
    assert all(note in line for line in said)


def test_check_goes_on_after_a_mistake_and_exits_with_two(monkeypatch, capsys, write):
    wrong = write(("hops: 10\n", "hops: 0\n"), name="wrong.md")
    assert waferscope(monkeypatch, "lesson", "check", wrong, write()) == 2
    out, err = capsys.readouterr()
    assert err.startswith(f"{wrong}:") and "hops must be a whole number" in err
    assert "OK: " in out


@pytest.mark.parametrize("name", ["none.md", "Upper.md", "a lesson.txt"])
def test_a_file_that_is_none_gives_one_sentence(monkeypatch, capsys, tmp_path, name):
    assert waferscope(monkeypatch, "lesson", "check", tmp_path / name) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_check_refuses_a_badly_named_file(monkeypatch, capsys, write):
    assert waferscope(monkeypatch, "lesson", "check", write(name="Meine_Lektion.md")) == 2
    assert "must be named like 05-a-waves-journey.md" in capsys.readouterr().err


@pytest.mark.parametrize("words", [("serve",), ("lesson", "scorm", "adding-up", "--to", "x.zip")])
def test_a_folder_that_is_none_is_refused(monkeypatch, capsys, tmp_path, words):
    assert waferscope(monkeypatch, *words, "--lessons", tmp_path / "none") == 2
    assert str(tmp_path / "none") in " ".join(capsys.readouterr().err.split())


def test_a_package_of_a_broken_lesson_is_refused_with_the_mistake(monkeypatch, capsys, write, tmp_path):
    path = write(("title: A line of PEs\n", ""))
    words = ("lesson", "scorm", "a-line", "--to", tmp_path / "x.zip", "--lessons", tmp_path)
    assert waferscope(monkeypatch, *words) == 2
    assert capsys.readouterr().err == f"waferscope: {path}:2: the front matter needs 'title'\n"


def test_names_lists_what_the_expressions_of_a_step_may_name(monkeypatch, capsys, write):
    assert waferscope(monkeypatch, "lesson", "names", write(), "--step", 2) == 0
    listed = dict(line.split()[:2] for line in capsys.readouterr().out.splitlines() if line[0] != " ")
    assert (listed["hops"], listed["wavelets"], listed["figures.cycles"]) == ("10", "100", "109")
    assert listed["marks.first_wavelet"] == "10"


def test_names_lists_what_a_step_may_choose_from(monkeypatch, capsys, tmp_path):
    path = tmp_path / "my-lesson.md"
    assert waferscope(monkeypatch, "lesson", "new", path) == 0
    assert waferscope(monkeypatch, "lesson", "names", path) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "Offered: reduce, broadcast, all_reduce, stream," in said
    assert "Offered: single, crossing, merging, circular." in said  # those of the program


def test_names_of_a_step_that_is_none_are_refused(monkeypatch, capsys, write):
    assert waferscope(monkeypatch, "lesson", "names", write(), "--step", 6) == 2
    assert "--step must be at most 5, got 6" in capsys.readouterr().err


def test_facts_lists_what_can_be_quoted(monkeypatch, capsys, tmp_path):
    assert waferscope(monkeypatch, "lesson", "facts", "wse2.n_pe") == 0
    assert capsys.readouterr().out.startswith("machines.wse2.n_pe ")
    scope = Scope(tmp_path, 1, "", {}, outcome)
    assert all(scope.fact(name) == cited.value for name, cited in facts().items())


def test_new_writes_a_lesson_and_never_over_one(monkeypatch, capsys, tmp_path):
    path = tmp_path / "my-lesson.md"
    assert waferscope(monkeypatch, "lesson", "new", path) == 0
    written = path.read_text(encoding="utf-8")
    assert waferscope(monkeypatch, "lesson", "new", path) == 2
    assert path.read_text(encoding="utf-8") == written
    assert "exists already" in capsys.readouterr().err
