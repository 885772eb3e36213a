"""`bench texts`: how long a text message takes from the carrier's request to the answer."""

import random
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import numpy as np
from django.test import RequestFactory
from django.test.utils import override_settings

from tejido.finder.services.build import Content, build_from
from tejido.finder.synthetic import AT, CITIES, Synthetic
from tejido.finder.web.texts import receive_text
from tejido.foundation.bench import Figure
from tejido.gateways.twilio import SIGNATURE_HEADER, Twilio
from tejido.geography.domain.places import Place, PlaceKind

ROWS = 10_000
PEOPLE = 120
TARGET_MS = 150.0
_KEY = "a key for measuring"
_NEEDS = ("narcan", "agujas limpias", "naloxoen", "hep c test", "comida", "shelter", "metadona")
_TIMES = ("", "now", "mañana 3pm", "sat 10am", "esta noche", "sunday")
_THEN = ("MORE", "1", "2", "ES", "sunday 2pm", "asdf", "HELP")


def bench_texts(*, rows: int = ROWS) -> list[Figure]:
    """Measure whole conversations: signature, search, state and answer, on an invented directory.

    Args:
        rows: listings.

    Returns:
        Wall and CPU time of one answer in ms, and of how many.
    """
    made = Synthetic(rows)
    with tempfile.TemporaryDirectory() as folder:
        content = Content(listings=made.listings(), concepts=made.concepts, places=_towns(made))
        build_from(content, folder=Path(folder), at=AT, report=lambda _: None)
        with override_settings(SNAPSHOTS=Path(folder), SMS_AUTH_TOKEN=_KEY, SMS_URL=""):
            for form in _messages(8):
                _milliseconds(form)
            took = [_milliseconds(form) for form in _messages(PEOPLE)]
    wall, cpu = ([pair[side] for pair in took] for side in (0, 1))
    p95 = float(np.percentile(wall, 95))
    return [
        Figure("text answer p50, wall", float(np.median(wall)), "ms"),
        Figure(
            "text answer p95, wall", p95, "ms", target=f"<= {TARGET_MS:g}", met=p95 <= TARGET_MS
        ),
        Figure("text answer p99, wall", float(np.percentile(wall, 99)), "ms"),
        Figure("text answer p95, CPU", float(np.percentile(cpu, 95)), "ms"),
        Figure("messages", len(took), ""),
    ]


def _towns(made: Synthetic) -> tuple[Place, ...]:
    return tuple(
        Place(
            PlaceKind.TOWN, name.title(), "", float(latitude), float(longitude), approximate=True
        )
        for name, (latitude, longitude) in zip(CITIES, made.centres, strict=False)
    )


def _messages(people: int) -> Iterator[dict[str, str]]:
    """Yield the forms of conversations: a search and two messages more from each person."""
    draw = random.Random(5)  # noqa: S311 - not a secret
    # Nobody whom an earlier run may have made known to the cache.
    name = uuid4().hex
    for person in range(people):
        asked = [draw.choice(_NEEDS), draw.choice(CITIES), draw.choice(_TIMES)]
        draw.shuffle(asked)
        for number, words in enumerate((" ".join(asked), *draw.sample(_THEN, 2))):
            yield {
                "MessageSid": f"{name}-{person}-{number}",
                "From": f"{name}-{person}",
                "Body": words,
            }


def _milliseconds(form: dict[str, str]) -> tuple[float, float]:
    """Return wall and CPU time of one answer; making the request is not in it."""
    request = RequestFactory().post("/sms/", form, SERVER_NAME="localhost")
    signed = {name: [value] for name, value in form.items()}
    request.META["HTTP_" + SIGNATURE_HEADER.upper().replace("-", "_")] = Twilio(_KEY).signature(
        request.build_absolute_uri(), signed
    )
    began, began_cpu = time.perf_counter(), time.process_time()
    response = receive_text(request)
    took = 1_000 * (time.perf_counter() - began), 1_000 * (time.process_time() - began_cpu)
    if response.status_code != 200:
        raise ValueError(response.status_code)
    return took
