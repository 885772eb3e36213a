"""The command: what it says, as lines and for programs, and the status with which it ends."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from tejido.directory.tests.hsds_api import an_api
from tejido.directory.tests.hsds_feed import a_service


def ended(*arguments):
    """Return the status, and what was said on both ways out."""
    said, problems = StringIO(), StringIO()
    with pytest.raises(SystemExit) as end:
        call_command("check_hsds", *map(str, arguments), stdout=said, stderr=problems)
    return end.value.code, said.getvalue(), problems.getvalue()


def written(folder, *services):
    path = folder / "feed.json"
    path.write_text(json.dumps(services))
    return path


@pytest.mark.parametrize(
    ("changes", "status", "last"),
    [
        ({}, 0, "passes"),
        ({"url": "example"}, 1, "passes with 1 kind of warning"),
        ({"status": "open", "name": ""}, 2, "fails: 2 kinds of failures"),
    ],
)
def test_the_status_says_pass_warnings_or_fail(tmp_path, changes, status, last):
    path = written(tmp_path, a_service(1, **changes))

    code, said, _ = ended(path)

    assert code == status
    assert said.endswith(f"{path}: {last}\n")


def test_each_rule_is_told_with_its_first_places_and_what_to_do(tmp_path):
    path = written(tmp_path, *(a_service(number, status="open") for number in range(1, 9)))

    _, said, _ = ended(path)

    lines = said.splitlines()
    assert lines[0].startswith("FAILURE word-unknown (8): A value is none of the words")
    assert lines[1] == "    feed.json, /0/status: open"
    assert lines[6] == "    and 3 more places"
    assert lines[7] == "    What to do: Use one of its words, written exactly as there."


def test_programs_get_json(tmp_path):
    code, said, _ = ended(written(tmp_path, a_service(1, status="open")), "--json")

    report = json.loads(said)
    assert (code, report["verdict"], report["exit_status"]) == (2, "fail", 2)
    assert report["checked"] == {"service": 1}
    (rule,) = report["rules"]
    assert (rule["id"], rule["severity"], rule["checklist"]) == ("word-unknown", "failure", [13])
    place = {"where": "feed.json", "row": None, "at": "/0/status", "found": "open"}
    assert rule["places"] == [place]


def test_an_api_on_this_computer_needs_the_word_of_the_operator():
    with an_api() as api:
        refused = ended(api.url)
        allowed = ended(api.url, "--allow-private", "-v", "2")

    assert refused[0] == 2
    assert "Only public addresses are fetched." in refused[2]
    assert allowed[0] == 0
    assert f"Asking {api.url}/services" in allowed[2]


def test_a_file_that_is_not_there_fails_with_a_sentence(tmp_path):
    code, said, problems = ended(tmp_path / "nothing.json")

    assert (code, said) == (2, "")
    assert "There is no file nothing.json." in problems
