"""Where files of an import are kept."""

import pytest

from tejido.directory.services.run_files import harmless_name


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\lists\\our list.xlsx", "our list.xlsx"),
        (".hidden", "hidden"),
        ("a\x00b\n.csv", "a-b-.csv"),
        ("", "list"),
        ("x" * 200 + ".csv", "x" * 76 + ".csv"),
    ],
)
def test_a_file_name_leads_nowhere(name, kept):
    assert harmless_name(name) == kept
