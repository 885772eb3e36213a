"""A small run of what `./tejido promises --only tables` tries at length."""

from tejido.disclosure.promises import promise_tables


def test_nobody_recovers_a_hidden_cell_and_hardly_more_is_hidden_than_needed():
    figures = {figure.name: figure for figure in promise_tables(tries=20)}

    assert figures["hidden cells exactly recoverable"].value == 0
    assert figures["small counts told too nearly"].value == 0
    assert [name for name, figure in figures.items() if figure.met is False] == []
    assert figures["hidden cells of tables of 58 x 12"].tries == 1
