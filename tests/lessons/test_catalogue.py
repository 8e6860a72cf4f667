"""The course is read in order, with a teacher's folder and in the language wanted."""

import os

import pytest

from lessons.catalogue import COURSE, broken, course, mistake_in


def slugs(lessons):
    return [lesson.slug for lesson in lessons]


@pytest.mark.slow
def test_a_teachers_lessons_come_after_those_of_the_course(write, tmp_path):
    write()
    own = slugs(course())
    assert slugs(course(tmp_path)) == [*own, "a-line"]


def test_a_lesson_comes_in_the_language_wanted_where_there_is_one(write, tmp_path):
    write()
    write(("title: A line of PEs", "title: Eine Reihe"), name="a-line.de.md")
    assert course(tmp_path, "de")[-1].title == "Eine Reihe"
    assert course(tmp_path, "en")[-1].title == "A line of PEs"
    assert course(tmp_path, "fr")[-1].title == "A line of PEs"


def test_a_folder_that_is_none_is_named_and_the_course_goes_on(tmp_path):
    assert slugs(course(tmp_path / "none")) == slugs(course())
    [error] = broken(tmp_path / "none")
    assert (error.path, str(error.said)) == (tmp_path / "none", "a folder of lessons is needed")


def test_a_broken_file_is_named_with_its_line_and_the_others_go_on(write, tmp_path):
    write()
    path = write(("title: A line of PEs\n", ""), name="around.md")
    assert slugs(course(tmp_path)) == [*slugs(course()), "a-line"]
    assert [str(error) for error in broken(tmp_path)] == [f"{path}:2: the front matter needs 'title'"]
    assert mistake_in("around", tmp_path).path == path
    assert mistake_in("a-line", tmp_path) is None


def test_a_broken_file_leaves_the_lesson_it_would_replace_or_translate(write, tmp_path):
    write()
    write(("minutes: 30", "minutes: half"), name="a-line.de.md")
    write(("minutes: 30", "minutes: half"), name="06-adding-up.md")
    assert course(tmp_path, "de")[-1].title == "A line of PEs"
    assert [lesson.path.parent for lesson in course(tmp_path) if lesson.slug == "adding-up"] == [COURSE]
    assert [error.path.name for error in broken(tmp_path)] == ["06-adding-up.md", "a-line.de.md"]


@pytest.mark.parametrize("name", ["Meine_Lektion.md", "a line.md", "my-lesson.MD", "a-line.deu.md"])
def test_a_badly_named_file_is_named_with_the_rule(write, tmp_path, name):
    write(name=name)
    [error] = broken(tmp_path)
    assert "must be named like 05-a-waves-journey.md" in str(error.said)
    assert str(error.said).endswith(f"got {name!r}")


def test_files_that_an_editor_hides_are_no_lessons(tmp_path):
    (tmp_path / ".#a-line.md").symlink_to("somebody@somewhere")
    (tmp_path / "notes.txt").write_text("not a lesson")
    assert broken(tmp_path) == []


def test_a_second_file_of_the_same_lesson_is_named(write, tmp_path):
    write(name="01-a-line.md")
    second = write(("title: A line of PEs", "title: Another"), name="02-a-line.md")
    [error] = broken(tmp_path)
    assert str(error) == f"{second}:1: the lesson 'a-line' is in 01-a-line.md already"
    assert course(tmp_path)[-1].title == "A line of PEs"


def test_what_cannot_be_read_is_named_and_never_waited_for(tmp_path):
    os.mkfifo(tmp_path / "a-pipe.md")
    (tmp_path / "b-folder.md").mkdir()
    (tmp_path / "c-link.md").symlink_to(tmp_path / "nowhere")
    with open(tmp_path / "d-large.md", "wb") as file:
        file.truncate(2**40)
    assert [str(error.said) for error in broken(tmp_path)] == [
        "a lesson must be a file",
        "a lesson must be a file",
        "the file cannot be read: No such file or directory",
        "a lesson must have at most 200 kB, got 1.1 TB",
    ]


def test_a_file_is_read_once_until_it_changes(write, tmp_path):
    path = write()
    wrong = write(("title: A line of PEs\n", ""), name="wrong.md")
    first, [mistake] = course(tmp_path), broken(tmp_path)
    assert all(lesson is again for lesson, again in zip(first, course(tmp_path), strict=True))
    assert broken(tmp_path)[0] is mistake
    write(("title: A line of PEs", "title: A longer line of PEs"))
    assert course(tmp_path)[-1].title == "A longer line of PEs"
    times = path.stat()
    write(("title: A line of PEs", "title: A louder line of PEs"))  # as long
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns + 1))
    assert course(tmp_path)[-1].title == "A louder line of PEs"
    wrong.unlink()
    assert broken(tmp_path) == []


def test_the_files_of_the_course_are_numbered():
    numbers = [path.name.split("-")[0] for path in sorted(COURSE.glob("*.md")) if path.name.count(".") == 1]
    assert all(number.isdigit() for number in numbers)
    assert len(set(numbers)) == len(numbers)
