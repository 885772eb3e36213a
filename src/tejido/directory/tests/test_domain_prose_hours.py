"""Sentences about hours, English and Spanish, beside the opening rules that they state."""

import pytest

from tejido.directory.domain.opening import is_computable
from tejido.directory.domain.prose_hours import Note, propose_hours

ENGLISH = {
    "Monday-Thursday, 8:30-5; Friday, 8:30-4": "MO TU WE TH 08:30-17:00 | FR 08:30-16:00",
    "Monday-Friday, 9-12, 1-5": "MO TU WE TH FR 09:00-12:00 | MO TU WE TH FR 13:00-17:00",
    "M-F 9-5": "MO TU WE TH FR 09:00-17:00",
    "MWF 9-5": "MO WE FR 09:00-17:00",
    "TTh 1-4": "TU TH 13:00-16:00",
    "M/W/F, 10am to 2pm": "MO WE FR 10:00-14:00",
    "Mo-Fr 08:00-18:00; Sa 10:00-14:00": "MO TU WE TH FR 08:00-18:00 | SA 10:00-14:00",
    "Mon., Wed. & Fri.: 9 a.m. - 5 p.m.": "MO WE FR 09:00-17:00",
    "Friday thru Monday 10-3": "MO FR SA SU 10:00-15:00",
    "Monday & Friday: 10:00am-3:30pm Tuesday, Wednesday, and Thursday: 10:00am-2:30pm": (
        "MO FR 10:00-15:30 | TU WE TH 10:00-14:30"
    ),
    "9-5 M-F 10-2 Sat": "MO TU WE TH FR 09:00-17:00 | SA 10:00-14:00",
    "8am - 5pm, 7 days a week": "MO TU WE TH FR SA SU 08:00-17:00",
    "Daily, 5:30 am-12 midnight": "MO TU WE TH FR SA SU 05:30-00:00",
    "weekdays noon-3; weekends 10-noon": "MO TU WE TH FR 12:00-15:00 | SA SU 10:00-12:00",
    "Friday 8pm-2am": "FR 20:00-02:00",
    "Every night 8pm - 2am": "MO TU WE TH FR SA SU 20:00-02:00",
    "Open nightly, 7 pm to 7 am": "MO TU WE TH FR SA SU 19:00-07:00",
    "every night 6-9": "MO TU WE TH FR SA SU 18:00-21:00",
    "Nightly except Sunday 8pm-2am": "MO TU WE TH FR SA 20:00-02:00",
    "Monday-Friday, 24 hours": "MO TU WE TH FR 00:00-00:00",
    "Monday evenings 6-9": "MO 18:00-21:00",
    "1st and 3rd Thursday 2-5pm": "monthly 1TH 3TH 14:00-17:00",
    "First Monday of the month, 1:30-4": "monthly 1MO 13:30-16:00",
    "last Friday of the month 3-6": "monthly -1FR 15:00-18:00",
    "every first Saturday of the month from 9AM-12PM": "monthly 1SA 09:00-12:00",
    "First Saturday morning of the month (8 am-10 am)": "monthly 1SA 08:00-10:00",
    "1st Tuesday and 2nd, 4th Friday 9-12": "monthly 1TU 2FR 4FR 09:00-12:00",
    "Tuesday, Thursday, 12-3; first and third Saturday of the month, 12-3": (
        "TU TH 12:00-15:00 | monthly 1SA 3SA 12:00-15:00"
    ),
    "Tuesday-Sunday, 10-5; first Friday of the month, 8 pm-11 pm": (
        "TU WE TH FR SA SU 10:00-17:00 | monthly 1FR 20:00-23:00"
    ),
    "Mon-Fri 9-5, until 7 pm on Wednesdays": "MO TU TH FR 09:00-17:00 | WE 09:00-19:00",
    "Mon-Fri 9-5; Wednesdays until 7": "MO TU TH FR 09:00-17:00 | WE 09:00-19:00",
    "Monday-Friday 8 am-5 pm; Tuesday 5 pm-9 pm": "MO WE TH FR 08:00-17:00 | TU 08:00-21:00",
    "Monday-Friday, 2:30-7:30, Wednesday, 1:10-7:30": ("MO TU TH FR 14:30-19:30 | WE 13:10-19:30"),
    "January - December Saturday 9:00 AM to 1:00 PM": "SA 09:00-13:00",
    "Monday-Firday, 7:30-4;30": "MO TU WE TH FR 07:30-16:30",
    "Saturnday\u00a0 9 – 1": "SA 09:00-13:00",
    "Mon-Fri 8:30am-5:00pm | Sat 9-1 | Sun closed": (
        "MO TU WE TH FR 08:30-17:00 | SA 09:00-13:00"
    ),
}
SPANISH = {
    "Lunes a viernes de 8 a 17 h": "MO TU WE TH FR 08:00-17:00",
    "lun-vie 9am-5pm": "MO TU WE TH FR 09:00-17:00",
    "todas las noches de 8 pm a 2 am": "MO TU WE TH FR SA SU 20:00-02:00",
    "L-V 9-17; S 10-14": "MO TU WE TH FR 09:00-17:00 | SA 10:00-14:00",
    "lunes a viernes de 8:00 a. m. a 5:00 p. m.": "MO TU WE TH FR 08:00-17:00",
    "Lunes, miércoles y viernes, de 9 de la mañana a 1 de la tarde": "MO WE FR 09:00-13:00",
    "martes y jueves desde las 10 hasta las 13 hs": "TU TH 10:00-13:00",
    "primer y tercer jueves 2-5 pm": "monthly 1TH 3TH 14:00-17:00",
    "el 2º y 4º martes de cada mes, de 1 a 3 de la tarde": "monthly 2TU 4TU 13:00-15:00",
    "último viernes del mes, mediodía a 3 p.m.": "monthly -1FR 12:00-15:00",
    "todos los días de 9 a 5": "MO TU WE TH FR SA SU 09:00-17:00",
    "entre semana 8-5; fines de semana 10-2": "MO TU WE TH FR 08:00-17:00 | SA SU 10:00-14:00",
    "Sabados y domingos de 22hs a 06hs": "SA SU 22:00-06:00",
    "jueves de 8 de la noche a 12 de la noche": "TH 20:00-00:00",
    "lunes por la tarde 5-7": "MO 17:00-19:00",
    "mar y jue 10-2": "TU TH 10:00-14:00",
    "Lunes a viernes 9-12 y 1-5 | Sábado y domingo CERRADO": (
        "MO TU WE TH FR 09:00-12:00 | MO TU WE TH FR 13:00-17:00"
    ),
    "Lunes a viernes de 9 a 6, cerrado de 1 a 2": (
        "MO TU WE TH FR 09:00-13:00 | MO TU WE TH FR 14:00-18:00"
    ),
    "8:30 a 13:45 lunes a jueves": "MO TU WE TH 08:30-13:45",
    "1er. y 3er. jueves 2-5 pm": "monthly 1TH 3TH 14:00-17:00",
    "los días lunes y jueves de 8 a 12 md": "MO TH 08:00-12:00",
    "viernes de 8 a 12 del día": "FR 08:00-12:00",
    "viernes de 10 pm a 2 de la madrugada": "FR 22:00-02:00",
    "lunes a jueves de 14:00 PM a 18:45 PM": "MO TU WE TH 14:00-18:45",
}
ELSEWHERE = {
    "M-Th 8:30-5:30, F-8:30-6, Sat 9-12": (
        "MO TU WE TH 08:30-17:30 | FR 08:30-18:00 | SA 09:00-12:00"
    ),
    "M-Th 8:30am-4:00pm Fridays 8:30am-Noon": "MO TU WE TH 08:30-16:00 | FR 08:30-12:00",
    "Mon - Wed, Fri: 10:00 a.m. - 5:30 p.m. Thu: 10:00 a.m. - 7:00 p.m. Closed Sundays": (
        "MO TU WE FR 10:00-17:30 | TH 10:00-19:00"
    ),
    "Mon–Fri 6:00–16:30, Sat 6:00–12:00; closed Sundays": (
        "MO TU WE TH FR 06:00-16:30 | SA 06:00-12:00"
    ),
    "Tuesdays and Thursdays from 3:30 to 4:50 pm": "TU TH 15:30-16:50",
    "Lunes a viernes de 18 a  1 y Sábados y domingos de 16 a 2 hs": (
        "MO TU WE TH FR 18:00-01:00 | SA SU 16:00-02:00"
    ),
    "Lunes a Viernes 9-18hs, Sábados 10-14hs": "MO TU WE TH FR 09:00-18:00 | SA 10:00-14:00",
    "De lunes a jueves de 09:00 horas a 13:00 horas.": "MO TU WE TH 09:00-13:00",
    "Lun-Vie de 8am-12pm y 2pm-6pm.": ("MO TU WE TH FR 08:00-12:00 | MO TU WE TH FR 14:00-18:00"),
    "LUNES, MIÉRCOLES Y VIERNES de 7 am a 12 pm.": "MO WE FR 07:00-12:00",
}
CLOSINGS = {
    "Monday, Tuesday, 8-5; Wednesday, 11-5; closed 12-1": (
        "MO TU 08:00-12:00 | WE 11:00-12:00 | MO TU WE 13:00-17:00"
    ),
    "Monday-Friday, 9-5, closed for lunch 1 pm - 2 pm": (
        "MO TU WE TH FR 09:00-13:00 | MO TU WE TH FR 14:00-17:00"
    ),
    "open M-F, 9-5pm - closed Thur. 12-5": "MO TU WE FR 09:00-17:00 | TH 09:00-12:00",
    "Daily 9-5, closed Sunday": "MO TU WE TH FR SA 09:00-17:00",
    "Daily except Sunday, 9-5": "MO TU WE TH FR SA 09:00-17:00",
    "10-4 every day except Tuesday": "MO WE TH FR SA SU 10:00-16:00",
    "1st Saturday 9-12; closed 5th Saturday": "monthly 1SA 09:00-12:00",
    "Monday-Friday 9-12, 1-5 (closed 12-1)": (
        "MO TU WE TH FR 09:00-12:00 | MO TU WE TH FR 13:00-17:00"
    ),
}


def shown(rules):
    """Show rules as `MO TU 09:00-17:00 | monthly 1TH 14:00-17:00`, whatever their order."""
    texts = []
    for rule in rules:
        freq = "" if rule.freq == "WEEKLY" else "monthly "
        hours = f"{rule.opens_at:%H:%M}-{rule.closes_at:%H:%M}"
        texts.append(f"{freq}{' '.join(rule.byday)} {hours}")
    return sorted(texts)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [*ENGLISH.items(), *SPANISH.items(), *ELSEWHERE.items(), *CLOSINGS.items()],
)
def test_a_sentence_becomes_the_openings_that_it_states(sentence, expected):
    proposal = propose_hours(sentence)

    assert shown(proposal.rules) == sorted(expected.split(" | "))
    assert (proposal.leftovers, proposal.by_appointment) == ((), False)
    assert is_computable(proposal.rules)


@pytest.mark.parametrize(
    "sentence",
    ["24/7", "24 hours", "24-hour facility", "24 hours a day, 7 days a week", "24 horas",
     "24/7/365", "Abierto las 24 horas, los 365 días del año",
     "las 24 horas del día, los 7 días de la semana", "Sunday-Saturday, 24 hours"],
)  # fmt: skip
def test_day_and_night_is_always(sentence):
    proposal = propose_hours(sentence)

    assert proposal.always
    assert shown(proposal.rules) == ["MO TU WE TH FR SA SU 00:00-00:00"]


@pytest.mark.parametrize("sentence", ["By appointment", "con cita", "Solo con cita previa"])
def test_nothing_but_appointments_has_no_rules(sentence):
    proposal = propose_hours(sentence)

    assert (proposal.rules, proposal.by_appointment, proposal.is_proposed) == ((), True, True)


@pytest.mark.parametrize(
    "sentence", ["By appointment: Monday-Friday, 8-5", "lunes a viernes 8-5 (con cita)"]
)
def test_hours_by_appointment_keep_their_hours(sentence):
    proposal = propose_hours(sentence)

    assert proposal.by_appointment
    assert shown(proposal.rules) == ["MO TU WE TH FR 08:00-17:00"]


@pytest.mark.parametrize(
    ("sentence", "note"),
    [
        ("Monday-Friday, 9 am-5 pm; Saturday by appointment", Note.APPOINTMENT_AT_OTHER_TIMES),
        ("Monday-Friday, 9 am-5 pm or by appointment", Note.APPOINTMENT_AT_OTHER_TIMES),
        ("Monday-Friday, 9 am-5 pm; evenings by appointment", Note.APPOINTMENT_AT_OTHER_TIMES),
        ("Mon-Fri 9 am-5 pm; Tuesday evenings by appointment", Note.APPOINTMENT_AT_OTHER_TIMES),
        ("Mon-Fri 9 am-5 pm, other times by appointment", Note.APPOINTMENT_AT_OTHER_TIMES),
        ("Monday-Friday, 9 am-5 pm. Evening hours are available", Note.MORE_AT_TIMES),
        ("Monday-Friday, 9 am-5 pm, some evenings and weekends", Note.MORE_AT_TIMES),
        ("Monday-Friday, 9 am-5 pm (Closed Federal holidays)", Note.CLOSED_ON_HOLIDAYS),
        ("Monday-Friday except holidays, 9 am-5 pm", Note.CLOSED_ON_HOLIDAYS),
        ("lunes a viernes, 9 am-5 pm, excepto feriados", Note.CLOSED_ON_HOLIDAYS),
        ("lunes a viernes, 9 am-5 pm, domingos y feriados cerrado", Note.CLOSED_ON_HOLIDAYS),
        ("Monday-Friday, 9 am-5 pm. Holidays: closed", Note.CLOSED_ON_HOLIDAYS),
        ("Monday-Friday, 9 am-5 pm, closed Easter Sunday", Note.CLOSED_ON_HOLIDAYS),
        ("Monday-Friday, 9 am-5 pm. Please call first", Note.CALL_FIRST),
        ("Office: Monday-Friday, 9 am-5 pm", Note.HOURS_OF_A_PART),
        ("Administration office: Monday-Friday, 9 am-5 pm", Note.HOURS_OF_A_PART),
        ("Monday-Friday, 9-5", Note.IMPLIED_AM_PM),
    ],
)
def test_what_changes_no_rule_is_noted(sentence, note):
    proposal = propose_hours(sentence)

    assert shown(proposal.rules) == ["MO TU WE TH FR 09:00-17:00"]
    assert (proposal.notes, proposal.by_appointment) == ((note,), False)


def test_marked_times_and_the_24_hour_clock_need_no_convention():
    assert propose_hours("lunes 9 am-5 pm; martes 8 a 17").notes == ()
