from pathlib import Path

import pytest

from tejido.config.demonstration import NotTheDemonstration, claim


def test_claim_marks_an_empty_folder_and_knows_it_again(tmp_path: Path) -> None:
    folder = tmp_path / "demo"

    claim(folder)
    (folder / "tejido.sqlite3").write_text("a database")
    claim(folder)

    assert (folder / "demonstration").exists()


def test_claim_refuses_the_network_of_somebody_else_and_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "tejido.sqlite3").write_text("a database")

    with pytest.raises(NotTheDemonstration, match=r"Nothing was changed.*--data DIR"):
        claim(tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["tejido.sqlite3"]
