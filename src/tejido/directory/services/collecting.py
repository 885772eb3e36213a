"""Looking for garbage less often while many rows come in."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

OBJECTS_AT_ONCE = 500_000


@contextmanager
def rarely_collecting() -> Iterator[None]:
    """Let Python look for cycles only after every 500,000 new objects.

    A batch of an import holds hundreds of thousands of objects until it is stored, none of them
    in a cycle. Looking through them again and again took a third of the time of an import, and
    frees nothing: its memory is the same without.
    """
    often, *others = gc.get_threshold()
    gc.set_threshold(often and max(often, OBJECTS_AT_ONCE), *others)
    try:
        yield
    finally:
        gc.set_threshold(often, *others)
