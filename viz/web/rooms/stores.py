"""Where rooms are kept: in this process, or in Redis, where several processes share them.

Both keep, for each code, a *record* (one text), the *answers* (one text a student) and who is *present* (when each
student was last seen, in seconds of the wall clock), and forget all of it `IDLE_S` after the last write. `listen` gives
the code and the kind of every change, "record" or "answers", from whichever process it came.
"""

import asyncio
import os
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

IDLE_S = 3 * 3600
KINDS = ("record", "answers")


@dataclass(eq=False)
class _Kept:
    record: str
    answers: dict[str, str] = field(default_factory=dict)
    present: dict[str, float] = field(default_factory=dict)
    expiry: asyncio.TimerHandle | None = None


class MemoryStore:
    """Rooms of this process; `idle_s` is for tests."""

    def __init__(self, idle_s: float = IDLE_S):
        self._idle_s = idle_s
        self._kept: dict[str, _Kept] = {}
        self._queues: set[asyncio.Queue] = set()

    async def n_rooms(self) -> int:
        """Return how many rooms are open."""
        return len(self._kept)

    async def create(self, code: str, record: str) -> bool:
        """Keep a new room; False where the code is taken."""
        if code in self._kept:
            return False
        self._kept[code] = _Kept(record)
        self._changed(code, "record")
        return True

    async def record(self, code: str) -> str | None:
        """Return the record of a room, None where there is no room."""
        return self._kept[code].record if code in self._kept else None

    async def write(self, code: str, record: str) -> None:
        """Replace the record of a room that is open."""
        if code in self._kept:
            self._kept[code].record = record
            self._changed(code, "record")

    async def answer(self, code: str, student: str, text: str) -> None:
        """Replace a student's answers."""
        if code in self._kept:
            self._kept[code].answers[student] = text
            self._changed(code, "answers")

    async def answer_of(self, code: str, student: str) -> str | None:
        """Return a student's answers, None where there are none."""
        return self._kept[code].answers.get(student) if code in self._kept else None

    async def answers(self, code: str) -> dict[str, str]:
        """Return the answers of all students, by student."""
        return dict(self._kept[code].answers) if code in self._kept else {}

    async def n_answers(self, code: str) -> int:
        """Return how many students have answered something."""
        return len(self._kept[code].answers) if code in self._kept else 0

    async def see(self, code: str, student: str, here: bool = True) -> None:
        """Note that a student is there, or has left."""
        if code not in self._kept:
            return
        present = self._kept[code].present
        came = here and student not in present
        left = not here and present.pop(student, None) is not None
        if here:
            present[student] = time.time()
        if came or left:
            self._tell(code, "answers")

    async def present(self, code: str, within_s: float) -> set[str]:
        """Return the students who have been seen within the last seconds."""
        since = time.time() - within_s
        present = self._kept[code].present if code in self._kept else {}
        return {student for student, seen in present.items() if seen >= since}

    async def delete(self, code: str) -> None:
        """Forget a room."""
        kept = self._kept.pop(code, None)
        if kept:
            kept.expiry.cancel()
            self._tell(code, "record")

    async def listen(self) -> AsyncIterator[tuple[str, str]]:
        """Yield code and kind of every change."""
        queue = asyncio.Queue()
        self._queues.add(queue)
        try:
            while True:
                yield await queue.get()
        finally:
            self._queues.discard(queue)

    async def close(self) -> None:
        """Forget all rooms."""
        for code in list(self._kept):
            await self.delete(code)

    def _changed(self, code, kind):
        kept = self._kept[code]
        if kept.expiry:
            kept.expiry.cancel()
        loop = asyncio.get_running_loop()
        kept.expiry = loop.call_later(self._idle_s, lambda: loop.create_task(self.delete(code)))
        self._tell(code, kind)

    def _tell(self, code, kind):
        for queue in self._queues:
            queue.put_nowait((code, kind))


class RedisStore:
    """Rooms of all processes that share a Redis.

    Parameters
    ----------
    url : str
        As in `REDIS_URL`: redis://, rediss:// or unix://.
    idle_s : float
        After which an idle room is forgotten; other values are for tests.
    """

    PREFIX = "waferscope:room:"
    CHANNEL = "waferscope:rooms:changes"
    OPEN = "waferscope:rooms:open"  # codes by the time at which they end, to count them

    def __init__(self, url: str, idle_s: float = IDLE_S):
        from redis.asyncio import Redis  # the extra `class`; without REDIS_URL nobody needs it

        self._idle_ms = int(idle_s * 1000)
        self._redis = Redis.from_url(url, decode_responses=True, health_check_interval=30)

    async def n_rooms(self) -> int:
        """Return how many rooms are open."""
        async with self._redis.pipeline() as pipe:
            pipe.zremrangebyscore(self.OPEN, "-inf", time.time())
            pipe.zcard(self.OPEN)
            return (await pipe.execute())[1]

    async def create(self, code: str, record: str) -> bool:
        """Keep a new room; False where the code is taken."""
        if not await self._redis.set(self._key(code), record, nx=True, px=self._idle_ms):
            return False
        await self._changed(code, "record")
        return True

    async def record(self, code: str) -> str | None:
        """Return the record of a room, None where there is no room."""
        return await self._redis.get(self._key(code))

    async def write(self, code: str, record: str) -> None:
        """Replace the record of a room that is open."""
        if await self._redis.set(self._key(code), record, xx=True, px=self._idle_ms):
            await self._changed(code, "record")

    async def answer(self, code: str, student: str, text: str) -> None:
        """Replace a student's answers."""
        if await self._redis.exists(self._key(code)):
            await self._redis.hset(self._key(code, "answers"), student, text)
            await self._changed(code, "answers")

    async def answer_of(self, code: str, student: str) -> str | None:
        """Return a student's answers, None where there are none."""
        return await self._redis.hget(self._key(code, "answers"), student)

    async def answers(self, code: str) -> dict[str, str]:
        """Return the answers of all students, by student."""
        return await self._redis.hgetall(self._key(code, "answers"))

    async def n_answers(self, code: str) -> int:
        """Return how many students have answered something."""
        return await self._redis.hlen(self._key(code, "answers"))

    async def see(self, code: str, student: str, here: bool = True) -> None:
        """Note that a student is there, or has left."""
        key = self._key(code, "present")
        if here and not await self._redis.exists(self._key(code)):
            return
        async with self._redis.pipeline() as pipe:
            pipe.zadd(key, {student: time.time()}) if here else pipe.zrem(key, student)
            pipe.pexpire(key, self._idle_ms)
            if (await pipe.execute())[0]:
                await self._tell(code, "answers")

    async def present(self, code: str, within_s: float) -> set[str]:
        """Return the students who have been seen within the last seconds."""
        return set(await self._redis.zrangebyscore(self._key(code, "present"), time.time() - within_s, "+inf"))

    async def delete(self, code: str) -> None:
        """Forget a room."""
        await self._redis.delete(*(self._key(code, part) for part in ("", "answers", "present")))
        await self._redis.zrem(self.OPEN, code)
        await self._tell(code, "record")

    async def listen(self) -> AsyncIterator[tuple[str, str]]:
        """Yield code and kind of every change; a Redis that went away is asked again, a second later."""
        from redis import RedisError

        while True:
            try:
                async with self._redis.pubsub() as pubsub:
                    await pubsub.subscribe(self.CHANNEL)
                    async for message in pubsub.listen():
                        if message["type"] == "message":
                            yield tuple(message["data"].split(" ", 1))
            except (RedisError, OSError):
                await asyncio.sleep(1)

    async def close(self) -> None:
        """Leave the Redis; the rooms stay there."""
        await self._redis.aclose()

    def _key(self, code, part=""):
        return f"{self.PREFIX}{code}:{part}" if part else f"{self.PREFIX}{code}"

    async def _changed(self, code, kind):
        async with self._redis.pipeline() as pipe:
            for part in ("", "answers", "present"):
                pipe.pexpire(self._key(code, part), self._idle_ms)
            pipe.zadd(self.OPEN, {code: time.time() + self._idle_ms / 1000})
            await pipe.execute()
        await self._tell(code, kind)

    async def _tell(self, code, kind):
        await self._redis.publish(self.CHANNEL, f"{code} {kind}")


Store = MemoryStore | RedisStore


def store() -> Store:
    """Return the store that the environment asks for: Redis where `REDIS_URL` is set."""
    url = os.environ.get("REDIS_URL")
    return RedisStore(url) if url else MemoryStore()
