import asyncio
from threading import Thread

from bokeh.document import Document

from tests.viz.web.rooms.serving import run_apart
from viz.charts.turns import turns_of


def test_another_thread_leaves_the_document_to_its_loop():
    called = []

    async def main():
        document = Document()
        soon = turns_of(document)
        thread = Thread(target=lambda: soon(called.append))
        thread.start()
        thread.join()
        assert document.session_callbacks == []
        await asyncio.sleep(0)
        assert [added.callback.__name__ for added in document.session_callbacks] == ["append"]

    run_apart(main())
