"""`bench hsds_api`: all services as ndjson, beside json.dumps of the same rows."""

import io
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count, islice
from pathlib import Path
from typing import Any
from uuid import uuid5

from tejido.directory.bench_import import DAY, KEY, Scratch, Took
from tejido.directory.synthetic import Invented
from tejido.foundation.bench import Figure

ROWS = 100_000
MOST_MEGABYTES = 300
# Every service of the invented network, which is then copied with ids of its own.
ORIGINALS = 87
AT = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
_ASKED = "/api/hsds/v3/services"
_NEAR = "search=naloxone&lat=37.8&lon=-122.27&radius_m=20000&sort=distance&per_page=50"


def bench_hsds_api(*, rows: int = ROWS) -> list[Figure]:
    """Measure the file behind the API and its answers, each in a process of its own.

    Args:
        rows: services; the limit of memory is for 100,000.

    Returns:
        Memory and rate of the stream of whole services, beside json.dumps of the same rows; the
        same for their one-to-one fields; building; and a page near a point.
    """
    with tempfile.TemporaryDirectory() as name:
        scratch = Scratch(Path(name))
        scratch.run("prepare")
        originals = Invented(ORIGINALS, DAY).ndjson(scratch.folder / "originals.ndjson")
        scratch.run("import_hsds", originals, "--source", KEY)
        return list(_figures(scratch, rows))


def _figures(scratch: Scratch, rows: int) -> Iterator[Figure]:
    built, made = _measured(scratch, "build", str(rows))
    for form, question in (("whole", "full=true"), ("one-to-one fields", "")):
        streamed, sent = _measured(scratch, "stream", question)
        _, dumped = _measured(scratch, "dumps", question)
        rate, plain = rows / sent["seconds"], rows / dumped["seconds"]
        yield Figure(
            f"ndjson, {form}, {rows:,} services",
            round(rate, 1),
            "services/s",
            peer="json.dumps of the same rows",
            peer_value=round(plain, 1),
            ratio=rate / plain,
        )
        yield Figure(f"ndjson, {form}, sent", sent["bytes"] / 1e6, "MB")
        yield _memory(f"ndjson, {form}, peak memory", streamed.megabytes, rows)
    yield Figure("building the file, CPU", made["seconds"], "s")
    yield Figure("building the file, peak memory", built.megabytes, "MB")
    yield Figure("the file", made["bytes"] / 1e6, "MB")
    _, page = _measured(scratch, "page", _NEAR)
    yield Figure("50 services near a point, CPU", page["seconds"] * 1e3, "ms")


def _memory(name: str, megabytes: float, rows: int) -> Figure:
    is_held = rows == ROWS
    return Figure(
        name,
        round(megabytes, 1),
        "MB",
        target=f"<= {MOST_MEGABYTES}" if is_held else "",
        met=megabytes <= MOST_MEGABYTES if is_held else None,
    )


def _measured(scratch: Scratch, *words: str) -> tuple[Took, dict[str, Any]]:
    """Run one step below in a process of its own; return what it took and what it said."""
    took = scratch.run(*words, module="tejido.directory.bench_hsds")
    return took, json.loads(scratch.said().splitlines()[-1])


def _build(rows: str) -> dict[str, float]:
    from django.conf import settings  # noqa: PLC0415 - settings have to be read first

    from tejido.directory.queries.concepts import all_concepts  # noqa: PLC0415
    from tejido.directory.services.feed import feed_draft  # noqa: PLC0415
    from tejido.geography.queries.places import all_places  # noqa: PLC0415

    needs, places, folder = all_concepts(), all_places(), settings.SNAPSHOTS
    began = time.process_time()
    with feed_draft(folder=folder, at=AT, concepts=needs, places=places) as (draft, put_in_use):
        for _ in draft.beside(_copies(int(rows))):
            pass
        file = put_in_use()
    return {"seconds": time.process_time() - began, "bytes": file.stat().st_size}


def _copies(services: int) -> Iterator[Any]:
    """Yield the listings of so many services: the stored ones again and again, with own ids."""
    from tejido.directory.queries.public import public_listings  # noqa: PLC0415

    groups: dict[Any, list[Any]] = {}
    for listing in public_listings():
        groups.setdefault(listing.service_id, []).append(listing)
    copies = ((number, group) for number in count() for group in groups.values())
    for number, group in islice(copies, services):
        for listing in group:
            yield replace(
                listing,
                id=uuid5(listing.id, str(number)),
                service_id=uuid5(listing.service_id, str(number)),
                organization=f"{listing.organization} {number % 400}",
            )


def _stream(question: str) -> dict[str, float]:
    answer = _answer(f"format=ndjson&{question}")
    began, sent = time.process_time(), 0
    with closing(answer):
        for piece in answer:
            sent += len(piece)
    return {"seconds": time.process_time() - began, "bytes": sent}


def _dumps(question: str) -> dict[str, float]:
    seconds, sent = 0.0, 0
    with closing(_answer(f"format=ndjson&{question}")) as answer:
        for piece in answer:
            records = [json.loads(line) for line in piece.splitlines() if line]
            began = time.process_time()
            sent += sum(len(json.dumps(record)) for record in records)
            seconds += time.process_time() - began
    return {"seconds": seconds, "bytes": sent}


def _page(question: str) -> dict[str, float]:
    seconds = []
    for _ in range(20):
        began = time.process_time()
        with closing(_answer(question)) as answer:
            size = sum(len(piece) for piece in answer)
        seconds.append(time.process_time() - began)
    return {"seconds": sorted(seconds)[len(seconds) // 2], "bytes": size}


def _answer(question: str) -> Any:
    """Return the pieces of an answer, as a server takes them from the application."""
    from django.core.wsgi import get_wsgi_application  # noqa: PLC0415

    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": _ASKED,
        "QUERY_STRING": question,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "wsgi.input": io.BytesIO(),
        "wsgi.url_scheme": "http",
    }
    statuses: list[str] = []
    application: Any = get_wsgi_application()
    pieces = application(environ, lambda status, _: statuses.append(status))
    if statuses != ["200 OK"]:
        raise RuntimeError(statuses)
    return pieces


STEPS: dict[str, Callable[[str], dict[str, float]]] = {
    "build": _build,
    "stream": _stream,
    "dumps": _dumps,
    "page": _page,
}


def main() -> None:
    """Take one step and say in JSON what it took."""
    import django  # noqa: PLC0415

    django.setup()
    step, word = sys.argv[1:]
    sys.stdout.write(json.dumps(STEPS[step](word)) + "\n")


if __name__ == "__main__":
    main()
