"""The rules of a room: who may do what, what an answer is, and what teacher and students see.

A room has a *code*, which students type, and a *key*, which only the teacher's browser has. The code is computed from
the key, slowly: whoever has the key can open the same room again after a restart, in any process and without a secret
of the server, and whoever has the code alone cannot.
"""

import asyncio
import hashlib
import json
import math
import secrets
import time
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace

from engine.language import message
from viz.web.handlers import NotServed
from viz.web.rooms.stores import KINDS, Store

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # no 0 O 1 I L, which look alike on a projector
CODE_LENGTH = 6
MAX_ROOMS = 200
MAX_STUDENTS = 500
MAX_STREAMS = 5000  # of a process
MAX_MESSAGES_PER_S = 200  # to a room, in a process
MAX_OPENED_PER_S = 5
PRESENT_S = 45  # a student who was not seen for longer has left: three heartbeats
GRACE_S = 60  # after a room was opened again, answers that were given before the restart may come in


@dataclass(frozen=True)
class Part:
    """What a part of a lesson takes as an answer.

    Attributes
    ----------
    kind : str
        "choose": the number of an option, from 0. "draw": a positive number for each point. "": nothing is asked.
    size : int
        Options or points.
    reasons : int
        Reasons to choose from once the answer is revealed.
    task : bool
        Whether it has an exercise, whose answer is 1 where its goal was reached and 0 where it was tried.
    """

    kind: str
    size: int
    reasons: int = 0
    task: bool = False

    def takes(self, answer) -> bool:
        """Say whether this is an answer to the part."""
        if self.kind == "choose":
            return type(answer) is int and 0 <= answer < self.size
        numbers = self.kind == "draw" and isinstance(answer, list) and len(answer) == self.size
        return numbers and all(type(v) in (int, float) and 0 < v < math.inf for v in answer)


@dataclass(frozen=True)
class State:
    """Where the class is.

    Attributes
    ----------
    page : int
        Part of the lesson that everybody sees, from 1.
    locked : bool
        Whether its question takes no more answers.
    revealed : tuple of int
        Parts whose answer everybody has seen.
    again : tuple of int
        Parts on which the class votes a second time, or has.
    """

    page: int = 1
    locked: bool = False
    revealed: tuple[int, ...] = ()
    again: tuple[int, ...] = ()

    @classmethod
    def read(cls, value, n_parts: int) -> "State":
        """Read what a teacher's browser sent; anything else is a `NotServed`."""
        try:
            listed = (tuple(sorted(set(value[name]))) for name in ("revealed", "again"))
            state = cls(value["page"], value["locked"], *listed)
            pages = (state.page, *state.revealed, *state.again)
            if (
                len(value) == 4
                and type(state.locked) is bool
                and all(type(n) is int and 1 <= n <= n_parts for n in pages)
            ):
                return state
        except (TypeError, KeyError):
            pass
        raise NotServed(400, message("room_state", most=n_parts))


@dataclass(frozen=True)
class Room:
    """What is kept of a room beside its answers.

    Attributes
    ----------
    slug : str
        The lesson.
    key_hash : str
        SHA-256 of the key.
    n_parts : int
        Of the lesson.
    parts : dict of int to Part
        Those with a question.
    state : State
    grace_until : float
        Time before which also a closed part takes the first answer of a student [s].
    """

    slug: str
    key_hash: str
    n_parts: int
    parts: dict[int, Part]
    state: State = State()
    grace_until: float = 0.0

    def text(self) -> str:
        """Return the record that a store keeps."""
        return json.dumps(asdict(self))

    @classmethod
    def of(cls, text: str) -> "Room":
        """Read a record."""
        kept = json.loads(text)
        kept["parts"] = {int(n): Part(**part) for n, part in kept["parts"].items()}
        kept["state"] = State.read(kept["state"], kept["n_parts"])
        return cls(**kept)

    def asked(self, name: str) -> Part | None:
        """Return what an answer of this name is: "5" to part 5, its second vote "5s", reason "5r", exercise "5t"."""
        number, kind = _named(name)
        part = self.parts.get(int(number)) if number.isdecimal() and len(number) < 4 else None
        kinds = part and {"": part, "s": part, "r": Part("choose", part.reasons), "t": Part("choose", 2 * part.task)}
        return kinds and kinds[kind]

    def takes_answers(self, name: str) -> bool:
        """Say whether it is time for this answer: a vote before its part is locked or revealed, a reason afterwards."""
        number, kind = _named(name)
        part = int(number)
        revealed = part in self.state.revealed
        open_ = not revealed and not (part == self.state.page and self.state.locked)
        again = part in self.state.again
        return {"": open_ and not again, "s": open_ and again, "r": revealed, "t": True}[kind]


def _named(name):
    """Part the name of an answer into the number of the part and what it is: "", "s", "r" or "t"."""
    return (name[:-1], name[-1]) if name[-1:] in ("s", "r", "t") else (name, "")


def code_of(key: str) -> str:
    """Return the code of the room that a key opens; takes some 50 ms and 16 MiB, so that nobody searches for a key.

    Parameters
    ----------
    key : str
        Up to 64 letters.

    Returns
    -------
    str
        Six letters.
    """
    digest = hashlib.scrypt(key.encode(), salt=b"waferscope room", n=2**14, r=8, p=1, dklen=16)
    number = int.from_bytes(digest, "big")
    return "".join(LETTERS[number // len(LETTERS) ** i % len(LETTERS)] for i in range(CODE_LENGTH))


class Rooms:
    """All rooms that this process can reach.

    Parameters
    ----------
    kept : Store
        Where they are kept.
    """

    def __init__(self, kept: Store):
        self._store = kept
        self._listeners: dict[str, set[tuple[asyncio.Event, tuple[str, ...]]]] = defaultdict(set)
        self._rates: dict[str, tuple[int, int]] = {}
        self._hearing: asyncio.Task | None = None

    async def open(self, slug: str, n_parts: int, parts: dict[int, Part], key: str = "", state=None) -> tuple[str, str]:
        """Open a room, or with its key open it again after a restart.

        Parameters
        ----------
        slug : str
            The lesson.
        n_parts : int
            Of the lesson.
        parts : dict of int to Part
            Those with a question.
        key : str
            Of a room that was open before; "" for a new one.
        state : dict, optional
            Where that class was.

        Returns
        -------
        tuple of str
            Code and key.
        """
        self._count("", MAX_OPENED_PER_S)
        if await self._store.n_rooms() >= MAX_ROOMS:
            raise NotServed(503, message("room_all_open", most=MAX_ROOMS))
        first = State.read(state, n_parts) if state else State()
        grace = time.time() + GRACE_S if key else 0.0
        while True:
            mine = key or secrets.token_urlsafe(24)
            code = await asyncio.to_thread(code_of, mine)
            room = Room(slug, _hash(mine), n_parts, parts, first, grace)
            if await self._store.create(code, room.text()):
                return code, mine
            if key:
                await self._teacher(code, key)
                return code, key

    async def move(self, code: str, key: str, state) -> None:
        """Set where the class is."""
        room = await self._teacher(code, key)
        await self._store.write(code, replace(room, state=State.read(state, room.n_parts)).text())

    async def close(self, code: str, key: str) -> None:
        """Close a room and forget all of it."""
        await self._teacher(code, key)
        await self._store.delete(code)

    async def answer(self, code: str, student: str, answers) -> list[str]:
        """Take all answers of a student: one who lost the connection, or whose server restarted, sends them again.

        Parameters
        ----------
        code : str
            Of the room.
        student : str
            What the browser calls itself: random, and no name.
        answers : dict of str to int or list
            Answers by number of the part; by that number and a letter second votes "s", reasons "r", exercises "t".

        Returns
        -------
        list of str
            Which votes came too late and do not count.
        """
        room = await self.room(code)
        self._count(code, MAX_MESSAGES_PER_S)
        if not isinstance(answers, dict):
            raise NotServed(400, message("room_by_part"))
        text = await self._store.answer_of(code, student)
        if text is None and await self._store.n_answers(code) >= MAX_STUDENTS:
            raise NotServed(503, message("room_full", most=MAX_STUDENTS))
        had = json.loads(text) if text else {}
        new, missed = {}, []
        for name, answer in answers.items():
            part = room.asked(name)
            if part is None or not part.takes(answer):
                raise NotServed(400, message("room_answer"))
            late = name not in had and time.time() < room.grace_until
            kept = answer if part.kind == "choose" else [float(f"{v:.4g}") for v in answer]
            if room.takes_answers(name) or late:
                new[name] = kept
            elif kept != had.get(name) and _named(name)[1] in ("", "s"):
                missed.append(name)
        if had | new != had:
            await self._store.answer(code, student, json.dumps(had | new))
        return missed

    async def room(self, code: str) -> Room:
        """Return the room of a code; none is a `NotServed` 404."""
        text = await self._store.record(code) if is_code(code) else None
        if text is None:
            raise NotServed(404, message("room_none"))
        return Room.of(text)

    async def see(self, code: str, student: str, here: bool = True) -> None:
        """Note that a student's stream is open, or was closed."""
        await self._store.see(code, student, here)

    async def student_view(self, code: str) -> dict:
        """Return what every student sees."""
        return asdict((await self.room(code)).state)

    async def teacher_view(self, code: str, key: str) -> dict:
        """Return what the teacher sees: the state, how many are present, and the answers to the present part.

        Returns
        -------
        dict
            `tally` is a list with the number of students for each option, a list of curves, or None without a question.
            In a second vote it is that vote's, and `first` the first one's, else None. `waiting` counts those who are
            present and have not answered. `reasons` is like `tally`, for each reason, or None; `tasks` says how many
            have tried the exercise and how many of them reached its goal.
        """
        room = await self._teacher(code, key)
        present = await self._store.present(code, PRESENT_S)
        page = str(room.state.page)
        part = room.parts.get(room.state.page)
        answers = await self._answers(code) if part else {}
        again = room.state.page in room.state.again

        def given(name):
            return [each[name] for each in answers.values() if name in each]

        def counted(name, size):
            votes = given(name)
            return [votes.count(i) for i in range(size)]

        def drawn_or_counted(name):
            if part and part.kind == "choose":
                return counted(name, part.size)
            return given(name) if part and part.kind else None

        vote = f"{page}s" if again else page
        tried = given(f"{page}t")
        counts = {
            "present": len(present),
            "waiting": len(present - {student for student, each in answers.items() if vote in each}),
            "answered": len(given(vote)),
            "tally": drawn_or_counted(vote),
            "first": drawn_or_counted(page) if again else None,
            "reasons": counted(f"{page}r", part.reasons) if part and part.reasons else None,
            "tasks": [len(tried), sum(tried)] if part and part.task else None,
        }
        return {**asdict(room.state), **counts}

    async def table(self, code: str, key: str) -> list[dict[str, int | list[float]]]:
        """Return all answers, a student after the other and without names; of those who are here, also none."""
        await self._teacher(code, key)
        answers = await self._answers(code)
        silent = await self._store.present(code, PRESENT_S) - answers.keys()
        return [*answers.values(), *({} for _ in silent)]

    @contextmanager
    def listening(self, code: str, *kinds: str):
        """Give an event that is set whenever something of these kinds changes in a room."""
        if len(self._listeners[code]) > MAX_STUDENTS or sum(map(len, self._listeners.values())) >= MAX_STREAMS:
            raise NotServed(503, message("room_listeners"))
        if self._hearing is None:
            self._hearing = asyncio.get_running_loop().create_task(self._hear())
        listener = (asyncio.Event(), kinds or KINDS)
        self._listeners[code].add(listener)
        try:
            yield listener[0]
        finally:
            self._listeners[code].discard(listener)
            if not self._listeners[code]:
                del self._listeners[code]

    async def stop(self) -> None:
        """Stop listening and leave the store."""
        if self._hearing:
            self._hearing.cancel()
        await self._store.close()

    async def _hear(self):
        async for code, kind in self._store.listen():
            for event, kinds in self._listeners.get(code, ()):
                if kind in kinds:
                    event.set()

    async def _answers(self, code):
        return {student: json.loads(text) for student, text in (await self._store.answers(code)).items()}

    async def _teacher(self, code, key):
        room = await self.room(code)
        if not secrets.compare_digest(room.key_hash, _hash(key)):
            raise NotServed(403, message("room_key"))
        return room

    def _count(self, code, most):
        """Refuse what comes faster than a class would send it."""
        second = int(time.monotonic())
        then, n = self._rates.get(code, (second, 0))
        n = n + 1 if then == second else 1
        if n > most:
            raise NotServed(429, message("room_too_fast"))
        if len(self._rates) > 2 * MAX_ROOMS:
            self._rates.clear()
        self._rates[code] = (second, n)


def is_code(text: str) -> bool:
    """Say whether a text is written as a code."""
    return len(text) == CODE_LENGTH and set(text) <= set(LETTERS)


def _hash(key):
    return hashlib.sha256(key.encode()).hexdigest()
