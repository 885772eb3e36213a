"""What was measured on four real lists still holds: docs/measurements/duplicates/README.md."""

import pytest
from measure_duplicates import VERDICTS, all_pairs, all_rows, linked, measured, verdicts

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def pairs(shared_data):
    assert (shared_data / "services" / "ca_fqhc.csv").exists()
    return all_pairs(list(all_rows()))


def test_every_pair_that_was_read_is_still_a_pair_in_a_block(pairs):
    now = {pair.key for pair in pairs}

    assert len(verdicts(VERDICTS)) == 150
    assert {row["verdict"] for row in verdicts(VERDICTS)} == {"same", "different", "unclear"}
    assert {(row["one"], row["other"]) for row in verdicts(VERDICTS)} <= now


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("precision, likely", 0.97),
        ("recall, likely", 0.64),
        ("precision, likely or maybe", 0.94),
        ("recall, likely or maybe", 0.88),
    ],
)
def test_precision_and_recall_are_what_was_reached(pairs, name, least):
    assert measured(pairs)[name] >= least


def test_what_would_be_linked_without_anybody_looking_was_judged_the_same(pairs):
    right, read = linked(pairs)

    assert read >= 40
    assert right == read
