"""The machine stays awake while a session plays; its screen may sleep (the extra `voiceguide[desktop]`).

The desktop is asked from a thread of its own, since a desktop that hangs would hold whoever asks it. What was asked for ends
with the session, and by the desktop's own rules also with the process, however that ends.
"""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

CLOSE_SECONDS = 1.0


@contextmanager
def awake() -> Iterator[None]:
    """Keep the machine awake inside, if a desktop is there to ask; waits for it no longer than a second at the end."""
    over = threading.Event()
    asking = threading.Thread(target=_until, args=(over,), daemon=True)
    asking.start()
    try:
        yield
    finally:
        over.set()
        asking.join(CLOSE_SECONDS)


def _until(over: threading.Event) -> None:
    """Where it cannot be had the session plays all the same, so nothing that fails here is told."""
    with suppress(Exception):
        from wakepy import keep

        logging.getLogger("wakepy").addHandler(logging.NullHandler())
        with keep.running(on_fail="pass"):
            over.wait()
