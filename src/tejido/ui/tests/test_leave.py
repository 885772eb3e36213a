import shutil
import subprocess
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parents[1] / "static_tests"
NODE = shutil.which("node")


@pytest.mark.skipif(NODE is None, reason="needs Node: apt-get install nodejs")
def test_quick_exit_keeps_its_promises():
    """The script's own tests, by Node's runner."""
    run = subprocess.run(
        [NODE, "--test", *map(str, sorted(SCRIPTS.glob("*.test.mjs")))],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert run.returncode == 0, run.stdout + run.stderr
