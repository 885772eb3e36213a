"""Text messages in a terminal, and how long they take."""

import io
import sys

import pytest
from django.core.cache import cache
from django.core.management import call_command

from tejido.finder.bench_texts import bench_texts
from tejido.finder.testing import a_snapshot
from tejido.finder.tests.texting import places

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def published(settings, own_data_folder):
    cache.clear()
    a_snapshot(settings.SNAPSHOTS, [each for each in places() if each.id.int == 3])


def told(*messages, **options):
    out = io.StringIO()
    call_command("text", *messages, stdout=out, **options)
    return out.getvalue()


def test_messages_of_a_command_are_one_conversation():
    assert told("narcan 94606", "1").startswith(
        "> narcan 94606\nNear 94606:\n1. Green door, 3 mi, call first\n1 = details.\n[1 x]\n\n"
        "> 1\nGreen door\n1 Main Street\ncall first, 3 mi\n"
    )


def test_without_messages_lines_are_read(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO("narcan 94606\n\nSTOP\nnarcan 94606\n"))

    lines = told().splitlines()

    assert [line for line in lines if line.startswith(">")] == [
        "> narcan 94606",
        "> STOP",
        "> narcan 94606",
    ]
    assert lines[-2:] == ["[no answer]", ""]


def test_two_numbers_have_two_conversations():
    told("narcan 94606", sender="+15105550199")

    assert "We have no list" in told("1", sender="+15105550198")
    assert "Green door" in told("1", sender="+15105550199")


def test_text_messages_are_measured():
    figures = {figure.name: figure for figure in bench_texts(rows=200)}

    assert figures["messages"].value == 360
    assert figures["text answer p95, wall"].target == "<= 150"
    assert 0 < figures["text answer p50, wall"].value <= figures["text answer p99, wall"].value
