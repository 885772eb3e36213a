"""Work that nobody waits for: the rounds, and the tasks that people's acts leave behind.

On the embedded database both run in threads of the process that serves; on PostgreSQL in
`./tejido work`, in as many processes as one likes (docs/adr/0022-background-work.md).
"""

import logging
from collections.abc import Callable, Iterable
from threading import Event, Thread

from django.conf import settings
from django.db import Error, connections
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from tejido.config.rounds import every_round
from tejido.foundation.round import make_rounds

log = logging.getLogger(__name__)
ROUNDS_S, TASKS_S, LOOK_S = 60.0, 2.0, 1.0


def start_background(stopped: Event) -> list[Thread]:
    """Start both threads and return them; once `stopped` is set they finish what they began."""
    threads = [
        Thread(target=each, args=(stopped,), daemon=True, name=each.__name__)
        for each in (keep_rounds, do_tasks)
    ]
    for thread in threads:
        thread.start()
    return threads


def wait_for_end(threads: Iterable[Thread], stopped: Event) -> list[str]:
    """Wait until `stopped` is set or a thread ended by itself; return the names of those that did.

    Whoever looks after the process starts it anew: a process that lives on and does nothing would
    be noticed by nobody.
    """
    while not stopped.wait(LOOK_S):
        if ended := [thread.name for thread in threads if not thread.is_alive()]:
            return ended
    return []


def keep_rounds(stopped: Event) -> None:
    """Make the rounds that are due, every minute."""
    rounds = every_round()
    _again_and_again(lambda: make_rounds(rounds, at=timezone.now), stopped, ROUNDS_S)


def do_tasks(stopped: Event) -> None:
    """Do the tasks that wait, every other second."""
    _again_and_again(_do_waiting, stopped, TASKS_S)


def _do_waiting() -> None:
    Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(32),
        excluded_queue_names=[],
    ).run()


def _again_and_again(work: Callable[[], object], stopped: Event, every_s: float) -> None:
    while not stopped.is_set():
        try:
            _and_close(work)
        except Error:
            # The database is away. It is asked again; nothing is lost, because it keeps the list.
            pass
        except Exception as error:  # noqa: BLE001  (a thread that ended would do nothing more)
            # Its text may hold somebody's words; its kind does not.
            log.warning("the work in the background failed: %s", type(error).__name__)
        stopped.wait(every_s)


def _and_close(work: Callable[[], object]) -> None:
    try:
        work()
    finally:
        connections.close_all()


def is_here() -> bool:
    """Tell whether the process that serves also works in the background."""
    return bool(settings.EMBEDDED)
