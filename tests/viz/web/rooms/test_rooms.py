"""The rules of a room, with every store."""

import asyncio

import pytest

from tests.viz.web.rooms.serving import run_apart
from viz.web.handlers import NotServed
from viz.web.rooms import rooms as module
from viz.web.rooms.rooms import LETTERS, Part, Rooms, code_of, is_code
from viz.web.rooms.stores import RedisStore

PARTS = {2: Part("choose", 3, 2), 4: Part("draw", 2), 5: Part("", 0, task=True)}
ANNA, BEN = "a" * 24, "b" * 24


@pytest.fixture
def in_room(make_store):
    """Run a test inside an open room: `in_room(test, **options of the store)`; it is given rooms, code and key."""

    def run(test, **options):
        async def main():
            rooms = Rooms(make_store(**options))
            try:
                code, key = await rooms.open("a-line", 5, PARTS)
                await test(rooms, code, key)
            finally:
                await rooms.stop()

        run_apart(main())

    return run


async def refused(status, action):
    with pytest.raises(NotServed) as error:
        await action
    assert error.value.status == status


def state(page, locked=False, revealed=(), again=()):
    return {"page": page, "locked": locked, "revealed": list(revealed), "again": list(again)}


def test_answers_are_counted_once_per_student_and_the_last_one_counts(in_room):
    async def test(rooms, code, key):
        await rooms.move(code, key, state(2))
        await rooms.answer(code, ANNA, {"2": 0})
        await rooms.answer(code, BEN, {"2": 1})
        await rooms.answer(code, ANNA, {"2": 1})
        view = await rooms.teacher_view(code, key)
        assert (view["tally"], view["answered"]) == ([0, 2, 0], 2)
        await rooms.move(code, key, state(4))
        await rooms.answer(code, ANNA, {"4": [1, 2.00004]})
        assert (await rooms.teacher_view(code, key))["tally"] == [[1, 2]]
        assert sorted(await rooms.table(code, key), key=len) == [{"2": 1}, {"2": 1, "4": [1, 2]}]

    in_room(test)


def test_nobody_but_the_teacher_moves_reads_or_closes(in_room):
    async def test(rooms, code, key):
        for wrong in ("", "x" * 32, key[:-1]):
            await refused(403, rooms.move(code, wrong, state(2)))
            await refused(403, rooms.teacher_view(code, wrong))
            await refused(403, rooms.table(code, wrong))
            await refused(403, rooms.close(code, wrong))
        assert await rooms.student_view(code) == {"page": 1, "locked": False, "revealed": (), "again": ()}

    in_room(test)


def test_what_students_see_tells_nothing_of_the_answers(in_room):
    async def test(rooms, code, key):
        await rooms.answer(code, ANNA, {"2": 0})
        assert set(await rooms.student_view(code)) == {"page", "locked", "revealed", "again"}

    in_room(test)


NO_ANSWERS = [
    {"2": 3},
    {"2": -1},
    {"2": True},
    {"2": 1.0},
    {"2": "0"},
    {"2": None},
    {"1": 0},
    {"-2": 0},
    {"²": 0},
    {"9" * 5000: 0},
    {"4": [1]},
    {"4": [1, 0]},
    {"4": [1, float("nan")]},
    {"4": [1, float("inf")]},
    {"4": [1, "2"]},
    {"4": 1},
    {"2t": 1},
    {"5": 0},
    {"5": []},
    {"5t": 2},
    {"2s": 3},
    {"4s": [1]},
    {"5s": 0},
    [],
    None,
]


def test_an_answer_that_is_none_is_refused(in_room):
    async def test(rooms, code, key):
        for answers in NO_ANSWERS:
            await refused(400, rooms.answer(code, ANNA, answers))
        assert await rooms.table(code, key) == []

    in_room(test)


def test_a_state_that_is_none_is_refused(in_room):
    async def test(rooms, code, key):
        odd = [state(0), state(6), state(True), state(1, locked=1), state(1, revealed=["<b>"]), {**state(1), "x": 1}]
        for wrong in (None, {}, [], *odd):
            await refused(400, rooms.move(code, key, wrong))

    in_room(test)


def test_a_locked_or_revealed_part_takes_no_answers(in_room):
    async def test(rooms, code, key):
        await rooms.answer(code, ANNA, {"2": 0})
        for closed in (state(2, locked=True), state(3, revealed=[2])):
            await rooms.move(code, key, closed)
            assert await rooms.answer(code, ANNA, {"2": 0}) == []
            assert await rooms.answer(code, ANNA, {"2": 1}) == ["2"]
            assert await rooms.answer(code, BEN, {"2": 1, "4": [1, 2]}) == ["2"]
            assert {"2": 0} in await rooms.table(code, key)
            assert not any(answers.get("2") == 1 for answers in await rooms.table(code, key))
        await rooms.move(code, key, state(2))
        await rooms.answer(code, ANNA, {"2": 1})
        assert {"2": 1} in await rooms.table(code, key)

    in_room(test)


def test_reasons_are_counted_once_the_answer_is_revealed(in_room):
    async def test(rooms, code, key):
        await rooms.move(code, key, state(2))
        await rooms.answer(code, ANNA, {"2": 0, "2r": 1})
        assert (await rooms.teacher_view(code, key))["reasons"] == [0, 0]
        await rooms.move(code, key, state(2, revealed=[2]))
        await rooms.answer(code, ANNA, {"2": 0, "2r": 1})
        await rooms.answer(code, BEN, {"2r": 1})
        view = await rooms.teacher_view(code, key)
        assert (view["tally"], view["answered"], view["reasons"]) == ([1, 0, 0], 1, [0, 2])
        for wrong in ({"2r": 2}, {"4r": 0}, {"r": 0}, {"2rr": 0}):
            await refused(400, rooms.answer(code, ANNA, wrong))
        await rooms.move(code, key, state(4))
        assert (await rooms.teacher_view(code, key))["reasons"] is None

    in_room(test)


def test_a_curve_is_drawn_a_second_time_beside_the_first(in_room):
    async def test(rooms, code, key):
        await rooms.move(code, key, state(4))
        await rooms.answer(code, ANNA, {"4": [1, 2]})
        await rooms.answer(code, BEN, {"4": [1, 3]})
        await rooms.move(code, key, state(4, again=[4]))
        await rooms.answer(code, ANNA, {"4": [1, 2], "4s": [1, 3]})
        view = await rooms.teacher_view(code, key)
        assert (sorted(view["first"]), view["tally"], view["answered"]) == ([[1, 2], [1, 3]], [[1, 3]], 1)

    in_room(test)


def test_who_is_there_and_has_answered_nothing_is_in_the_table(in_room):
    async def test(rooms, code, key):
        await rooms.move(code, key, state(2))
        for student in (ANNA, BEN):
            await rooms.see(code, student)
        await rooms.answer(code, BEN, {"2": 1})
        assert await rooms.table(code, key) == [{"2": 1}, {}]

    in_room(test)


def test_a_second_vote_counts_beside_the_first_and_each_takes_answers_in_its_time(in_room):
    async def test(rooms, code, key):
        await rooms.move(code, key, state(2))
        for student, choice in ((ANNA, 0), (BEN, 1)):
            await rooms.answer(code, student, {"2": choice, "2s": 2})  # there is no second vote yet
        await rooms.move(code, key, state(2, again=[2]))
        view = await rooms.teacher_view(code, key)
        assert (view["first"], view["tally"], view["answered"]) == ([1, 1, 0], [0, 0, 0], 0)
        await rooms.answer(code, ANNA, {"2": 2, "2s": 1})
        await rooms.move(code, key, state(2, locked=True, again=[2]))
        await rooms.answer(code, BEN, {"2": 1, "2s": 1})
        view = await rooms.teacher_view(code, key)
        assert (view["first"], view["tally"], view["answered"]) == ([1, 1, 0], [0, 1, 0], 1)
        assert sorted(await rooms.table(code, key), key=len) == [{"2": 1}, {"2": 0, "2s": 1}]

    in_room(test)


def test_the_teacher_sees_how_many_of_those_present_have_not_voted(in_room):
    async def test(rooms, code, key):
        await rooms.move(code, key, state(2))
        for student in (ANNA, BEN):
            await rooms.see(code, student)
        await rooms.answer(code, "c" * 24, {"2": 0})  # answered, and left
        assert (await rooms.teacher_view(code, key))["waiting"] == 2
        for student in (ANNA, BEN):
            await rooms.answer(code, student, {"2": 0})
        assert (await rooms.teacher_view(code, key))["waiting"] == 0
        await rooms.move(code, key, state(2, again=[2]))
        assert (await rooms.teacher_view(code, key))["waiting"] == 2

    in_room(test)


def test_the_room_counts_who_tried_an_exercise_and_who_reached_its_goal(in_room):
    async def test(rooms, code, key):
        await rooms.answer(code, ANNA, {"5t": 0})
        await rooms.answer(code, BEN, {"5t": 0})
        await rooms.answer(code, BEN, {"5t": 1})
        assert (await rooms.teacher_view(code, key))["tasks"] is None
        await rooms.move(code, key, state(5, locked=True))
        view = await rooms.teacher_view(code, key)
        assert (view["tasks"], view["tally"], view["answered"]) == ([2, 1], None, 0)
        await rooms.answer(code, ANNA, {"5t": 1})
        assert (await rooms.teacher_view(code, key))["tasks"] == [2, 2]

    in_room(test)


def test_a_room_opens_again_with_its_key_where_the_class_was_and_answers_come_back(make_store, in_room):
    async def test(rooms, code, key):
        await rooms.close(code, key)
        await refused(404, rooms.student_view(code))
        assert await rooms.open("a-line", 5, PARTS, key, state(2, True, [2])) == (code, key)
        await rooms.answer(code, ANNA, {"2": 1})
        await rooms.answer(code, ANNA, {"2": 2})
        view = await rooms.teacher_view(code, key)
        assert (view["page"], view["locked"], view["tally"]) == (2, True, [0, 1, 0])
        assert await rooms.open("a-line", 5, PARTS, key, state(5)) == (code, key)
        assert (await rooms.student_view(code))["page"] == 2

    in_room(test)


@pytest.mark.slow
def test_a_code_belongs_to_its_key():
    assert is_code(code_of("a key of the teacher"))
    assert code_of("a key of the teacher") == code_of("a key of the teacher")
    assert len({code_of(f"key {i}") for i in range(8)}) == 8
    assert not set("01OIL") & set(LETTERS)


def test_a_closed_room_leaves_nothing(in_room):
    async def test(rooms, code, key):
        await rooms.answer(code, ANNA, {"2": 0})
        await rooms.see(code, ANNA)
        await rooms.close(code, key)
        await refused(404, rooms.answer(code, ANNA, {"2": 0}))
        await rooms.see(code, ANNA)
        await rooms.open("a-line", 5, PARTS, key)
        assert await rooms.table(code, key) == []
        assert (await rooms.teacher_view(code, key))["present"] == 0

    in_room(test)


def test_an_idle_room_is_forgotten_and_one_in_use_is_not(in_room):
    async def test(rooms, code, key):
        for page in (2, 3, 4, 5):
            await asyncio.sleep(0.3)
            await rooms.move(code, key, state(page))
            await rooms.answer(code, ANNA, {"2": page % 2})
        async with asyncio.timeout(10):
            while await rooms._store.n_rooms():
                await asyncio.sleep(0.02)
        await refused(404, rooms.student_view(code))
        assert await rooms._store.answers(code) == {}
        assert await rooms._store.n_rooms() == 0

    in_room(test, idle_s=1)


def test_students_come_and_go(in_room):
    async def test(rooms, code, key):
        await rooms.see(code, ANNA)
        await rooms.see(code, BEN)
        await rooms.see(code, BEN)
        assert (await rooms.teacher_view(code, key))["present"] == 2
        await rooms.see(code, ANNA, here=False)
        assert (await rooms.teacher_view(code, key))["present"] == 1

    in_room(test)


def test_a_change_wakes_those_who_listen_and_nobody_else(in_room):
    async def test(rooms, code, key):
        other, _ = await rooms.open("a-line", 5, PARTS)
        with (
            rooms.listening(code) as teacher,
            rooms.listening(code, "record") as student,
            rooms.listening(other) as far,
        ):
            await asyncio.sleep(0.1)
            await rooms.answer(code, ANNA, {"2": 0})
            await asyncio.wait_for(teacher.wait(), 2)
            assert not student.is_set()
            await rooms.move(code, key, state(2))
            await asyncio.wait_for(student.wait(), 2)
            student.clear()
            await rooms.close(code, key)
            await asyncio.wait_for(student.wait(), 2)
            assert not far.is_set()

    in_room(test)


def test_the_room_is_bounded(in_room, monkeypatch):
    monkeypatch.setattr(module, "MAX_STUDENTS", 2)
    monkeypatch.setattr(module, "MAX_ROOMS", 2)

    async def test(rooms, code, key):
        for student in (ANNA, BEN):
            await rooms.answer(code, student, {"2": 0})
        await refused(503, rooms.answer(code, "c" * 24, {"2": 0}))
        await rooms.answer(code, ANNA, {"2": 1})
        await rooms.open("a-line", 5, PARTS)
        await refused(503, rooms.open("a-line", 5, PARTS))
        with rooms.listening(code), rooms.listening(code), rooms.listening(code):
            with pytest.raises(NotServed), rooms.listening(code):
                pass
        monkeypatch.setattr(module, "MAX_MESSAGES_PER_S", 5)
        with pytest.raises(NotServed) as error:
            for _ in range(20):
                await rooms.answer(code, ANNA, {"2": 1})
        assert error.value.status == 429

    in_room(test)


def test_no_room_is_a_404(in_room):
    async def test(rooms, _, key):
        for code in ("", "ABC", "ABCDE1", "abcdef", "../../", "AAAAAA"):
            await refused(404, rooms.room(code))

    in_room(test)


def test_processes_that_share_a_redis_share_rooms(redis_url):
    async def main():
        one, two = Rooms(RedisStore(redis_url)), Rooms(RedisStore(redis_url))
        code, key = await one.open("a-line", 5, PARTS)
        with two.listening(code) as changed:
            await asyncio.sleep(0.2)
            await one.answer(code, ANNA, {"2": 2})
            await asyncio.wait_for(changed.wait(), 2)
            await two.move(code, key, state(2))
            assert (await one.teacher_view(code, key))["tally"] == [0, 0, 1]
        await one.stop()
        await two.stop()

    run_apart(main())
