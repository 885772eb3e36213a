"""Tries a backup: opens it, puts it into a place of its own, and compares."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from tejido.config.backup import embedded_copy, postgres_dump
from tejido.config.backup.alone import held_alone
from tejido.config.backup.envelope import unseal
from tejido.config.backup.manifest import FORM, Manifest
from tejido.config.backup.moment import Held, held
from tejido.config.backup.postgres_dump import Then
from tejido.config.backup.refusals import refusal
from tejido.config.backup.taking import Report, vendor
from tejido.config.backup.work_folder import work_folder
from tejido.foundation import key_files
from tejido.foundation.key_files import Purpose
from tejido.foundation.keys import folder
from tejido.network.backed_up import heads_told


def try_backup(path: Path, *, report: Report) -> Manifest:
    """Put a backup into a scratch place, see that everything comes out, and return its manifest.

    Compared are every file with its digest, the rows of each table, what areas asked of the
    moment, the structure and keys of the database, and the sealed record with its heads.

    Raises:
        BackupRefused: all but those of `take_backup`; nothing was changed.
    """
    if not settings.EMBEDDED and not settings.BACKUP_SCRATCH:
        raise refusal("backup-no-role", "BACKUP_SCRATCH_URL")
    with work_folder() as work:
        manifest = opened(path, work, report=report)
        if settings.EMBEDDED:
            compare_embedded(path, manifest, work, report=report)
        else:
            scratch = settings.BACKUP_SCRATCH
            with held_alone(scratch, manifest.counts, stays=False):
                put_into(scratch, path, manifest, work, report=report)
    return manifest


def opened(path: Path, work: Path, *, report: Report) -> Manifest:
    """Open a backup into an empty folder, where this installation could use it.

    Raises:
        BackupRefused: `backup-no-key`, `backup-key`, `backup-damaged`, `backup-unknown`,
            `backup-missing`, `backup-newer`, `backup-other-database`.
    """
    report(_("Opening %(path)s") % {"path": path})
    identities = _identities()
    if not identities:
        raise refusal("backup-no-key", path, folder=folder())
    manifest = unseal(path, work, identities=identities)
    if manifest.form > FORM or _unknown(manifest.migrations):
        raise refusal("backup-newer", path, version=manifest.version)
    if manifest.database != vendor():
        raise refusal("backup-other-database", path, database=manifest.database)
    return manifest


def compare_embedded(path: Path, manifest: Manifest, work: Path, *, report: Report) -> None:
    """Compare a database that came out of a backup with what went in.

    Raises:
        BackupRefused: `backup-differs`.
    """
    report(_("Comparing every table with what went in"))
    database = work / embedded_copy.NAME
    _refuse(path, embedded_copy.faults(database))
    with embedded_copy.asking(database) as ask:
        _compare(path, manifest, held(ask, vendor="sqlite"))
    place = {"TEJIDO_DATA": str(work), "DATABASE_URL": ""}
    _check_record(path, manifest, work, place, report=report)


def put_into(
    url: str,
    path: Path,
    manifest: Manifest,
    work: Path,
    *,
    report: Report,
    then: Then | None = None,
) -> None:
    """Put a backup into a database that is held alone, as its owner, and compare.

    Raises:
        BackupRefused: `backup-differs`, or as `postgres_dump.put_back`, which also takes `then`.
    """
    report(_("Putting it into the database, and comparing every table with what went in"))
    holds = postgres_dump.put_back(url, work / postgres_dump.NAME, then=then)
    _compare(path, manifest, holds)
    place = {"DATABASE_URL": url, "DATABASE_OWNER_URL": ""}
    _check_record(path, manifest, work, place, report=report)


def _compare(path: Path, manifest: Manifest, holds: Held) -> None:
    differs = manifest.differences(holds.counts)
    if manifest.told != holds.told or manifest.migrations != holds.migrations:
        differs.append(_("what areas asked of the moment"))
    _refuse(path, differs)


def _check_record(
    path: Path, manifest: Manifest, work: Path, place: dict[str, str], *, report: Report
) -> None:
    """Check the sealed record of the copy with its heads, by the command that people use.

    What cannot be checked, because its key was destroyed or lost, is told; it is no fault of the
    backup, and without it nobody could ever go back.
    """
    if manifest.migrations != _known():
        # An older one is brought up to date first, as it would be when it is put back.
        _said_by(path, "migrate", "--verbosity=0", place=place)
    heads = work / "heads.json"
    told = {
        slug: {"number": head.number, "seal": head.seal}
        for slug, head in heads_told(manifest.told).items()
    }
    heads.write_text(json.dumps(told), encoding="utf-8")
    check = ["verify_audit", "--keys-may-lack", "--verbosity=0", f"--heads={heads}"]
    for line in _said_by(path, *check, place=place):
        report(line)


def _said_by(path: Path, *command: str, place: dict[str, str]) -> list[str]:
    """Run a command of Tejido over the copy; return the lines that it said.

    Raises:
        BackupRefused: `backup-differs`, where it fails.
    """
    env = os.environ | place | {"TEJIDO_KEYS": str(settings.KEYS), "TEJIDO_DEMONSTRATION": "false"}
    done = subprocess.run(  # noqa: S603  (our own command)
        [sys.executable, "-m", "tejido", *command],
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = (done.stdout + done.stderr).strip().splitlines()[-3:]
        _refuse(path, said or [command[0]])
    return [line for line in done.stdout.splitlines() if line.strip()]


def _refuse(path: Path, differs: Sequence[str]) -> None:
    if differs:
        raise refusal("backup-differs", path, what="; ".join(differs[:5]))


def _identities() -> list[str]:
    """Return the backup keys, read from their files: an empty machine has no database yet."""
    names = [name for name in key_files.listed(folder()).keys if name.purpose is Purpose.BACKUP]
    newest_first = sorted(names, key=lambda name: -name.generation)
    return [key_files.read_key(folder(), name).secret for name in newest_first]


@cache
def _known() -> list[str]:
    graph = MigrationLoader(None, ignore_no_migrations=True).disk_migrations or {}
    return sorted(f"{app}.{name}" for app, name in graph)


def _unknown(migrations: Sequence[str]) -> bool:
    return bool(set(migrations) - set(_known()))
