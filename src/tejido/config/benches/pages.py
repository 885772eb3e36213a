"""`bench pages`: how heavy the first list of places is, and what Lighthouse says of the pages."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tejido.config.benches.browser import Lighthouse, a_browser, weigh
from tejido.config.benches.site import serving
from tejido.foundation.bench import Figure

ROWS, RUNS = 2_000, 5
MOST_KB = 55.0
# What can be shared as a link, and what else anybody may open.
SHARED = {
    "home": "",
    "list": "find/?place=oakland&need=naloxone",
    "place": "place/00000000-0000-0000-0000-000000000001/",
}
OTHERS = {name: f"{name}/" for name in ("overdose", "lines", "keep", "privacy", "about")}
LANGUAGES = {"English": "", "Spanish": "es/"}
DEVICES = {"phone": "mobile", "desktop": "desktop"}
LEAST = {"performance": 99, "accessibility": 100, "best-practices": 100, "seo": 100}
EVERYWHERE = ("accessibility", "best-practices")
# Lists are kept from search engines on purpose.
NOT_FOUND = {"list"}


@dataclass(frozen=True, slots=True)
class Looked:
    """One page as one kind of visitor gets it, and what Lighthouse looks at there."""

    page: str
    path: str
    language: str
    device: str
    categories: tuple[str, ...]


def bench_pages(*, rows: int = ROWS) -> list[Figure]:
    """Weigh the first list of places and let Lighthouse judge pages of the real server.

    Args:
        rows: listings of the invented directory that is served.

    Returns:
        kB of a list with everything that Chromium fetches for it and requests elsewhere, in both
        languages; then medians of five runs of Lighthouse, 0 to 100, for what can be shared, on
        a phone and on a desktop, and one run for every other public page.
    """
    folder = tempfile.TemporaryDirectory()
    with folder as name, serving(Path(name), rows=rows, with_packs=True) as server:
        site = f"http://127.0.0.1:{server.port}/"
        return [*_weights(site), *_judgements(site, Lighthouse.installed())]


def _weights(site: str) -> Iterator[Figure]:
    with a_browser() as browser:
        weights = {
            language: weigh(browser, site, prefix + SHARED["list"])
            for language, prefix in LANGUAGES.items()
        }
    for language, weight in weights.items():
        value, elsewhere = weight.bytes / 1_000, len(weight.elsewhere)
        name = f"first list of places, {language}"
        yield Figure(name, value, "kB", target=f"<= {MOST_KB:g}", met=value <= MOST_KB)
        yield Figure(
            f"{name}, requests elsewhere", elsewhere, "", target="= 0", met=elsewhere == 0
        )


def looked_at() -> list[Looked]:
    """Return every page that Lighthouse looks at five times."""
    return [
        Looked(page, prefix + path, language, device, _categories(page))
        for page, path in SHARED.items()
        for language, prefix in LANGUAGES.items()
        for device in DEVICES
    ]


def _categories(page: str) -> tuple[str, ...]:
    return tuple(each for each in LEAST if not (each == "seo" and page in NOT_FOUND))


def _judgements(site: str, lighthouse: Lighthouse) -> Iterator[Figure]:
    shared, others = looked_at(), _others()
    # By turns, so that a slow minute of the machine touches every page once.
    runs = [[_scores(site, each, lighthouse) for each in shared] for _ in range(RUNS)]
    for number, each in enumerate(shared):
        own = [run[number] for run in runs]
        yield from _figures(each, {name: median(one[name] for one in own) for name in own[0]})
    for each in others:
        yield from _figures(each, _scores(site, each, lighthouse))


def _others() -> list[Looked]:
    return [
        Looked(page, prefix + path, language, "phone", EVERYWHERE)
        for page, path in OTHERS.items()
        for language, prefix in LANGUAGES.items()
    ]


def _scores(site: str, looked: Looked, lighthouse: Lighthouse) -> dict[str, float]:
    return lighthouse.scores(
        site + looked.path, device=DEVICES[looked.device], categories=looked.categories
    )


def _figures(looked: Looked, scores: dict[str, float]) -> Iterator[Figure]:
    for category, score in scores.items():
        least = LEAST[category]
        yield Figure(
            f"{category}, {looked.page}, {looked.language}, {looked.device}",
            score,
            "of 100",
            target=f">= {least}",
            met=score >= least,
        )
