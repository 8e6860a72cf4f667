"""Rooms over HTTP: short requests in, one long answer out.

What happens in a room is told as server-sent events in the answer to `GET /room/CODE`; whoever wants to change
something sends a request of its own. This, and not a websocket, because it needs nothing that the page itself did not
need to get through a school's proxy; because a request is complete, so that any process may take it, a lost one is sent
again, and a restart loses nothing but streams, which browsers open anew; and because its status says what went wrong.
"""

import asyncio
import json
import re

import tornado.iostream
from tornado.web import stream_request_body

from engine.language import message
from viz.web.handlers import Handler, NotServed, PageHandler, page_language
from viz.web.rooms.rooms import Rooms

MAX_MESSAGE_BYTES = 8192
HEARTBEAT_S = 15  # under the half minute to a minute after which proxies close a silent answer
CALM_S = 0.25  # the teacher's picture changes at most four times a second
STUDENT = re.compile(r"[0-9a-f]{16,64}")
KEY = re.compile(r"[\w-]{16,64}", re.ASCII)


@stream_request_body
class RoomHandler(Handler):
    """A request to a room: small JSON in, JSON or one sentence out."""

    def initialize(self, rooms: Rooms, shape=None):
        """Take the rooms, and a function from slug and language to the parts of a lesson."""
        self.rooms, self.shape, self.body = rooms, shape, b""

    def prepare(self):
        """Accept no more than a small message."""
        self.request.connection.set_max_body_size(MAX_MESSAGE_BYTES)
        self.set_header("Cache-Control", "no-store")

    def data_received(self, chunk):
        """Collect the message."""
        self.body += chunk

    def message(self) -> dict:
        """Return the message."""
        try:
            sent = json.loads(self.body)
        except ValueError:  # also of bytes that are no text
            sent = None
        if not isinstance(sent, dict):
            raise NotServed(400, message("room_message"))
        return sent

    @property
    def key(self) -> str:
        """The teacher's key, from the header; never in an address, which a projector shows and servers log."""
        return self.request.headers.get("Authorization", "").removeprefix("Bearer ")

    def refuse(self, status_code, error, sentence):
        """Write the sentence in the language of the page."""
        said = page_language(self.request)(error.said) if isinstance(error, NotServed) else sentence
        super().refuse(status_code, error, said)


class OpenHandler(RoomHandler):
    """`POST /room`: open a room, with `key` and `state` open it again."""

    async def post(self):
        """Answer with its code and its key."""
        sent = self.message()
        slug, key = sent.get("slug"), sent.get("key", "")
        if not isinstance(slug, str) or not isinstance(key, str) or (key and not KEY.fullmatch(key)):
            raise NotServed(400, message("room_slug"))
        n_parts, parts = await self.shape(slug, page_language(self.request).code)
        code, key = await self.rooms.open(slug, n_parts, parts, key, sent.get("state"))
        self.finish({"code": code, "key": key})


class StreamHandler(RoomHandler):
    """`GET /room/CODE`: what teacher or student sees, whenever it changes; `PUT` and `DELETE`: move and close it."""

    async def get(self, code):
        """Stream until the browser or the room goes."""
        student = self.get_query_argument("student", "")
        if not self.key and not STUDENT.fullmatch(student):
            raise NotServed(400, message("room_student"))
        self.set_header("Content-Type", "text/event-stream")
        self.set_header("X-Accel-Buffering", "no")
        self._gone = asyncio.Event()
        try:
            with self.rooms.listening(code, *([] if self.key else ["record"])) as changed:
                await self._stream(code, student, changed)
        except tornado.iostream.StreamClosedError:
            pass
        finally:
            if student:
                await self.rooms.see(code, student, here=False)

    def on_connection_close(self):
        """Wake the stream, so that it ends."""
        super().on_connection_close()
        gone = getattr(self, "_gone", None)
        if gone:
            gone.set()

    async def put(self, code):
        """Move the class."""
        await self.rooms.move(code, self.key, self.message())
        self.set_status(204)

    async def delete(self, code):
        """Close the room."""
        await self.rooms.close(code, self.key)
        self.set_status(204)

    async def _view(self, code):
        return await (self.rooms.teacher_view(code, self.key) if self.key else self.rooms.student_view(code))

    async def _stream(self, code, student, changed):
        view, told = await self._view(code), None
        while view and not self._gone.is_set():
            self.write(f"data: {json.dumps(view)}\n\n" if view != told else ":\n\n")
            await self.flush()
            told = view
            if student:
                await self.rooms.see(code, student)
            else:
                await asyncio.sleep(CALM_S)
            waits = [asyncio.ensure_future(event.wait()) for event in (changed, self._gone)]
            await asyncio.wait(waits, timeout=HEARTBEAT_S, return_when=asyncio.FIRST_COMPLETED)
            for wait in waits:
                wait.cancel()
            changed.clear()
            try:
                view = await self._view(code)
            except NotServed:
                view = None
        if not view:
            self.write("data: null\n\n")


class AnswersHandler(RoomHandler):
    """`/room/CODE/answers`: a student gives all answers so far, the teacher reads everybody's."""

    async def post(self, code):
        """Take the answers, and say which votes came too late."""
        sent = self.message()
        student = sent.get("student")
        if not isinstance(student, str) or not STUDENT.fullmatch(student):
            raise NotServed(400, message("room_student"))
        self.finish({"late": await self.rooms.answer(code, student, sent.get("answers"))})

    async def get(self, code):
        """Give all answers, without names."""
        self.finish({"answers": await self.rooms.table(code, self.key)})


class JoinHandler(PageHandler):
    """`/class/CODE`: the short way to a lesson, for a student who has the code."""

    def initialize(self, rooms: Rooms, page):
        """Take the rooms, and a function that makes the page that asks for a code."""
        self.rooms, self.page = rooms, page

    async def get(self, code=""):
        """Lead to the lesson, or ask for the code."""
        code = (code or self.get_query_argument("code", "")).strip().upper()
        lang = self.get_query_argument("lang", "en")
        try:
            room = await self.rooms.room(code)
        except NotServed as error:
            if error.status != 404:
                raise
            self.finish(self.page(self.texts, wrong=bool(code)))
            return
        more = f"&lang={lang}" if lang.isalpha() and lang != "en" else ""
        self.redirect(f"/course/{room.slug}?class={code}{more}")


def room_routes(rooms: Rooms, shape, page) -> list:
    """Return the patterns of the rooms.

    Parameters
    ----------
    rooms : Rooms
        That are served.
    shape : callable
        From slug and language to (number of parts, dict of int to Part); a `NotServed` for no lesson.
    page : callable
        From the texts and `wrong` to the HTML of the page that asks for a code.

    Returns
    -------
    list of tuple
        For tornado.
    """
    served = {"rooms": rooms, "shape": shape}
    code = r"/room/([A-Z0-9]{6})"
    return [
        (r"/room", OpenHandler, served),
        (code, StreamHandler, served),
        (code + r"/answers", AnswersHandler, served),
        (r"/class/?([A-Za-z0-9]{0,12})", JoinHandler, {"rooms": rooms, "page": page}),
    ]
