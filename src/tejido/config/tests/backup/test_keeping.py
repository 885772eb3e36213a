"""The backups that an installation makes of itself, and which of them it keeps."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tejido.config.backup import keeping
from tejido.config.backup.keeping import NAME, superseded, taken_in
from tejido.config.backup.refusals import BackupRefused
from tejido.config.backup.taking import kept_files
from tejido.config.backup.work_folder import clear_drafts
from tejido.config.tests.backup.conftest import Installation

AT = datetime(2026, 11, 22, 21, 30, tzinfo=UTC)
moments = st.lists(st.integers(0, 200 * 24 * 60), min_size=1, max_size=60, unique=True).map(
    lambda minutes: {Path(f"{m}.age"): AT - timedelta(minutes=m) for m in minutes}
)


@given(taken=moments)
def test_youngest_is_never_removed(taken: dict[Path, datetime]) -> None:
    youngest = max(taken, key=lambda path: taken[path])

    assert youngest not in superseded(taken, at=AT)


@given(taken=moments)
def test_removing_twice_removes_nothing_more(taken: dict[Path, datetime]) -> None:
    gone = set(superseded(taken, at=AT))
    rest = {path: moment for path, moment in taken.items() if path not in gone}

    assert superseded(rest, at=AT) == []


@given(taken=moments)
def test_no_more_are_kept_than_the_rule_says(taken: dict[Path, datetime]) -> None:
    assert len(taken) - len(superseded(taken, at=AT)) <= 24 + 14 + 8


def test_a_year_of_hours_leaves_a_day_of_hours_two_weeks_of_days_and_eight_weeks() -> None:
    taken = {Path(f"{h}.age"): AT - timedelta(hours=h) for h in range(365 * 24)}

    kept = sorted(set(taken) - set(superseded(taken, at=AT)), key=lambda path: taken[path])

    ages = [(AT - taken[path]) for path in kept]
    assert sum(age < timedelta(hours=24) for age in ages) == 24
    assert timedelta(weeks=6) < max(ages) < timedelta(weeks=8)
    # Two of the days have hours that are kept, and two of the weeks days.
    assert len(kept) == 24 + 12 + 6


def test_backup_of_the_future_stays_because_a_clock_was_wrong() -> None:
    taken = {Path(f"{d}.age"): AT + timedelta(days=d) for d in range(1, 100)}

    assert superseded(taken, at=AT) == []


def test_only_files_that_it_made_itself_are_known(tmp_path: Path) -> None:
    mine = tmp_path / AT.strftime(NAME)
    for path in (mine, tmp_path / "tejido-before-the-upgrade.age", tmp_path / "notes.txt"):
        path.touch()

    assert taken_in(tmp_path) == {mine: AT}
    assert taken_in(tmp_path / "not there") == {}


@pytest.mark.embedded
def test_nothing_is_removed_before_the_new_one_gave_everything_back(
    one: Installation, tmp_path: Path, settings, monkeypatch: pytest.MonkeyPatch, db: None
) -> None:
    settings.DATA, settings.KEYS, settings.BACKUPS = one.data, one.keys, tmp_path / "backups"
    settings.BACKUPS.mkdir()
    old = [settings.BACKUPS / (AT - timedelta(days=d)).strftime(NAME) for d in range(100, 200)]
    for path in old:
        path.touch()
    given = {path: path.read_bytes() for path in settings.BACKUPS.iterdir()}
    monkeypatch.setattr(keeping, "tried", _differs)

    with pytest.raises(OSError, match="differs"):
        keeping.back_up_again(AT)

    assert all(path.read_bytes() == content for path, content in given.items())


@pytest.mark.embedded
def test_folder_of_backups_inside_the_data_is_refused_before_anything_is_written(
    one: Installation, settings, db: None
) -> None:
    settings.DATA, settings.KEYS, settings.BACKUPS = one.data, one.keys, one.data / "backups"

    with pytest.raises(BackupRefused) as refused:
        keeping.back_up_again(AT)

    assert refused.value.code == "backup-inside"
    assert not settings.BACKUPS.exists()


def test_half_written_backups_of_long_ago_are_removed(tmp_path: Path) -> None:
    names = [".tejido-20261120T000000Z.age.0a1b2c3d", ".tejido-20261122T210000Z.age.0a1b2c3d"]
    for name, age in zip(names, (timedelta(days=2), timedelta(hours=1)), strict=True):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, ((AT - age).timestamp(),) * 2)

    clear_drafts(tmp_path, at=AT)

    assert [path.name for path in tmp_path.iterdir()] == names[1:]


def _differs(*_: object, **_given: object) -> None:
    raise OSError("differs")


def test_what_is_made_anew_or_hidden_is_no_part_of_a_backup(tmp_path: Path) -> None:
    for name in ("imports/a.csv", "finder/x.sqlite", ".cache/uv/x", ".backup-1/db", "before-1/db"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).touch()
    for name in ("tejido.sqlite3", "tejido.sqlite3-wal", "in-use", "notes.txt"):
        (tmp_path / name).touch()

    kept = [str(path.relative_to(tmp_path)) for path in kept_files(tmp_path)]

    assert kept == ["imports/a.csv", "notes.txt"]
