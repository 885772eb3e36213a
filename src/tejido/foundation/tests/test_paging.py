"""Lists of the desk come in pages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tejido.foundation.paging import nearest_page, page_in


@given(st.integers(-5, 10**9), st.integers(0, 10**6), st.integers(1, 200))
def test_the_page_exists_and_every_row_has_one(asked, total, rows):
    page, pages = nearest_page(asked, total, rows=rows)

    assert 1 <= page <= pages
    assert (pages - 1) * rows < max(total, 1) <= pages * rows
    assert page == asked or asked < 1 or asked > pages


@pytest.mark.parametrize(
    ("text", "page"), [("3", 3), ("", 1), ("x", 1), ("-2", 1), ("٣", 1), ("9" * 30, 1)]
)
def test_an_address_that_names_no_page_means_the_first(text, page):
    assert page_in(text) == page
