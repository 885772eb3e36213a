"""What goes when its time is over: each removes at most so many, and says how many went.

`before` is a local day: what was over earlier goes. Safe to repeat (`foundation/removing.py`).
"""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.db.models import Q, QuerySet

from tejido.directory.domain.import_runs import AT_WORK, OVER
from tejido.directory.domain.suggestions import Answer
from tejido.directory.models import ConfirmLink, ImportRun, LinkAddress, Suggestion, UnmetNeed
from tejido.directory.services.import_runs import drop_run
from tejido.directory.services.run_files import drop_files, drop_reports
from tejido.foundation.days import local_day, start_of
from tejido.foundation.problem_file import problem_folder
from tejido.foundation.scope import member_scope, network_scope
from tejido.foundation.what_is_held import remove_some
from tejido.network.queries.members import member_ids


def forget_answered(before: date, limit: int) -> int:
    """Remove what was said to be wrong and somebody dealt with; not where that was undone."""
    dealt = Q(answered_on__lt=before) & ~Q(act__state="undone")
    return remove_some(Suggestion.objects.filter(dealt), limit)


def forget_waiting(before: date, limit: int) -> int:
    """Remove what was said to be wrong and nobody dealt with, or what was undone again.

    What a program said of itself waits until a steward answers.
    """
    old = Q(day__lt=before, call=None)
    waits = Q(answer=Answer.WAITS.value) | Q(act__state="undone")
    return remove_some(Suggestion.objects.filter(old & waits), limit)


def forget_links(before: date, limit: int) -> int:
    """Remove links whose last day is past."""
    return remove_some(ConfirmLink.objects.filter(expires_on__lt=before), limit)


def forget_link_addresses(before: date, limit: int) -> int:
    """Remove where links were mailed, if nothing left for there since; a stop goes so too."""
    over = start_of(before)
    untried = Q(tried_at=None) | Q(tried_at__lt=over)
    return remove_some(LinkAddress.objects.filter(untried, noted_at__lt=over), limit)


def forget_unmet(before: date, limit: int) -> int:
    """Remove counts of whole years: of a part of a year nobody could release the right number."""
    with network_scope():
        return remove_some(UnmetNeed.objects.filter(day__lt=date(before.year, 1, 1)), limit)


def drop_waiting_uploads(before: date, limit: int) -> int:
    """Give up imports that were brought and never carried out, with their files."""

    def drop(run: ImportRun) -> None:
        drop_run(run.id)

    closed = [state.value for state in AT_WORK | OVER]
    return _of_every_member(lambda: _brought(before).exclude(state__in=closed), drop, limit)


def forget_runs(before: date, limit: int) -> int:
    """Remove what is known of imports at the desk; what they changed stays in the history."""

    def forget(run: ImportRun) -> None:
        drop_reports(run.result, but={})
        drop_files(run.id)
        run.delete()

    working = [state.value for state in AT_WORK]
    return _of_every_member(lambda: _brought(before).exclude(state__in=working), forget, limit)


def _brought(before: date) -> "QuerySet[ImportRun]":
    rows: QuerySet[ImportRun] = ImportRun.objects.filter(at__lt=start_of(before))
    return rows


def _of_every_member(
    rows: Callable[[], "QuerySet[ImportRun]"], act: Callable[[ImportRun], None], limit: int
) -> int:
    """Do something with at most so many runs, those of each member in its own scope."""
    count = 0
    for member in member_ids():
        with member_scope(member):
            for run in list(rows().order_by("id")[: limit - count]):
                act(run)
                count += 1
    return count


def drop_reports_of_imports(before: date, limit: int) -> int:
    """Delete the tables of what imports changed and could not read, from the data folder."""
    folder = problem_folder(Path(settings.DATA))
    tables = (path for ending in ("csv", "ndjson") for path in folder.glob(f"*.{ending}"))
    gone = list(islice(_older(tables, before), limit))
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)


def drop_checks(before: date, limit: int) -> int:
    """Delete what checks of feeds found, from the data folder."""
    folders = (path for path in (Path(settings.DATA) / "checks").glob("*/*") if path.is_dir())
    gone = list(islice(_older(folders, before), limit))
    for path in gone:
        shutil.rmtree(path, ignore_errors=True)
    return len(gone)


def _older(paths: Iterator[Path], before: date) -> Iterator[Path]:
    for path in sorted(paths):
        if local_day(datetime.fromtimestamp(path.stat().st_mtime, UTC)) < before:
            yield path
