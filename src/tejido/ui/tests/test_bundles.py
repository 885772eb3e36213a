import gzip

import pytest
from django.contrib.staticfiles import finders

from tejido.ui import bundles


def test_tokens_come_first_and_paper_last():
    css = bundles.bundle_text("ui/tejido.css")

    assert css.index("--bg:") < css.index("box-sizing") < css.index(".btn {")
    assert css.rindex("@media print") > css.rindex(".ring {")


def test_every_part_is_in_one_stylesheet():
    joined = "".join(bundles.bundle_text(name) for name in bundles.bundle_names())

    for part in bundles.FOLDER.rglob("*.css"):
        assert bundles.without_comments(part.read_text(encoding="utf-8")) in joined


def test_comments_are_not_sent_to_phones():
    joined = "".join(bundles.bundle_text(name) for name in bundles.bundle_names())

    assert "/*" not in joined
    assert bundles.without_comments("/* a\nb */\n.a {\n}\n/* c */") == ".a {\n}\n"


def test_stylesheets_are_light_enough_for_a_slow_phone():
    weight = sum(
        len(gzip.compress(bundles.bundle_text(name).encode())) for name in bundles.bundle_names()
    )

    assert weight < 10_000


def test_collectstatic_is_offered_each_stylesheet():
    offered = {
        path: storage.open(path).read().decode()
        for path, storage in bundles.BundleFinder().list(None)
    }

    assert offered == {name: bundles.bundle_text(name) for name in bundles.bundle_names()}


@pytest.mark.parametrize("find_all", [False, True])
def test_stylesheets_are_no_files_to_find(find_all):
    assert not finders.find("ui/tejido.css", find_all=find_all)


def test_bundles_have_nothing_to_configure():
    assert bundles.BundleFinder().check() == []
