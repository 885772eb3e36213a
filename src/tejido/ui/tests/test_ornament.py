from tejido.ui.domain import ornament


def row_of(row):
    letters = {"warp": "."}
    return "".join(
        letters.get(thread, thread)
        for thread in (ornament.thread_at(column, row) for column in range(ornament.COLUMNS))
    )


def test_ribbon_is_the_diamond_of_the_guide():
    assert [row_of(row) for row in range(ornament.ROWS)] == [
        "aa....c.a.c....a",
        "a....c.a.a.c....",
        "....c.a.b.a.c...",
        "...c.a.bbb.a.c..",
        "....c.a.b.a.c...",
        "a....c.a.a.c....",
        "aa....c.a.c....a",
    ]


def test_ribbon_repeats_without_a_seam():
    assert ornament.thread_at(16, 3) == ornament.thread_at(0, 3)


def test_ribbon_draws_every_stitch_once():
    for thin, rows in ((False, 7), (True, 3)):
        paths = ornament.ribbon_paths(thin=thin)
        assert sum(path.count("M") for path in paths.values()) == 16 * rows


def test_two_ribbons_of_a_page_have_patterns_of_their_own():
    svg = ornament.ribbon_svg(pattern_id="foot")

    assert 'id="foot"' in svg
    assert "url(#foot)" in svg


def test_drawings_are_silent_and_carry_no_colour():
    for svg in (ornament.ribbon_svg(), ornament.ribbon_svg(thin=True), ornament.mark_svg()):
        assert 'aria-hidden="true" focusable="false"' in svg
        assert "style=" not in svg
        assert "#" not in svg.replace("url(#", "")
