"""One writer per company folder: the lock that the command line, the daemon and a backfill all take.

Belongs here: taking and releasing the lock. The operating system releases it when the holder dies, so a killed run
never blocks the next one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout

from pipelines.warehouse.layout import Layout


@contextmanager
def home_lock(layout: Layout, waiting: Callable[[], None] | None = None) -> Iterator[None]:
    """Hold the home lock for the length of a `with` block, waiting as long as another writer holds it.

    Args:
        layout: the company folder to lock.
        waiting: called once when the lock is not free at once, so that a person is told why nothing happens.
    """
    layout.warehouse.mkdir(parents=True, exist_ok=True)
    lock = FileLock(layout.lock_file)
    try:
        lock.acquire(timeout=0.2)
    except Timeout:
        if waiting is not None:
            waiting()
        lock.acquire()
    try:
        yield
    finally:
        lock.release()
