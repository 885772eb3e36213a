"""What somebody typed is nowhere in the memory of the server once they have their answer."""

import gc
from functools import lru_cache

import pytest

from tejido.finder.testing import a_listing, a_snapshot

CONTAINERS = (dict, list, tuple, set, frozenset)
LONGEST = 200
SEARCH = "/api/finder/v1/search"


@pytest.fixture
def words():
    """What is typed, put together here so that no constant of the code holds it."""
    return [
        "".join(parts) for parts in (("tecol", "ote5902"), ("quel", "vanor"), ("naloxo", "enz"))
    ]


@pytest.mark.parametrize("page", ["/find/", "/es/find/"])
def test_what_was_typed_is_kept_in_no_memory(client, settings, words, page):
    a_snapshot(settings.SNAPSHOTS, [a_listing(1)])

    for typed in words:
        assert client.post(page, {"q": typed, "place": "Oakland"}).status_code == 200
        assert client.post(page, {"q": "narcan", "place": typed}).status_code == 200
        assert client.get(SEARCH, {"q": typed}).status_code == 200
        client.get("/")

    assert kept(words) == []


def test_a_word_that_a_function_keeps_is_found(words):
    remember = lru_cache(str.upper)
    remember(words[0])

    assert kept(words) != []


def kept(words):
    """Return what holds a text with one of the words, wherever Python keeps it."""
    gc.unfreeze()
    gc.collect()
    tracked = gc.get_objects()
    # Python does not look after plain tables of texts, such as that of `lru_cache`.
    plain = [each for each in gc.get_referents(*tracked) if not gc.is_tracked(each)]
    # By its type: a lazy object would be made by being asked what it is.
    held = (each for each in (*tracked, *plain) if issubclass(type(each), CONTAINERS))
    return [
        each for each in held if each is not words and any(tells(x, words) for x in list(each))
    ]


def tells(text, words):
    return isinstance(text, str) and len(text) < LONGEST and any(word in text for word in words)
