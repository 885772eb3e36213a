"""Removing what a phone keeps: it says that nothing is left only where nothing is."""

import pytest

from tejido.finder.tests.phone import run_node

HELD = {
    "caches": ["kept-lists", "kept-pages-1"],
    "workers": ["/sw.js"],
    "databases": {"other": "onsuccess"},
    "local": {"theme": "dark"},
    "session": {"place": "Fresno"},
    "stays": [],
}


def test_all_that_a_page_can_remove_goes(tmp_path):
    told = run_node(tmp_path, "remove.mjs", HELD)

    assert told == {"isGone": True, "local": {}, "session": {}}


@pytest.mark.parametrize("end", ["onblocked", "onerror"])
def test_a_database_that_is_held_open_is_not_called_removed(tmp_path, end):
    told = run_node(tmp_path, "remove.mjs", HELD | {"databases": {"other": end}})

    assert not told["isGone"]


@pytest.mark.parametrize("name", ["kept-lists", "/sw.js"])
def test_a_list_or_worker_that_stays_is_not_called_removed(tmp_path, name):
    assert not run_node(tmp_path, "remove.mjs", HELD | {"stays": [name]})["isGone"]


def test_that_somebody_left_stays_known_so_that_back_shows_no_list_of_before(tmp_path):
    session = {"left": "1795197600000", "place": "Fresno"}

    told = run_node(tmp_path, "remove.mjs", HELD | {"session": session})

    assert told["session"] == {"left": "1795197600000"}
