"""An application that sends one fixed page. Only the benchmark runs it: no address has it."""

import os
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

PAGE = "TEJIDO_BENCH_PAGE"
TARGET = f"{__name__}:application"
Start = Callable[[str, list[tuple[str, str]]], object]


def application(_environ: dict[str, object], start_response: Start) -> Iterable[bytes]:
    """Answer everything with the page."""
    page = _page()
    headers = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(page)))]
    start_response("200 OK", headers)
    return [page]


@cache
def _page() -> bytes:
    return Path(os.environ[PAGE]).read_bytes()
