from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tejido.directory.bench_due import bench_due
from tejido.directory.bench_hsds import bench_hsds_api
from tejido.directory.bench_import import Scratch
from tejido.directory.bench_quality import bench_quality
from tejido.directory.domain.source import SourceIn
from tejido.directory.reference import load_reference
from tejido.directory.services.import_hsds import import_hsds
from tejido.directory.services.import_table import import_services
from tejido.directory.synthetic import MAPPING, Invented

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 20, tzinfo=UTC)
INVENTED = Invented(300, TODAY)


@pytest.fixture
def needs(db: None) -> None:
    load_reference(lambda _: None)


@pytest.mark.usefixtures("needs")
@pytest.mark.parametrize("form", ["ndjson", "json"])
def test_invented_records_of_any_number_are_all_new_services(form: str, tmp_path: Path) -> None:
    path = getattr(INVENTED, form)(tmp_path / f"invented.{form}")
    source = SourceIn(key="invented", name="Invented", is_invented=True)

    imported = import_hsds(path=path, source=source, at=NOW, today=TODAY)

    assert imported.stored.created == 300
    assert imported.issues == ()


@pytest.mark.usefixtures("needs")
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_invented_rows_of_any_number_are_all_new_services(form: str, tmp_path: Path) -> None:
    path = getattr(INVENTED, form)(tmp_path / f"invented.{form}")
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(MAPPING)

    imported = import_services(path=path, mapping=str(mapping), at=NOW, today=TODAY)

    assert imported.stored.created == 300


def test_command_that_fails_ends_the_bench_with_what_it_said(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="no such command"):
        Scratch(tmp_path).run("no such command")


@pytest.mark.embedded
def test_bench_of_what_is_due_measures_its_own_empty_database() -> None:
    figures = bench_due(rows=20)

    assert [figure.name for figure in figures] == [
        "what is due of 20 listings, wall, best of 5",
        "what is due of 20 listings, cpu, best of 5",
    ]
    assert {figure.met for figure in figures} == {None}


@pytest.mark.embedded
def test_the_bench_of_the_hsds_api_measures_memory_rate_and_building() -> None:
    figures = {figure.name: figure for figure in bench_hsds_api(rows=100)}

    assert figures["ndjson, whole, 100 services"].peer == "json.dumps of the same rows"
    assert figures["ndjson, whole, sent"].value > figures["ndjson, one-to-one fields, sent"].value
    assert all(figure.value > 0 for figure in figures.values())
    assert [figure.met for figure in figures.values() if figure.met is not None] == []


@pytest.mark.embedded
def test_bench_of_quality_measures_pictures_and_both_tables() -> None:
    figures = bench_quality(rows=20)

    assert [figure.name for figure in figures if "cpu" in figure.name] == [
        "freshness, languages and places of 20 listings, cpu, best of 5",
        "counties of 20 listings, cpu, best of 5",
        "organizations of 20 listings, cpu, best of 5",
        "the page by counties of 20 listings, cpu, best of 5",
        "the page by organizations of 20 listings, cpu, best of 5",
    ]
    assert {figure.met for figure in figures} == {None}
