"""Messages of any shape: a frame answers or ignores them, and shows what it showed."""

import random

import pytest

from tests.browser.test_embed import framed, heard, state, until, wait_heard  # noqa: F401 (framed is a fixture)
from viz.documents.embed import RULES, SCHEMA

pytestmark = pytest.mark.browser

N_MESSAGES = 600
COMMANDS = SCHEMA["$defs"]["commands"]
FIELDS = sorted({"id", *(name for command in COMMANDS.values() for name in command["properties"])})


def junk(draw, depth=2):
    plain = [None, True, -1, 10**9, 1e308, "", "m:all_done", "<img src=x onerror=alert(1)>", "__proto__", "dark"]
    if depth and draw.random() < 0.3:
        inner = [junk(draw, depth - 1) for _ in range(2)]
        return draw.choice([inner, dict(zip(draw.sample([*RULES, "constructor"], 2), inner, strict=True))])
    return draw.choice(plain)


def message(draw):
    if draw.random() < 0.1:
        return draw.choice(["slide:start", "slide:stop", "slide", '{"method": "next"}', junk(draw)])
    kind = draw.choice([*COMMANDS, "constructor", "__proto__", junk(draw)])
    known = {"ns": draw.choice(["waferscope"] * 9 + [junk(draw)]), "v": draw.choice([1] * 9 + [junk(draw)])}
    return known | {"type": kind} | {name: junk(draw) for name in draw.sample(FIELDS, draw.randrange(4))}


def test_a_message_of_any_shape_does_no_harm(framed):  # noqa: F811
    page, frame = framed(autoplay="off")
    wait_heard(page, "loaded")
    draw = random.Random(5)
    page.evaluate("(messages) => messages.forEach(say)", [message(draw) for _ in range(N_MESSAGES)])
    page.evaluate(
        "command('pause'); command('seek', { id: 'last', t: 3 }); command('get', { id: 'end', what: 'state' })"
    )
    until(page, "of('reply').some(({ id }) => id === 'end')")
    assert state(frame)["t"] == 3
    assert not state(frame)["playing"]
    assert frame.url.endswith("/embed.html")
    assert any("error" in reply for reply in heard(page, "reply"))
