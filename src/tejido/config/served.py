"""The application in the process that serves, with the work that nobody waits for beside it."""

import signal
from threading import Event

from tejido.config.background import is_here, start_background
from tejido.config.finder_processes import application

__all__ = ["application"]

# Ctrl+C is meant for the server, which tells its worker to stop: one that is told twice hangs.
signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
if is_here():
    start_background(Event())
