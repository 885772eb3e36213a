"""The application in the process that serves, with the work that nobody waits for beside it."""

from threading import Event

from tejido.config.background import is_here, start_background
from tejido.config.finder_processes import application

__all__ = ["application"]

if is_here():
    start_background(Event())
