"""The course is read in order, with a teacher's folder and in the language wanted."""

import pytest

from lessons.catalogue import COURSE, course
from lessons.lesson import LessonError


def slugs(lessons):
    return [lesson.slug for lesson in lessons]


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


def test_a_folder_that_is_none_is_refused(tmp_path):
    with pytest.raises(LessonError, match="a folder of lessons is needed"):
        course(tmp_path / "none")


def test_the_files_of_the_course_are_numbered():
    numbers = [path.name.split("-")[0] for path in sorted(COURSE.glob("*.md")) if path.name.count(".") == 1]
    assert all(number.isdigit() for number in numbers)
    assert len(set(numbers)) == len(numbers)
