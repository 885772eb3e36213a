"""The file of a backup: a packed archive in age.

`age -d -i backup.1.key FILE | tar xz` gives the same: nobody needs Tejido to open a backup. age
refuses a file of which one bit was changed, and one that was cut short or added to
(age-encryption.org/v1).
"""

import gzip
import hashlib
import io
import os
import tarfile
from collections.abc import Sequence
from pathlib import Path
from typing import IO

import pyrage

from tejido.config.backup.manifest import Manifest, NotAManifest, Part, read, written
from tejido.config.backup.refusals import refusal

MANIFEST = "manifest.json"
# A third of the time of level 9, for little more room.
LEVEL = 1
MOST_MANIFEST = 64 * 1024 * 1024
CHUNK = 1024 * 1024


def part_of(path: Path, name: str) -> Part:
    """Return what a manifest says of a file."""
    with path.open("rb") as file:
        return _copied(file, None, name)


def seal(
    manifest: Manifest, files: Sequence[Path], target: Path, *, recipient: str, work: Path
) -> None:
    """Write the manifest and its parts, packed and encrypted; on the disk when this returns.

    Args:
        manifest: its parts are the files, in order.
        files: where each part is now.
        target: the file to write, which must not be there.
        recipient: the public half of a backup key (`age1…`).
        work: a folder for what is packed and not encrypted yet.

    Raises:
        OSError, pyrage.EncryptError: there is no room, or it cannot be written.
    """
    packed = work / "packed"
    with (
        gzip.open(packed, "xb", compresslevel=LEVEL) as stream,
        tarfile.open(fileobj=stream, mode="w|") as archive,
    ):
        content = written(manifest)
        _add(archive, MANIFEST, io.BytesIO(content), len(content))
        for part, path in zip(manifest.parts, files, strict=True):
            with path.open("rb") as file:
                _add(archive, part.name, file, part.size)
    with packed.open("rb") as plain, target.open("xb") as secret:
        pyrage.encrypt_io(plain, secret, [pyrage.x25519.Recipient.from_str(recipient)])
        secret.flush()
        os.fsync(secret.fileno())
    packed.unlink()


def unseal(path: Path, into: Path, *, identities: Sequence[str]) -> Manifest:
    """Open a backup, write its parts into an empty folder, and return its manifest.

    Every part is compared with what the manifest says of it.

    Raises:
        BackupRefused: `backup-key`, `backup-damaged`, `backup-unknown`, `backup-missing`.
        OSError: there is no room for it.
    """
    packed = into / ".packed"
    _decrypt(path, packed, identities)
    try:
        with tarfile.open(packed, "r:gz") as archive:
            manifest = _manifest_of(archive)
            out = [_save(archive, entry, into) for entry in archive if entry.name != MANIFEST]
    except (tarfile.TarError, EOFError, gzip.BadGzipFile, NotAManifest) as error:
        raise refusal("backup-unknown", path) from error
    finally:
        packed.unlink()
    if out != manifest.parts:
        raise refusal("backup-damaged", path)
    return manifest


def is_plain(name: str) -> bool:
    """Tell whether a name stays below the folder that it is put into."""
    return bool(name) and not {"", ".", ".."} & set(name.split("/")) and "\\" not in name


def _decrypt(path: Path, packed: Path, identities: Sequence[str]) -> None:
    keys = [pyrage.x25519.Identity.from_str(identity) for identity in identities]
    if not os.access(path, os.R_OK) or not path.is_file():
        raise refusal("backup-missing", path)
    with path.open("rb") as secret, packed.open("xb") as plain:
        try:
            pyrage.decrypt_io(secret, plain, keys)
        except pyrage.DecryptError as error:
            packed.unlink()
            raise refusal(_why(str(error)), path, count=len(keys)) from error
        except OSError as error:
            packed.unlink()
            if error.errno:
                raise
            raise refusal("backup-damaged", path) from error


def _why(said: str) -> str:
    if "No matching keys" in said:
        return "backup-key"
    return "backup-unknown" if "Unknown age format" in said else "backup-damaged"


def _manifest_of(archive: tarfile.TarFile) -> Manifest:
    entry = archive.next()
    stream = archive.extractfile(entry) if entry else None
    if not entry or not stream or entry.name != MANIFEST or entry.size > MOST_MANIFEST:
        raise NotAManifest
    return read(stream.read())


def _save(archive: tarfile.TarFile, entry: tarfile.TarInfo, into: Path) -> Part:
    stream = archive.extractfile(entry)
    if stream is None or not is_plain(entry.name):
        raise NotAManifest
    path = into / entry.name
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path.open("xb") as file:
        return _copied(stream, file, entry.name)


def _copied(source: IO[bytes], target: IO[bytes] | None, name: str) -> Part:
    digest, size = hashlib.sha256(), 0
    while chunk := source.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
        if target:
            target.write(chunk)
    return Part(name, size, digest.hexdigest())


def _add(archive: tarfile.TarFile, name: str, content: IO[bytes], size: int) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, 0o600
    archive.addfile(entry, content)
