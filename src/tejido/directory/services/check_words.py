"""What each rule about data says to a person, and how to mend what breaks it."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tejido.directory.services.check_words_api import OF_API

OF_DATA: Mapping[str, tuple[Promise, Promise]] = {
    "not-json": (
        _("This is not whole JSON."),
        _("Write it with a JSON library, and send the whole of it."),
    ),
    "unknown-object": (
        _("This is no object of HSDS."),
        _(
            "Send a service, an organization, a location or another object of HSDS, with its "
            "fields."
        ),
    ),
    "required-missing": (
        _("A required field is missing."),
        _("Add the field, with what is true of the object."),
    ),
    "required-empty": (
        _("A required field has nothing in it."),
        _("Fill it in. If nobody knows, leave the whole object out."),
    ),
    "wrong-type": (
        _("A value is of another type than the schema says."),
        _("Write numbers without quotation marks, texts with them, and lists as lists."),
    ),
    "null-value": (
        _("A field is null."),
        _("Leave the field out where nothing is known."),
    ),
    "word-unknown": (
        _("A value is none of the words that HSDS has for this field."),
        _("Use one of its words, written exactly as there."),
    ),
    "schema-mismatch": (
        _("The official schema file refuses this object."),
        _("Change what the message names."),
    ),
    "id-not-uuid": (
        _("An id is no UUID."),
        _("Give each object a UUID once, and keep it for ever."),
    ),
    "reference-not-uuid": (
        _("A field that names another object holds no UUID."),
        _("Write the id of the object that is meant."),
    ),
    "duplicate-id": (
        _("Two objects of one kind have the same id."),
        _("Give each its own id, or leave the second copy out."),
    ),
    "reference-other-owner": (
        _("An object stands in one owner and names another."),
        _("Name the owner in which it stands, or leave the field out."),
    ),
    "reference-missing": (
        _("A field names an object that is not in this feed."),
        _("Add the object, or leave the field out."),
    ),
    "home-made-term": (
        _("A field has a name of its own where HSDS has one."),
        _("Use the name of HSDS, which stands after the arrow."),
    ),
    "date-wrong": (
        _("This is no date."),
        _("Write dates as 2026-11-20."),
    ),
    "date-with-time": (
        _("A date carries a time."),
        _("Write the day only, as 2026-11-20."),
    ),
    "instant-wrong": (
        _("This is no date with a time."),
        _("Write it as 2026-11-20T16:00:00Z."),
    ),
    "instant-without-zone": (
        _("A moment does not say its time zone."),
        _("Add Z, or the difference from UTC such as -08:00."),
    ),
    "time-wrong": (
        _("This is no time of day."),
        _("Write times as 09:00 or 17:30:00."),
    ),
    "time-24": (
        _("A time is 24:00, which no clock shows."),
        _("Write 00:00. A place that never closes is 00:00 to 23:59."),
    ),
    "link-wrong": (
        _("This is no whole web address."),
        _("Begin it with https://, without spaces."),
    ),
    "email-wrong": (
        _("This is no e-mail address."),
        _("Write one address, or leave the field out."),
    ),
    "language-code": (
        _("This is no code of a language."),
        _("Use ISO 639, such as es or spa."),
    ),
    "country-code": (
        _("This is no code of a country."),
        _("Use the two capital letters of ISO 3166, such as US."),
    ),
    "coordinates-impossible": (
        _("No point on earth lies there."),
        _("Check latitude (-90 to 90) and longitude (-180 to 180); they may be swapped."),
    ),
    "coordinates-zero": (
        _("The point 0, 0 lies in the sea off Africa."),
        _("Leave both coordinates out where nobody knows them."),
    ),
    "coordinates-half": (
        _("There is one coordinate without the other."),
        _("Give both, or neither."),
    ),
    "rrule-day": (
        _("These are no days of a rule."),
        _("Write days as MO,TU,WE; in a monthly rule also 2MO or -1FR."),
    ),
    "rrule-number": (
        _("A number of a rule is impossible."),
        _("Intervals and counts are 1 or more, days of a month 1 to 31, or -31 to -1."),
    ),
    "rrule-combination": (
        _("Parts of a rule do not go together, so programs read it in different ways."),
        _(
            "Use until or count; numbered days and days of the month only with MONTHLY; days "
            "only with freq."
        ),
    ),
    "interval-without-start": (
        _("A rule for every second week or month does not say from when to count."),
        _("Add dtstart."),
    ),
    "hours-half": (
        _("Hours have an opening without a closing, or the other way round."),
        _("Give both times."),
    ),
    "dates-backwards": (
        _("Something ends before it begins."),
        _("Check valid_from and valid_to."),
    ),
    "ages-backwards": (
        _("The lowest age is above the highest."),
        _("Check minimum_age and maximum_age."),
    ),
    "date-ahead": (
        _("This was confirmed or changed on a day that has not come."),
        _("Check the date, and the clock of the computer that wrote it."),
    ),
    "phone-without-number": (
        _("A phone has no number that anybody could call."),
        _("Give the number, or leave the phone out."),
    ),
    "text-garbled": (
        _("Letters were lost: the text was read in a wrong encoding."),
        _("Read and write all texts as UTF-8."),
    ),
    "text-markup": (
        _("A text holds HTML, which people will see as it stands."),
        _("Send plain text."),
    ),
    "text-alone": (
        _("A text is there only in Spanish, so people who read English get nothing of it."),
        _("Write it in English too."),
    ),
    "service-without-organization": (
        _("A service does not say whose it is."),
        _("Add its organization."),
    ),
    "place-without-location": (
        _("A service at a location does not say at which."),
        _("Add its location."),
    ),
    "too-deep": (
        _("Objects stand in objects too many times to be HSDS."),
        _("Check whether something stands in itself."),
    ),
    "file-encoding": (
        _("The text is not UTF-8."),
        _("Save it again with encoding UTF-8."),
    ),
    "line-not-object": (
        _("A line is not one object."),
        _("Write each object on one line, without a page or a list around them."),
    ),
    "row-broken": (
        _("A row has more or fewer cells than the header."),
        _("Put quotation marks around cells with commas in them."),
    ),
    "table-unreadable": (
        _("This table cannot be read to its end."),
        _("Write it with a CSV library."),
    ),
    "column-missing": (
        _("A table lacks a required column."),
        _("Add the column and fill it in each row."),
    ),
    "table-unknown": (
        _("This table is none of HSDS."),
        _("Name it as HSDS does, such as services.csv, or leave it out."),
    ),
    "package-undescribed": (
        _("There is no datapackage.json beside the tables."),
        _("Add the one of the specification, so that programs know what the tables are."),
    ),
    "package-describes-nothing": (
        _("datapackage.json describes a table that is not there."),
        _("Add the table, or take its description out."),
    ),
    "orphan-row": (
        _("A row belongs to a row that is not there."),
        _("Add the row that it names, or leave this one out."),
    ),
    "page-of-many": (
        _("This is one page of several; the others were not checked."),
        _("Check the API at its address, or a file with everything."),
    ),
    "feed-empty": (
        _("There is nothing in the list."),
        _("Check what the list is made from."),
    ),
}
# rule -> what is wrong, what to do.
WORDS: Mapping[str, tuple[Promise, Promise]] = {**OF_DATA, **OF_API}
