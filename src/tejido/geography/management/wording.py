"""What the commands that load places say at the end."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tejido.geography.services.load_boundaries import TOLERANCE_M, BoundariesLoaded
from tejido.geography.services.load_tracts import TractsLoaded
from tejido.geography.services.problems import REMEDIES

PROBLEMS_SHOWN = 20
NAMES_SHOWN = 10


def said_of_tracts(
    loaded: TractsLoaded, *, path: Path, problem_file: Path | None, dry_run: bool
) -> Iterator[str]:
    """Yield the lines of the summary: counts, what does not fit, and what comes next."""
    yield ngettext(
        "%(tracts)s tract of California with %(people)s people in %(file)s: %(created)s new, "
        "%(updated)s changed, %(unchanged)s as before.",
        "%(tracts)s tracts of California with %(people)s people in %(file)s: %(created)s new, "
        "%(updated)s changed, %(unchanged)s as before.",
        loaded.tracts,
    ) % {
        "tracts": f"{loaded.tracts:,}",
        "people": f"{loaded.people:,}",
        "file": path.name,
        "created": f"{loaded.created:,}",
        "updated": f"{loaded.updated:,}",
        "unchanged": f"{loaded.unchanged:,}",
    }
    yield from _left_out(loaded)
    yield from _problems(loaded, problem_file)
    yield from _vanished(loaded)
    yield from _differences(loaded)
    if dry_run:
        yield _("This was a dry run: nothing changed.")


def said_of_boundaries(loaded: BoundariesLoaded, *, path: Path, dry_run: bool) -> Iterator[str]:
    """Yield the lines of the summary: counts, what the file does not have, how much was kept."""
    yield ngettext(
        "%(counties)s county of California in %(file)s: %(created)s new, %(updated)s changed, "
        "%(unchanged)s as before.",
        "%(counties)s counties of California in %(file)s: %(created)s new, %(updated)s changed, "
        "%(unchanged)s as before.",
        loaded.counties,
    ) % {
        "counties": loaded.counties,
        "file": path.name,
        "created": loaded.created,
        "updated": loaded.updated,
        "unchanged": loaded.unchanged,
    }
    yield _("Simplified by at most %(metres)s metres: %(kept)s of %(read)s positions kept.") % {
        "metres": TOLERANCE_M,
        "kept": f"{loaded.positions_kept:,}",
        "read": f"{loaded.positions_read:,}",
    }
    if loaded.others:
        yield ngettext(
            "Left out: %(count)s shape that is no county of California.",
            "Left out: %(count)s shapes that are no county of California.",
            loaded.others,
        ) % {"count": f"{loaded.others:,}"}
    if loaded.without_area:
        yield ngettext(
            "Left out: %(count)s ring that encloses nothing.",
            "Left out: %(count)s rings that enclose nothing.",
            loaded.without_area,
        ) % {"count": f"{loaded.without_area:,}"}
    if loaded.missing:
        yield _("Not in the file, and left as before: %(names)s.") % {
            "names": _listed(loaded.missing)
        }
    if dry_run:
        yield _("This was a dry run: nothing changed.")


def _left_out(loaded: TractsLoaded) -> Iterator[str]:
    if loaded.left_out:
        yield ngettext(
            "Left out: %(count)s row of another state.",
            "Left out: %(count)s rows of other states.",
            loaded.left_out,
        ) % {"count": f"{loaded.left_out:,}"}
    if loaded.mended:
        yield ngettext(
            "Leading zeros were lost and put back in %(count)s row.",
            "Leading zeros were lost and put back in %(count)s rows.",
            loaded.mended,
        ) % {"count": f"{loaded.mended:,}"}


def _problems(loaded: TractsLoaded, problem_file: Path | None) -> Iterator[str]:
    problems = loaded.problems
    for problem in problems[:PROBLEMS_SHOWN]:
        place = _("row %(row)s") % {"row": f"{problem.row:,}"}
        said = " ".join(filter(None, (problem.field, f"“{problem.value}”")))
        yield f"  {place}: {said}. {REMEDIES[problem.fault]}"
    if len(problems) > PROBLEMS_SHOWN:
        yield "  …"
    for fault, count in Counter(problem.fault for problem in problems).most_common():
        yield f"  {count:,} × {fault.value}"
    if problem_file:
        yield ngettext(
            "%(count)s row was left out. What to do: %(file)s",
            "%(count)s rows were left out. All of them with what to do: %(file)s",
            len(problems),
        ) % {"count": f"{len(problems):,}", "file": problem_file}


def _vanished(loaded: TractsLoaded) -> Iterator[str]:
    if not loaded.vanished:
        return
    count = len(loaded.vanished)
    sentence = (
        ngettext(
            "No longer in the file, and removed: %(count)s tract (%(names)s).",
            "No longer in the file, and removed: %(count)s tracts (%(names)s).",
            count,
        )
        if loaded.is_replaced
        else ngettext(
            "Not in the file, and kept: %(count)s tract (%(names)s). To remove it, load a file "
            "without problems with --replace.",
            "Not in the file, and kept: %(count)s tracts (%(names)s). To remove them, load a file "
            "without problems with --replace.",
            count,
        )
    )
    yield sentence % {"count": f"{count:,}", "names": _listed(loaded.vanished)}


def _differences(loaded: TractsLoaded) -> Iterator[str]:
    for county in loaded.differences[:NAMES_SHOWN]:
        yield ngettext(
            "%(county)s: the file has %(tracts)s tract with %(people)s people; the census of "
            "2020 counted %(counted)s.",
            "%(county)s: the file has %(tracts)s tracts with %(people)s people; the census of "
            "2020 counted %(counted)s.",
            county.tracts,
        ) % {
            "county": county.name,
            "tracts": f"{county.tracts:,}",
            "people": f"{county.people:,}",
            "counted": f"{county.people_2020:,}",
        }
    more = len(loaded.differences) - NAMES_SHOWN
    if more > 0:
        yield ngettext(
            "%(count)s more county does not add up. Is this the file of 2020?",
            "%(count)s more counties do not add up. Is this the file of 2020?",
            more,
        ) % {"count": more}


def _listed(names: tuple[str, ...]) -> str:
    shown = ", ".join(names[:NAMES_SHOWN])
    return f"{shown}, …" if len(names) > NAMES_SHOWN else shown
