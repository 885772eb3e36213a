"""A coordinator loads a list that she has, and people find it in both languages."""

from conftest import run, start
from steps import cards, heading

ROWS = """name1,name2,street1,street2,city,state,zip,phone,latitude,longitude
Redwood Family Clinic,Counseling,730 Harris Street,,Eureka,CA,95503,707-555-0133,40.7820,-124.1650
Tidepool Clinic,Evening Group,1200 5th Street,,Eureka,CA,95501,707-555-0134,40.8030,-124.1600
Nowhere Clinic,Broken Row,1 A Street,,Eureka,CA,95501,707-555-0135,far,away
"""


def test_import_a_list_and_find_it(tmp_path, visits):
    data, table = tmp_path / "data", tmp_path / "list.csv"
    table.write_text(ROWS)
    said = run(
        *("import_table", "services", str(table)),
        *("--mapping", "ca-mental-health", "--data", str(data)),
    )
    assert "latitude" in said
    site = start("serve", data)
    try:
        page = visits.page(site)
        page.goto("/")
        page.get_by_label("Or say it in your own words").fill("Mental health Eureka")
        with page.expect_navigation():
            page.get_by_role("button", name="Search").click()
        assert "near Eureka" in heading(page)
        assert "Redwood Family Clinic" in " ".join(cards(page))

        page.goto("/es/")
        page.get_by_label("O dígalo con sus palabras").fill("salud mental 95501")
        page.keyboard.press("Enter")
        page.wait_for_url("**/es/find/")
        assert "Tidepool Clinic" in " ".join(cards(page))
        assert "inventados" not in page.locator("body").inner_text()
    finally:
        site.stop()
