"""A teacher and thirty students as plain clients of the app, through a restart, and over two processes."""

import asyncio
import json
import re
import time

import pytest
import tornado.web

from lessons.catalogue import TEMPLATE
from tests.viz.web.rooms.clients import Client, request
from tests.viz.web.rooms.serving import free_port, run_apart, serving
from viz.web.course import Course
from viz.web.server import routes

pytestmark = pytest.mark.slow

N_STUDENTS = 30


async def until(condition, seconds=20):
    """Wait for a condition, and return how long it took [s]."""
    start = time.perf_counter()
    while not condition():
        assert time.perf_counter() - start < seconds, "it did not happen"
        await asyncio.sleep(0.01)
    return time.perf_counter() - start


def first_prediction(html):
    """Return the number of the first part that asks."""
    data = json.loads(re.search(r'id="data">(.*?)</script>', html, re.DOTALL)[1])
    return next(n for n, part in enumerate(data["parts"], 1) if (part["question"] or {}).get("kind") == "ask")


async def open_room(port):
    part = first_prediction((await request(port, "GET", "/course/my-lesson"))[1].decode())
    opened = json.loads((await request(port, "POST", "/room", {"slug": "my-lesson"}))[1])
    return part, opened["code"], opened["key"]


async def predict(teacher, students, part, lead):
    """Turn to the question, answer it on all devices, and return how long both took [s]."""
    await lead(part, False, [])
    turned = await until(lambda: all(student.view and student.view["page"] == part for student in students))
    for i, student in enumerate(students):
        student.answers = {str(part): i % 2}
    start = time.perf_counter()
    await asyncio.gather(*(student.give() for student in students))
    await until(lambda: teacher.view["tally"] and teacher.view["tally"][:2] == [N_STUDENTS / 2] * 2)
    return turned, time.perf_counter() - start


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "my-lesson.md").write_text(TEMPLATE.read_text(encoding="utf-8"), encoding="utf-8")
    return tmp_path


@pytest.mark.walk
def test_a_class_of_thirty_goes_on_after_a_restart_in_the_middle(folder, capsys):
    port = free_port()

    async def main():
        with serving(port, folder):
            part, code, key = await open_room(port)
            teacher, students = Client(port, code, key), [Client(port, code) for _ in range(N_STUDENTS)]

            async def lead(page, locked, revealed):
                teacher.state = {"page": page, "locked": locked, "revealed": revealed, "again": []}
                assert (await request(port, "PUT", f"/room/{code}", teacher.state, key))[0] == 204

            async def open_again():
                await request(port, "POST", "/room", {"slug": "my-lesson", "key": key, "state": teacher.state})

            teacher.at_404 = open_again
            tasks = [asyncio.create_task(client.follow()) for client in (teacher, *students)]
            await until(lambda: teacher.view and teacher.view["present"] == N_STUDENTS)
            turned, counted = await predict(teacher, students, part, lead)

            students[0].writer.transport.abort()
            await until(lambda: teacher.view["present"] == N_STUDENTS - 1)
            await until(lambda: teacher.view["present"] == N_STUDENTS)
            await lead(part, True, [])
            before = teacher.n_streams
        with serving(port, folder):
            back = await until(
                lambda: (
                    teacher.n_streams > before
                    and teacher.view["answered"] == N_STUDENTS
                    and teacher.view["present"] == N_STUDENTS
                )
            )
            assert teacher.view["tally"][:2] == [N_STUDENTS / 2] * 2
            assert (teacher.view["page"], teacher.view["locked"]) == (part, True)
            await lead(part, True, [part])
            revealed = await until(lambda: all(student.view["revealed"] == [part] for student in students))
            assert (await request(port, "DELETE", f"/room/{code}", key=key))[0] == 204
            await until(lambda: all(student.view is None for student in students))
            assert (await request(port, "GET", f"/room/{code}/answers", key=key))[0] == 404
            for task in tasks:
                task.cancel()
        with capsys.disabled():
            print(
                f"\n{N_STUDENTS} students: page turned in {turned * 1e3:.0f} ms, all predictions counted in "
                f"{counted * 1e3:.0f} ms, whole {back:.1f} s after the restart, revealed in {revealed * 1e3:.0f} ms"
            )

    run_apart(main())


@pytest.mark.walk
def test_a_class_of_thirty_votes_twice_through_a_lesson_of_the_course_with_a_restart_between(folder):
    port, slug = free_port(), "adding-gpus-stops-helping"

    async def main():
        state = {"page": 1, "locked": False, "revealed": [], "again": []}

        async def lead(**change):
            state.update(change)
            assert (await request(port, "PUT", f"/room/{code}", state, key))[0] == 204

        async def open_again():
            await request(port, "POST", "/room", {"slug": slug, "key": key, "state": state})

        async def vote(voters, name, size):
            for i, student in enumerate(voters):
                student.answers[name] = i % size
            await asyncio.gather(*(student.give() for student in voters))

        with serving(port, folder):
            html = (await request(port, "GET", f"/course/{slug}"))[1].decode()
            parts = json.loads(re.search(r'id="data">(.*?)</script>', html, re.DOTALL)[1])["parts"]
            opened = json.loads((await request(port, "POST", "/room", {"slug": slug}))[1])
            code, key = opened["code"], opened["key"]
            teacher, students = Client(port, code, key), [Client(port, code) for _ in range(N_STUDENTS)]
            teacher.at_404 = open_again
            tasks = [asyncio.create_task(client.follow()) for client in (teacher, *students)]
            await until(lambda: teacher.view and teacher.view["present"] == N_STUDENTS)
            first = next(n for n, part in enumerate(parts, 1) if (part["question"] or {}).get("kind") == "ask")
            for n, part in enumerate(parts[:first], 1):
                await lead(page=n)
                if (part["question"] or {}).get("kind", "draw") != "draw":
                    await until(lambda n=n: teacher.view["page"] == n and teacher.view["waiting"] == N_STUDENTS)
                    await vote(students, str(n), 2)
                    await until(lambda: teacher.view["waiting"] == 0)
            await lead(again=[first])
            await until(lambda: teacher.view["first"] and teacher.view["answered"] == 0)
            await vote(students[:10], f"{first}s", 1)
            await until(lambda: (teacher.view["answered"], teacher.view["waiting"]) == (10, 20))
            before = teacher.n_streams
        with serving(port, folder):
            await until(lambda: teacher.n_streams > before and teacher.view["answered"] == 10)
            await until(lambda: all(student.view and student.view["again"] == [first] for student in students))
            await vote(students[10:], f"{first}s", 1)
            await until(lambda: teacher.view["answered"] == N_STUDENTS)
            assert teacher.view["first"][:2] == [N_STUDENTS / 2] * 2
            assert teacher.view["tally"][0] == N_STUDENTS
            await lead(revealed=[first])
            await until(lambda: all(student.view["revealed"] == [first] for student in students))
            for page, part in enumerate(parts, 1):
                if part["task"]:
                    await lead(page=page)
                    await vote(students, f"{page}t", 2)
                    await until(lambda: teacher.view["tasks"] == [N_STUDENTS, N_STUDENTS // 2])
            for task in tasks:
                task.cancel()

    run_apart(main())


@pytest.mark.walk
def test_two_processes_share_a_class_through_redis_and_one_of_them_may_restart(folder, redis_url):
    here, there = free_port(), free_port()

    async def main():
        with serving(here, folder, REDIS_URL=redis_url):
            with serving(there, folder, REDIS_URL=redis_url):
                part, code, key = await open_room(here)
                teacher = Client(here, code, key)
                students = [Client(there if i % 2 else here, code) for i in range(N_STUDENTS)]

                async def lead(page, locked, revealed):
                    state = {"page": page, "locked": locked, "revealed": revealed, "again": []}
                    assert (await request(here, "PUT", f"/room/{code}", state, key))[0] == 204

                tasks = [asyncio.create_task(client.follow()) for client in (teacher, *students)]
                await until(lambda: teacher.view and teacher.view["present"] == N_STUDENTS)
                await predict(teacher, students, part, lead)
            away = [student for student in students if student.port == there]
            before = [student.n_streams for student in away]
            with serving(there, folder, REDIS_URL=redis_url):
                await until(lambda: [student.n_streams for student in away] == [n + 1 for n in before])
                await lead(part, True, [part])
                await until(lambda: all(student.view["revealed"] == [part] for student in students))
                assert teacher.view["answered"] == N_STUDENTS
                for task in tasks:
                    task.cancel()

    run_apart(main())


def test_what_is_no_message_is_refused_with_a_sentence(folder):
    async def main():
        app = tornado.web.Application(routes(Course(folder)), log_function=lambda _: None)
        port = free_port()
        server = app.listen(port, "127.0.0.1")
        try:
            _, code, key = await open_room(port)
            for status, method, path, message, bearer in (
                (404, "POST", "/room", {"slug": "none"}, ""),
                (400, "POST", "/room", {"slug": 1}, ""),
                (400, "POST", "/room", {"slug": "my-lesson", "key": "<script>"}, ""),
                (400, "POST", f"/room/{code}/answers", ["a"], ""),
                (400, "POST", f"/room/{code}/answers", {"student": "<b>", "answers": {}}, ""),
                (404, "POST", "/room/AAAAAA/answers", {"student": "a" * 24, "answers": {}}, ""),
                (400, "GET", f"/room/{code}?student=Anna", None, ""),
                (403, "GET", f"/room/{code}", None, "x" * 32),
                (403, "GET", f"/room/{code}/answers", None, ""),
                (403, "PUT", f"/room/{code}", {"page": 1}, ""),
                (403, "DELETE", f"/room/{code}", None, "x"),
                (404, "GET", "/room/aaaaaa", None, key),
            ):
                got, body = await request(port, method, path, message, bearer)
                assert got == status, (method, path, got, body)
                assert b"Traceback" not in body and b"<b>" not in body
            large = {"student": "a" * 24, "answers": {"1": "x" * 20_000}}
            try:
                assert (await request(port, "POST", f"/room/{code}/answers", large))[0] in (400, 413)
            except (ConnectionError, IndexError):
                pass  # hung up on, before it was read
        finally:
            server.stop()

    run_apart(main())
