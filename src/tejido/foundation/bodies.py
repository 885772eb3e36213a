"""Which pages take a file, and how large one: asked before anything of it is read."""

from collections.abc import Callable
from typing import TypeVar

View = TypeVar("View", bound=Callable[..., object])
_TAKEN = "most_bytes_taken"


def takes_file(most: int) -> Callable[[View], View]:
    """Let a view be sent a file of so many bytes, by somebody who is signed in."""

    def marked(view: View) -> View:
        setattr(view, _TAKEN, most)
        return view

    return marked


def bytes_taken(view: object) -> int:
    """Return the largest file that a view takes, in bytes; 0 where it takes none."""
    return int(getattr(view, _TAKEN, 0))
