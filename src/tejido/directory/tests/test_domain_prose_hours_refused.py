"""Sentences about hours that are left to people: wrong hours are worse than none."""

import pytest

from tejido.directory.domain.prose_hours import Note, Proposal, propose_hours

REASONS = {
    Note.NEEDS_START_DATE: [
        "alternate Thursdays 2-5",
        "Thursdays every other week 2-5",
        "every second Tuesday 2-5",
        "cada dos semanas, jueves 2-5",
        "jueves 2-5, quincenal",
        "Monday-Friday 9-5. Closed alternate Fridays",
    ],
    Note.AMBIGUOUS_TIME: [
        "Monday 7-10",
        "nightly 8-2",
        "Monday 8-9",
        "Monday 8-10 pm",
        "Monday 8 am-10",
        "Monday 7-7",
        "Monday 5-7",
        "Monday 9am-5am",
        "Monday 12am-5pm",
        "Monday 9-5, 4-6",
        "lunes 14-18; martes 1-5",
    ],
    Note.AMBIGUOUS_DAYS: [
        "1st and 3rd Thursday, Friday 2-5",
        "every night and first Monday 8 pm-2 am",
        "Monday-Friday, Wednesday 9-5",
        "Tuesday 2nd & 4th Thursday 2-5",
        "Monday-Monday 9-5",
        "M-S 9-5",
        "M-T 9-5",
        "L-M-V 9-5",
        "M-V 9-5",
        "9 a 12 m",
        "Mar 10-2",
        "9-5 Monday-Friday, Saturday by appointment",
        "9-5 Monday-Friday, Saturday mornings",
        "Saturday 9-1 closed Sunday Monday 9-5",
        "Monday-Friday 9-5 except Wednesday 9-7",
        "Monday-Friday, closed weekends, 9-5",
        "Sunday closed Monday 9-5",
        "Monday 9-5; some Saturdays 9-1",
        "Daily 9-5, closed Monday holidays",
        "Daily 9-5, except Monday holidays",
        "Daily 9-5, closed Thanksgiving Thursday",
        "Daily 9-5; holidays closed Sunday 9-5",
        "24 hours Monday-Friday, Saturday by appointment",
    ],
    Note.CONTRADICTION: [
        "Monday-Friday 9-5; Friday 9-3",
        "Monday-Friday 9-5; Wednesday 12-8",
        "Monday-Friday 9-12; Wednesday 1-5",
        "Monday-Friday 9-5; 24 hours",
        "Monday-Friday 9-5; Saturday until 7",
        "Monday-Friday 9-5 (closed Wednesday 9-5)",
        "Monday-Friday 9-5; closed 6 pm-7 pm",
        "Monday 9-5; closed 1st Monday",
        "Saturdays 9-12 (except 1st Saturday)",
        "Monday 9-5, closed Monday",
        "Saturday 9-5; Monday 9-1; closed Monday",
        "Saturday 10-2; closed 9 am-1 pm",
        "Mon-Fri 9-5; 2nd Friday 9-12",
        "Daily except Tuesday and 4th Monday, 10-5",
        "lunes a sábado menos miércoles y 1er jueves, 9-5",
        "Daily 11-9; Friday until 12",
        "Tuesday and 1st Saturday 9-12; closed Saturdays",
        "Mon-Fri 9-12, closed Wed; Wed, Sat 9-3",
    ],
    Note.NO_DAYS: ["9-5", "8:30-5:30", "de 9 a 17 h"],
    Note.NO_HOURS: [
        "Monday-Friday",
        "Daily",
        "Monday 9",
        "Monday 9-noon-5",
        "Saturday of the month 9-5",
        "Monday 9-5 some",
        "closed Wednesday, by appointment",
        "Tuesday, Thursday - by appointment only",
        "closed for lunch Monday",
        "Daily 9-5; Monday holidays closed",
        "Monday-Friday 9-5. Saturday",
        "",
        " \n ",
        "horario",
    ],
    Note.SEASON: [
        "May - October Saturday 10:00 AM to 2:00 PM",
        "Summer, 8 am-5 pm daily",
        "lunes 9-5 en verano",
    ],
    Note.VARIES: [
        "Vary according to program",
        "Horario variable",
        "whenever we are there",
        "Depends on the weather",
        "cuando estamos",
    ],
    Note.DAYLIGHT: ["Daily, 8 am-sunset", "Sunrise to sunset", "todos los días 8 am-anochecer"],
    Note.SEVERAL_PARTS: [
        "Office: Monday-Friday 9-5; Clinic: Monday 1-4",
        "Monday-Friday 9-5 (Office); Saturday 9-1 (Library)",
        "Monday-Friday 9-5; Saturday 9-1 (Library)",
    ],
    Note.PARTLY_BY_APPOINTMENT: [
        "Mon-Wed 9-5 by appointment; Thu 9-5",
        "By appointment Mon-Wed 9-5; Thu 9-5",
        "By appointment and Thursday 2-5",
        "con cita y lunes 9-5",
        "Tuesday 9-12, 1-4 by appointment",
        "Daily 9-5; Sunday by appointment only",
        "Monday-Friday 9-5; Wednesday by appointment",
        "Monday-Friday 9-5; mornings by appointment",
        "Monday-Friday 9-5 (Tuesday appointments)",
        "Monday-Thursday 9-9; evenings by appointment",
        "lunes a viernes 9-5; miércoles con cita",
    ],
    Note.NOT_UNDERSTOOD: [
        "Monday-Friday, 9-5 (EST)",
        "Bonnie: Tuesday-Thursday, 10-6",
        "Monday-Friday, 9-5, for referrals",
        "Not open Monday 9-5",
        "Friday, 9-45",
        "Call 650-555-0142 Monday-Friday 9-5",
        "Munday 9-5",
        "closed for lunch",
        "pm Monday 9-5",
        "Monday 1-5 pm am",
        "Monday 9-5 or Tuesday 9-5",
        "24-hour telephone assistance",
        "Saturday and holidays 9-5",
        "Monday-Friday 9-5; holidays 10-2",
    ],
}


@pytest.mark.parametrize(
    ("note", "sentence"), [(note, each) for note, some in REASONS.items() for each in some]
)
def test_what_has_no_single_meaning_is_not_proposed_and_says_why(note, sentence):
    proposal = propose_hours(sentence)

    assert not proposal.is_proposed
    assert note in proposal.notes
    assert (proposal.rules, proposal.always, proposal.by_appointment) == ((), False, False)


@pytest.mark.parametrize(
    ("sentence", "leftovers"),
    [
        ("Monday-Friday, 8:30-5; Saturday, 8-11", ("8-11",)),
        ("Monday-Friday, 9-5; ESL Monday, 7-9", ("ESL Monday, 7-9",)),
        ("Office 9-5. Clínica de día: lunes", ("Office 9-5", "Clínica de día: lunes")),
        ("Hours vary by Season", ("Hours vary by Season",)),
        ("Mon-Fri 9-5; Friday 9-3", ("Mon-Fri 9-5; Friday 9-3",)),
    ],
)
def test_the_parts_that_were_not_understood_are_shown_as_they_were_written(sentence, leftovers):
    assert propose_hours(sentence).leftovers == leftovers


def test_one_part_that_is_not_understood_leaves_nothing_of_the_others():
    assert propose_hours("Monday-Friday, 9-5").is_proposed
    assert propose_hours("Monday-Friday, 9-5; projects on week nights") == Proposal(
        leftovers=("projects on week nights",), notes=(Note.NOT_UNDERSTOOD,)
    )


def test_a_page_of_text_is_no_sentence():
    page = "Monday 9-5; " * 200

    assert propose_hours(page).leftovers == (page.strip(),)
