import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tejido.ui.charts import BarChart, Key, Line
from tejido.ui.domain.bars import LOOKS, NARROW, WIDE, Bar, bars_svg, extents, swatch_svg

COUNTS = st.lists(st.integers(0, 50_000), min_size=1, max_size=5)


def drawn(*bars, looks=LOOKS, width=WIDE, name="x", title="T", desc="D"):
    return bars_svg(bars, looks=looks, width=width, name=name, title=title, desc=desc)


def widths(svg, look):
    return [
        float(width)
        for width in re.findall(rf'<rect class="bars__{look}" [^>]*? width="([\d.]+)"', svg)
    ]


@given(counts=COUNTS)
def test_parts_follow_each_other_stay_inside_and_what_is_there_is_seen(counts):
    of = max(1, sum(counts))

    places = extents(counts, of=of, width=NARROW)

    end = 0.0
    for count, (start, wide) in zip(counts, places, strict=True):
        assert start == pytest.approx(end)
        assert (wide >= 1) == bool(count)
        end = start + wide
    assert end <= NARROW + 0.001


def test_a_half_is_half_as_wide_as_the_bar():
    svg = drawn(Bar("Hours", "5 of 10", (5, 5), 10), looks=("solid", "bare"))

    assert widths(svg, "solid") == [WIDE / 2 - 1]
    assert widths(svg, "bare") == [WIDE - 1]


def test_a_bar_of_nothing_is_an_outline_alone():
    svg = drawn(Bar("Hours", "–", (0, 0, 0, 0, 0), 0))

    assert [look for look in LOOKS if widths(svg, look)] == ["bare"]


def test_words_cannot_break_out_of_the_drawing():
    svg = drawn(Bar("<b>", "&", (0,) * 5, 0), title="</title><script>", desc="<x>")

    assert "<script" not in svg
    assert ElementTree.fromstring(svg) is not None


def test_a_drawing_is_named_by_its_title_and_described_by_its_numbers():
    svg = drawn(name="fresh", title="Found", desc="Numbers")

    assert 'role="img" aria-labelledby="fresh-title fresh-desc"' in svg
    assert '<title id="fresh-title">Found</title><desc id="fresh-desc">Numbers</desc>' in svg


@pytest.mark.parametrize("look", LOOKS)
def test_every_look_has_a_sample_that_screen_readers_pass_over(look):
    assert f"bars__{look}" in swatch_svg(look, name="key")
    assert 'aria-hidden="true"' in swatch_svg(look, name="key")


def test_a_chart_is_described_line_by_line():
    chart = BarChart(
        *("name", "Found", "About", "Part", "All"),
        keys=(Key("solid", "There"), Key("bare", "Missing")),
        lines=(Line(Bar("Hours", "1,200 of 1,201", (1200, 1), 1201)),),
    )

    assert chart.described() == "Hours: There 1,200, Missing 1."
