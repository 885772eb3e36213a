"""Small runs of what `./tejido promises` tries many times."""

import shutil
from pathlib import Path

import pytest
from conftest import absent

from tejido.config.trials import kills, power_cuts
from tejido.config.trials.site import embedded_site

pytestmark = pytest.mark.embedded


def test_what_people_were_thanked_for_is_there_after_the_server_was_killed() -> None:
    with embedded_site(kills._publish) as site:
        tally = kills._servers_killed(site, 2)

    assert tally.kills == 2
    assert tally.thanked > 0
    assert (tally.lost, tally.damaged) == (0, 0)


def test_what_was_acknowledged_is_there_after_the_power_was_cut(tmp_path: Path) -> None:
    compiler = shutil.which("cc")
    if not compiler:
        absent("needs a C compiler: sudo apt-get install gcc libc6-dev")
    trial = power_cuts._Trial(tmp_path, str(compiler))

    cut = trial.cut()

    assert cut.acknowledged > 0
    assert (cut.lost, cut.is_damaged) == (0, False)


def test_a_trial_in_which_nothing_was_acknowledged_shows_nothing() -> None:
    figure, _ = kills._told(kills.SQLITE, kills.Tally(kills=100))

    assert figure.met is False


def test_a_lost_write_or_a_damaged_database_is_told() -> None:
    for tally in (kills.Tally(100, 900, lost=1), kills.Tally(100, 900, damaged=1)):
        assert kills._told(kills.SQLITE, tally)[0].met is False
    assert kills._told(kills.SQLITE, kills.Tally(100, 900))[0].met is True
    lost = power_cuts.Cut(acknowledged=9, lost=1, is_damaged=False)
    kept = power_cuts.Cut(acknowledged=9, lost=0, is_damaged=False)
    assert power_cuts._told([kept, lost], [lost])[0].met is False
    # Where the disk that forgets loses nothing either, the trial shows nothing.
    assert power_cuts._told([kept], [kept])[-1].met is False
