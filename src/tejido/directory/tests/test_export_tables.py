"""Tables out and in again lose nothing, whatever they hold."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tejido.directory.domain.hsds.metadata import is_ours
from tejido.directory.services.import_tabular import package_records
from tejido.directory.services.importing import new_reading
from tejido.directory.services.package_files import PackageFiles
from tejido.directory.services.packages import open_package
from tejido.directory.tests.exports import cleared, exported, table_in, without_order
from tejido.directory.tests.test_round_trip import everything, imported
from tejido.foundation.testing import examples

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


@pytest.mark.shared
@pytest.mark.parametrize("version", ["v3.0", "v3.1"])
def test_the_official_tables_come_out_as_they_went_in(tmp_path, shared_hsds, version):
    folder = shared_hsds / version / "examples/csv"
    imported(folder)

    exported(tmp_path / "out")

    for path in folder.glob("*.csv"):
        (said,) = table_in(path)
        rows = table_in(tmp_path / "out/county-list" / path.name)
        # Who confirmed what here stands beside what the source says of itself.
        (found,) = (row for row in rows if not is_ours(row, row.get("resource_id")))
        assert {name: cell for name, cell in found.items() if cell} == {
            name: cell for name, cell in said.items() if cell
        }


@pytest.mark.shared
@pytest.mark.parametrize("name", ["service_full", "location", "organization_list", "taxonomy"])
def test_the_official_examples_come_back_out_of_tables(tmp_path, shared_hsds, name):
    imported(shared_hsds / "v3.1/examples" / f"{name}.json")
    whole = everything()
    exported(tmp_path / "out")
    cleared()

    imported(tmp_path / "out/county-list")

    assert without_order(everything()) == without_order(whole)


@pytest.mark.shared
def test_services_of_a_real_directory_come_back_out_of_tables(tmp_path, shared_data):
    whole = (shared_data / "services/san_mateo_2013_hsds31.ndjson").read_text("utf-8")
    # The whole of it goes out and in as ndjson (test_round_trip).
    some = tmp_path / "some.ndjson"
    some.write_text("".join(whole.splitlines(keepends=True)[::4]), "utf-8")
    imported(some)
    whole = everything()
    exported(tmp_path / "out")
    cleared()

    imported(tmp_path / "out/county-list")

    assert without_order(everything()) == without_order(whole)


TEXT = st.text(
    st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("\r\n\t'=+ "), max_size=6
)
FIELDS = st.dictionaries(
    TEXT.filter(lambda name: name not in ("id", "")),
    st.none() | st.integers(-(2**53), 2**53) | TEXT | st.lists(TEXT),
)
CHILD = st.builds(lambda key, more: {"id": key} | more, st.sampled_from("abcd"), FIELDS)
RECORD = st.builds(
    lambda key, more, phones, contacts: {
        "id": key,
        "name": "N",
        **more,
        **({"phones": phones} if phones else {}),
        **({"contacts": contacts} if contacts else {}),
    },
    st.sampled_from("stuv"),
    FIELDS,
    st.lists(CHILD, max_size=3),
    st.lists(CHILD, max_size=2),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(60))
@given(st.lists(RECORD, max_size=3, unique_by=lambda record: record["id"]))
def test_any_services_come_back_out_of_rows(tmp_path_factory, services):
    folder = tmp_path_factory.mktemp("rows")
    files = PackageFiles(folder, is_neutral=True, about={})
    with files.open_files:
        for service in services:
            files.add_rows("service", service)
            files.write_rows()
        files.add_rows("taxonomy", {"id": "z"})
        files.close()

    found = package_records(open_package(folder), new_reading("x", TODAY))

    back = [known.value for _, known in found]
    assert without_order(back) == without_order([*services, {"id": "z"}])
