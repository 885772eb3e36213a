"""The file of a backup: whatever is done to it, it gives everything back or is refused."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pyrage
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tejido.config.backup import trying
from tejido.config.backup.envelope import is_plain, part_of, seal, unseal
from tejido.config.backup.manifest import Manifest, NotAManifest, read, written
from tejido.config.backup.refusals import BackupRefused

IDENTITY = pyrage.x25519.Identity.generate()
OTHER = pyrage.x25519.Identity.generate()
AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def a_manifest(**changed: object) -> Manifest:
    given: dict[str, object] = {
        "id": uuid4(),
        "taken_at": AT,
        "version": "0.1.0",
        "epoch": uuid4(),
        "database": "sqlite",
        "migrations": ["network.0001_members"],
        "counts": {"network_member": 2},
        "told": {"heads": [["valley", "1", "ab"]]},
        "parts": [],
    }
    return Manifest(**(given | changed))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Manifest]:
    folder = tmp_path_factory.mktemp("sealed")
    source = folder / "source"
    source.write_bytes(b"row\n" * 60_000)
    manifest = a_manifest(parts=[part_of(source, "files/año/a b.csv")])
    work = folder / "work"
    work.mkdir()
    seal(manifest, [source], folder / "kept.age", recipient=str(IDENTITY.to_public()), work=work)
    return folder / "kept.age", manifest


def opened(path: Path, into: Path, identity: pyrage.x25519.Identity = IDENTITY) -> Manifest:
    into.mkdir()
    return unseal(path, into, identities=[str(identity)])


def test_what_goes_in_comes_out(sealed: tuple[Path, Manifest], tmp_path: Path) -> None:
    path, manifest = sealed

    assert opened(path, tmp_path / "out") == manifest
    assert (tmp_path / "out" / "files/año/a b.csv").read_bytes() == b"row\n" * 60_000
    assert [file.name for file in (tmp_path / "out").iterdir()] == ["files"]


@given(where=st.floats(0, 0.999_999), bit=st.integers(0, 7))
def test_one_flipped_bit_anywhere_is_refused(
    sealed: tuple[Path, Manifest],
    tmp_path_factory: pytest.TempPathFactory,
    where: float,
    bit: int,
) -> None:
    content = bytearray(sealed[0].read_bytes())
    content[int(where * len(content))] ^= 1 << bit
    folder = tmp_path_factory.mktemp("flipped")
    (folder / "kept.age").write_bytes(content)

    with pytest.raises(BackupRefused) as refused:
        opened(folder / "kept.age", folder / "out")

    assert refused.value.code in {"backup-damaged", "backup-key", "backup-unknown"}


@given(where=st.floats(0, 0.999_999))
def test_file_that_was_cut_short_is_refused(
    sealed: tuple[Path, Manifest], tmp_path_factory: pytest.TempPathFactory, where: float
) -> None:
    content = sealed[0].read_bytes()
    folder = tmp_path_factory.mktemp("cut")
    (folder / "kept.age").write_bytes(content[: int(where * len(content))])

    with pytest.raises(BackupRefused):
        opened(folder / "kept.age", folder / "out")


def test_file_with_something_added_is_refused(
    sealed: tuple[Path, Manifest], tmp_path: Path
) -> None:
    (tmp_path / "kept.age").write_bytes(sealed[0].read_bytes() + b"x")

    with pytest.raises(BackupRefused):
        opened(tmp_path / "kept.age", tmp_path / "out")


def test_other_key_is_told_apart_from_damage(
    sealed: tuple[Path, Manifest], tmp_path: Path
) -> None:
    with pytest.raises(BackupRefused) as refused:
        opened(sealed[0], tmp_path / "out", OTHER)

    assert refused.value.code == "backup-key"


@pytest.mark.parametrize("content", [b"", b"name,phone\n", b"PK\x03\x04", b"SQLite format 3\0"])
def test_file_of_another_kind_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "list.csv").write_bytes(content)

    with pytest.raises(BackupRefused) as refused:
        opened(tmp_path / "list.csv", tmp_path / "out")

    assert refused.value.code in {"backup-unknown", "backup-damaged"}


@pytest.mark.parametrize("content", [b"text", b"\x1f\x8bnonsense"])
def test_something_else_that_was_encrypted_with_our_key_is_refused(
    tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "kept.age").write_bytes(pyrage.encrypt(content, [IDENTITY.to_public()]))

    with pytest.raises(BackupRefused) as refused:
        opened(tmp_path / "kept.age", tmp_path / "out")

    assert refused.value.code == "backup-unknown"


def test_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BackupRefused, match=r"no-such\.age"):
        opened(tmp_path / "no-such.age", tmp_path / "out")


def test_part_that_is_not_what_the_manifest_says_is_refused(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.write_bytes(b"before")
    manifest = a_manifest(parts=[part_of(source, "tejido.sqlite3")])
    source.write_bytes(b"after!")
    (tmp_path / "work").mkdir()
    kept = tmp_path / "kept.age"
    seal(manifest, [source], kept, recipient=str(IDENTITY.to_public()), work=tmp_path / "work")

    with pytest.raises(BackupRefused) as refused:
        opened(kept, tmp_path / "out")

    assert refused.value.code == "backup-damaged"


@pytest.mark.parametrize("name", ["../escape", "/etc/passwd", "files/../../x", "", "a//b", "a\\b"])
def test_name_that_leads_out_of_the_folder_is_never_written(tmp_path: Path, name: str) -> None:
    assert not is_plain(name)
    source = tmp_path / "source"
    source.write_bytes(b"x")
    manifest = a_manifest(parts=[part_of(source, name)])
    (tmp_path / "work").mkdir()
    kept = tmp_path / "kept.age"
    seal(manifest, [source], kept, recipient=str(IDENTITY.to_public()), work=tmp_path / "work")

    with pytest.raises(BackupRefused):
        opened(kept, tmp_path / "deep")


def test_manifest_reads_what_it_wrote() -> None:
    manifest = a_manifest()

    assert read(written(manifest)) == manifest
    with pytest.raises(NotAManifest):
        read(b'{"id": 3}')


def test_tables_that_differ_are_named_with_both_numbers() -> None:
    manifest = a_manifest(counts={"a": 3, "b": 1, "gone": 2})

    assert manifest.differences({"a": 3, "b": 2, "new": 1}) == [
        "b: 2 of 1",
        "gone: 0 of 2",
        "new: 1 of 0",
    ]


def refused_when_opened(
    manifest: Manifest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> BackupRefused:
    monkeypatch.setattr(trying, "_identities", lambda: ["a key"])
    monkeypatch.setattr(trying, "unseal", lambda *_a, **_k: manifest)
    monkeypatch.setattr(trying, "vendor", lambda: "sqlite")
    with pytest.raises(BackupRefused) as refused:
        trying.opened(tmp_path / "kept.age", tmp_path, report=lambda _: None)
    return refused.value


def test_backup_of_a_newer_tejido_names_its_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer = a_manifest(version="7.2.0", migrations=["network.9999_later"])
    assert "7.2.0" in str(refused_when_opened(newer, tmp_path, monkeypatch))

    later_form = a_manifest(form=2, migrations=[])
    assert refused_when_opened(later_form, tmp_path, monkeypatch).code == "backup-newer"


def test_backup_of_the_other_kind_of_database_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = a_manifest(database="postgresql", migrations=[])

    assert refused_when_opened(other, tmp_path, monkeypatch).code == "backup-other-database"
