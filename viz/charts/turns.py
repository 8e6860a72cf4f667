"""How a thread of ours changes a page: in a turn of its document, which the server's loop gives it."""

from collections.abc import Callable

from bokeh.document import Document
from tornado.ioloop import IOLoop


def turns_of(document: Document) -> Callable[[Callable], None]:
    """Return what calls something as soon as the present session holds the lock of its document.

    A callback that another thread adds to a document itself is lost where the loop writes at that moment what the
    document has held back, so the loop adds it.

    Parameters
    ----------
    document : bokeh.document.Document
        That of the page; to be asked for on the thread of its loop.

    Returns
    -------
    callable
        Takes what is to be called, from any thread.
    """
    loop = IOLoop.current()
    return lambda call: loop.add_callback(document.add_next_tick_callback, call)
