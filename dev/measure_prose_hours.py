"""How much of real prose about hours is read, and whether it is read right.

    PYTHONPATH=src .venv/bin/python dev/measure_prose_hours.py [--write]

Reads the sentences and the structured schedules of ../shared/data, prints the figures, and with
--write draws the hundred proposals of docs/measurements/prose_hours.csv, keeping every verdict
whose proposal is still the same. docs/measurements/prose_hours.md says what the data are.
"""

import argparse
import csv
import json
import random
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tejido.directory.domain.prose_hours import Language, Proposal, propose_hours, say_hours

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT.parent / "shared" / "data"
SENTENCES = DATA / "schedules" / "san_mateo_hours_freetext.csv"
SERVICES = DATA / "services" / "san_mateo_2013_hsds31.ndjson"
VERDICTS = ROOT / "docs" / "measurements" / "prose_hours.csv"
SECOND_READER = VERDICTS.with_name("prose_hours_second_reader.csv")
FIELDS = ["sentence", "proposal", "verdict", "remark"]
SEED = 20261120
DRAWN = 100


def main() -> None:
    """Print the figures; draw the list when asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="draw the hundred into the list")
    sentences = _sentences()
    proposals = {sentence: propose_hours(sentence) for sentence in sentences}
    _print_share(sentences, proposals)
    _print_reasons(sentences, proposals)
    _print_agreement()
    if parser.parse_args().write:
        _write(_drawn(proposals))
    _print_verdicts(VERDICTS)
    _print_verdicts(SECOND_READER)


def shown(proposal: Proposal) -> str:
    """Return a proposal as one line: its hours, its flags, its notes."""
    marks = ["by appointment"] * proposal.by_appointment + [str(n) for n in proposal.notes]
    hours = say_hours(proposal.rules, Language.ENGLISH) or ""
    return f"{hours} [{', '.join(marks)}]".strip() if marks else hours


def _sentences() -> Counter[str]:
    with SENTENCES.open(encoding="utf-8", newline="") as file:
        return Counter(row["hours"] for row in csv.DictReader(file))


def _print_share(sentences: Counter[str], proposals: Mapping[str, Proposal]) -> None:
    proposed = [sentence for sentence in sentences if proposals[sentence].is_proposed]
    strings = sum(sentences[sentence] for sentence in proposed)
    print(f"proposed: {strings} of {sentences.total()} strings", end=" ")
    print(f"({strings / sentences.total():.1%}),", end=" ")
    print(f"{len(proposed)} of {len(sentences)} distinct ({len(proposed) / len(sentences):.1%})")


def _print_reasons(sentences: Counter[str], proposals: Mapping[str, Proposal]) -> None:
    reasons: Counter[str] = Counter()
    for sentence, count in sentences.items():
        if not proposals[sentence].is_proposed:
            reasons[proposals[sentence].notes[0]] += count
    print("not proposed:", ", ".join(f"{note} {count}" for note, count in reasons.most_common()))


def _drawn(proposals: Mapping[str, Proposal]) -> list[str]:
    proposed = sorted(sentence for sentence in proposals if proposals[sentence].is_proposed)
    # Repeatable on purpose: the same hundred for everybody.
    return sorted(random.Random(SEED).sample(proposed, DRAWN))  # noqa: S311


def _write(drawn: list[str]) -> None:
    known = {(row["sentence"], row["proposal"]): row for row in _verdicts(VERDICTS)}
    VERDICTS.parent.mkdir(exist_ok=True)
    with VERDICTS.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, FIELDS, lineterminator="\n")
        writer.writeheader()
        for sentence in drawn:
            key = (sentence, shown(propose_hours(sentence)))
            blank = {"sentence": key[0], "proposal": key[1], "verdict": "", "remark": ""}
            writer.writerow(known.get(key, blank))


def _verdicts(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _print_verdicts(path: Path) -> None:
    counts = Counter(row["verdict"] or "not yet read" for row in _verdicts(path))
    print(f"{path.stem}:", ", ".join(f"{verdict} {count}" for verdict, count in counts.items()))


def _print_agreement() -> None:
    """Compare with the schedules that the source structured, each beside its sentence."""
    answers: Counter[str] = Counter()
    for row in _schedules():
        if not row.get("freq"):
            answers["only a sentence"] += 1
            continue
        ours = propose_hours(row["description"])
        theirs = {(day, row["opens_at"], row["closes_at"]) for day in row["byday"].split(",")}
        answer = _answer(ours, theirs)
        answers[answer] += 1
        if answer != "same":
            print(f"  {answer}: {row['description']!r} is there {_openings_text(theirs)}", end="")
            print(f", here {shown(ours)}")
    print("structured:", ", ".join(f"{answer} {count}" for answer, count in answers.items()))


def _answer(ours: Proposal, theirs: set[tuple[str, str, str]]) -> str:
    if not ours.is_proposed:
        return "not proposed"
    found = {
        (day, str(rule.opens_at), str(rule.closes_at)) for rule in ours.rules for day in rule.byday
    }
    return "same" if found == theirs else "different"


def _openings_text(openings: set[tuple[str, str, str]]) -> str:
    days = " ".join(sorted(day for day, _, _ in openings))
    return f"{days} {min(first for _, first, _ in openings)} {max(o[2] for o in openings)}"


def _schedules() -> Iterator[dict[str, Any]]:
    with SERVICES.open(encoding="utf-8") as file:
        for line in file:
            for place in json.loads(line)["service_at_locations"]:
                yield from place.get("schedules", [])


if __name__ == "__main__":
    main()
