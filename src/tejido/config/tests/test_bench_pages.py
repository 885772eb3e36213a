"""`bench pages`: which pages are looked at, and what is read from a report of Lighthouse."""

import json
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tejido.config.benches import browser
from tejido.config.benches.browser import TOOL, Lighthouse, NoLighthouse, scores_of
from tejido.config.benches.pages import LEAST, looked_at


def test_every_shared_page_is_looked_at_in_both_languages_on_both_devices() -> None:
    looks = {(each.page, each.language, each.device) for each in looked_at()}

    assert len(looks) == len(looked_at()) == 3 * 2 * 2
    assert {each.path for each in looked_at() if each.page == "home"} == {"", "es/"}


def test_only_a_list_is_not_judged_by_how_it_is_found() -> None:
    found = {each.page for each in looked_at() if "seo" in each.categories}

    assert found == {"home", "place"}
    assert all(set(each.categories) >= set(LEAST) - {"seo"} for each in looked_at())


def test_scores_are_read_as_of_a_hundred() -> None:
    report = {"categories": {"performance": {"score": 0.99}, "seo": {"score": 1}}}

    assert scores_of(report) == {"performance": 99.0, "seo": 100}


def test_a_page_that_could_not_be_looked_at_has_no_score() -> None:
    report = {"runtimeError": {"message": "nothing was painted"}, "categories": {}}

    with pytest.raises(RuntimeError, match="nothing was painted"):
        scores_of(report)


def test_a_page_whose_trace_was_lost_is_looked_at_again_three_times_at_most(
    monkeypatch: Any,
) -> None:
    asked: list[str] = []

    def lost(_self: Lighthouse, url: str, _device: str, _categories: Any) -> dict[str, float]:
        asked.append(url)
        if len(asked) == 2:
            return {"seo": 100}
        raise RuntimeError(url)

    monkeypatch.setattr(Lighthouse, "_looked", lost)
    look = partial(Lighthouse("node", "chromium").scores, device="mobile", categories=["seo"])

    assert look("a") == {"seo": 100}
    with pytest.raises(RuntimeError):
        look("b")
    assert asked == ["a", "a", "b", "b", "b"]


def test_without_node_the_bench_says_what_to_install(monkeypatch: Any, tmp_path: Path) -> None:
    monkeypatch.setattr(browser, "PROGRAM", tmp_path / "none")
    monkeypatch.setattr(browser.shutil, "which", lambda _name: None)

    with pytest.raises(NoLighthouse, match="npm"):
        Lighthouse.installed()


def test_lighthouse_is_locked_to_one_version_with_its_hashes_and_no_host() -> None:
    asked = json.loads((TOOL / "package.json").read_text())["devDependencies"]["lighthouse"]
    locked = json.loads((TOOL / "package-lock.json").read_text())["packages"]

    assert locked["node_modules/lighthouse"]["version"] == asked
    assert [name for name, each in locked.items() if name and "integrity" not in each] == []
    assert [name for name, each in locked.items() if "resolved" in each] == []
