"""The files of imports at the desk: the upload, how far it is, and who works on it."""

import fcntl
import re
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TextIO
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from tejido.foundation.errors import Refused
from tejido.foundation.problem_file import problem_folder

# What a result calls its tables.
REPORTS = ("changes_file", "report_file")


class UploadRefused(Refused):
    """A file that is too large or has nothing in it."""


def folder_of(run_id: UUID) -> Path:
    """Return where a run keeps its file; nobody can guess it, and only the owner may look."""
    return Path(settings.DATA) / "imports" / str(run_id)


def file_of(run_id: UUID) -> Path | None:
    """Return the uploaded file of a run, or None where it is gone."""
    return next((folder_of(run_id) / "file").glob("*"), None)


def keep_file(run_id: UUID, name: str, chunks: Iterable[bytes]) -> Path:
    """Write an upload as it comes, and return where it is.

    Raises:
        UploadRefused: it is larger than MAX_UPLOAD_BYTES, or empty; nothing is kept.
    """
    try:
        return keep_upload(folder_of(run_id) / "file", name, chunks)
    except UploadRefused:
        drop_files(run_id)
        raise


def keep_upload(folder: Path, name: str, chunks: Iterable[bytes]) -> Path:
    """Write an upload into a folder of its own, and return where it is.

    Raises:
        UploadRefused: it is larger than MAX_UPLOAD_BYTES, or empty; nothing is kept.
    """
    folder.mkdir(parents=True, mode=0o700)
    path = folder / harmless_name(name)
    size = 0
    with path.open("wb") as file:
        for chunk in chunks:
            size += len(chunk)
            if size > settings.MAX_UPLOAD_BYTES:
                break
            file.write(chunk)
    if not 0 < size <= settings.MAX_UPLOAD_BYTES:
        shutil.rmtree(folder)
        raise _refusal(size)
    return path


def _refusal(size: int) -> UploadRefused:
    if size == 0:
        return UploadRefused("upload-empty", _("The file is empty. Get it again."))
    sentence = _(
        "The file is larger than %(size)s MB. Save only the list, or import it by command."
    ) % {"size": settings.MAX_UPLOAD_BYTES // 1024**2}
    return UploadRefused("upload-too-large", sentence)


def harmless_name(name: str) -> str:
    """Return a file's name without anything that could lead elsewhere."""
    plain = re.sub(r"[^\w .()-]+", "-", Path(name.replace("\\", "/")).name).strip(" .-")
    return plain[-80:].lstrip(" .-") or "list"


def drop_files(run_id: UUID) -> None:
    """Delete what a run kept."""
    shutil.rmtree(folder_of(run_id), ignore_errors=True)


def drop_reports(result: Mapping[str, Any], *, but: Mapping[str, Any]) -> None:
    """Delete the tables of changes and of issues that a result names and another does not."""
    kept = {but.get(name) for name in REPORTS}
    for name in REPORTS:
        # A name of ours; a path in it would lead elsewhere.
        said = Path(str(result.get(name, ""))).name
        if said and said not in kept:
            problem_folder(Path(settings.DATA)).joinpath(said).unlink(missing_ok=True)


def say_progress(run_id: UUID, sentence: str) -> None:
    """Keep how far a run is, outside the database, whose transaction hides it until it ends."""
    folder_of(run_id).joinpath("progress").write_text(sentence, encoding="utf-8")


def progress_of(run_id: UUID) -> str:
    """Return how far a run is, or ''."""
    try:
        return folder_of(run_id).joinpath("progress").read_text(encoding="utf-8")
    except OSError:
        return ""


def ask_to_stop(run_id: UUID) -> None:
    """Ask whoever works on a run to stop."""
    folder_of(run_id).joinpath("stop").touch()


def is_asked_to_stop(run_id: UUID) -> bool:
    """Say whether a run was asked to stop."""
    return folder_of(run_id).joinpath("stop").exists()


def forget_wishes(run_id: UUID) -> None:
    """Forget how far a run was, and that it was asked to stop: it begins anew."""
    for name in ("progress", "stop"):
        folder_of(run_id).joinpath(name).unlink(missing_ok=True)


def hold_work(run_id: UUID) -> TextIO | None:
    """Return a hold on the one place where imports work, or None while another has it.

    The kernel lets go when the process ends, however it ends.
    """
    folder = Path(settings.DATA) / "imports"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    held = held_file(folder / "at-work")
    if held is not None:
        held.truncate(0)
        held.write(str(run_id))
        held.flush()
    return held


def hold_look(run_id: UUID) -> TextIO | None:
    """Return a hold on looking through a run's file, or None while another has it."""
    return held_file(folder_of(run_id) / "looking")


def held_file(path: Path) -> TextIO | None:
    """Return a hold on a file, or None while another has it."""
    held = path.open("a+", encoding="utf-8")
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        held.close()
        return None
    return held


def run_at_work() -> str:
    """Return the id of the run that is worked on, in this or another process, or ''."""
    path = Path(settings.DATA) / "imports" / "at-work"
    if not path.exists():
        return ""
    with path.open("r+", encoding="utf-8") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return held.read()
    return ""
