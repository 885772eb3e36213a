"""The order of the counties from neighbour to neighbour."""

import csv
from itertools import pairwise

import pytest

from tejido.geography.domain.neighbours import COUNTIES_IN_ORDER
from tejido.geography.reference import COUNTIES


def test_every_county_is_in_it_once():
    with COUNTIES.open(encoding="utf-8") as lines:
        every = [row["fips"] for row in csv.DictReader(lines)]

    assert sorted(COUNTIES_IN_ORDER) == sorted(every)


@pytest.mark.shared
def test_each_touches_the_one_before_it(shared_data):
    with (shared_data / "geo" / "ca_county_adjacency_2010.csv").open(encoding="utf-8") as lines:
        touching = {(row["orgfips"], row["adjfips"]) for row in csv.DictReader(lines)}

    assert set(pairwise(COUNTIES_IN_ORDER)) <= touching
