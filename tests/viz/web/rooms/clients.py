"""Plain clients of a room, which do what a browser does."""

import asyncio
import json
import secrets
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event


async def request(port, method, path, message=None, key=""):
    """Return status and body of a short request."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    body = json.dumps(message).encode() if message is not None else b""
    lines = [f"{method} {path} HTTP/1.0", "Host: localhost", f"Content-Length: {len(body)}"]
    writer.write("\r\n".join([*lines, *([f"Authorization: Bearer {key}"] if key else []), "", ""]).encode() + body)
    answer = await reader.read()
    writer.close()
    head, _, body = answer.partition(b"\r\n\r\n")
    return int(head.split()[1]), body


class Client:
    """What a browser does: follow the stream, open it again when it ends, give one's answers each time."""

    def __init__(self, port, code, key=""):
        self.port, self.code, self.key, self.student = port, code, key, secrets.token_hex(12)
        self.view, self.told_at, self.answers, self.writer = None, 0.0, {}, None
        self.n_streams = 0
        self.at_404 = None

    async def follow(self):
        while True:
            try:
                await self._stream()
            except (OSError, asyncio.IncompleteReadError):
                pass
            await asyncio.sleep(0.3 + 0.3 * secrets.randbelow(100) / 100)

    async def _stream(self):
        reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        who = f"Authorization: Bearer {self.key}\r\n" if self.key else ""
        query = "" if self.key else f"?student={self.student}"
        self.writer.write(f"GET /room/{self.code}{query} HTTP/1.0\r\nHost: localhost\r\n{who}\r\n".encode())
        try:
            status = int((await reader.readuntil(b"\r\n")).split()[1])
            if status == 404 and self.at_404:
                await self.at_404()
            self.n_streams += status == 200
            first = status == 200
            while line := await reader.readline():
                if status == 200 and line.startswith(b"data: "):
                    self.view, self.told_at = json.loads(line[6:]), time.perf_counter()
                    if first:
                        first = False
                        await self.give()
        finally:
            self.writer.close()

    async def give(self):
        """Send all answers until they have arrived."""
        while self.answers:
            try:
                message = {"student": self.student, "answers": self.answers}
                status, _ = await request(self.port, "POST", f"/room/{self.code}/answers", message)
                if status in (200, 404):
                    return
                assert status == 429, status
            except (OSError, IndexError):
                pass
            await asyncio.sleep(0.5)


@contextmanager
def following(clients):
    """Let clients follow their room in a thread of their own: a browser has a loop in this one."""
    loops, up = [], Event()

    async def follow():
        tasks = [asyncio.create_task(client.follow()) for client in clients]
        down = asyncio.Event()
        loops.append((asyncio.get_running_loop(), down))
        up.set()
        await down.wait()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    with ThreadPoolExecutor(1) as thread:
        done = thread.submit(asyncio.run, follow())
        up.wait()
        ((loop, down),) = loops
        try:
            yield
        finally:
            loop.call_soon_threadsafe(down.set)
            done.result()
