"""Words that feeds make up where HSDS has one, and the word of HSDS.

Names of earlier versions and of other directories; facts, in no order of importance.
"""

from collections.abc import Mapping

from tejido.directory.domain.hsds.tabular import OTHER, TABLES
from tejido.directory.domain.hsds_check.fields import LISTS, NESTED

# table: words of HSDS = words that stand for it.
_ALIASES = {
    "service": "name=title,service_name,program_name description=summary,details,long_description "
    "url=website,link,web_site eligibility_description=eligibility,eligible,who_can_use "
    "last_modified=modified,modified_date,last_updated,updated,updated_at "
    "assured_date=verified_on,last_verified,certified_at,verified_date "
    "assurer_email=verifier_email application_process=how_to_apply,intake_procedure "
    "fees_description=cost,costs,price,pricing cost_options=payment_accepted "
    "attributes=categories,taxonomy_ids,tags,keywords schedules=hours,opening_hours,"
    "regular_schedule,regular_schedules,holiday_schedule required_documents=documents "
    "minimum_age=min_age,age_min maximum_age=max_age,age_max "
    "languages=languages_spoken service_areas=coverage,areas_served phones=phone,phone_number,"
    "telephone,telephones organization=provider,agency service_at_locations=sites",
    "organization": "name=title,organization_name,agency_name website=url,homepage,web_site "
    "description=summary,mission organization_identifiers=ein,duns,identifiers "
    "phones=phone,phone_number,telephone parent_organization_id=parent_id "
    "year_incorporated=founded",
    "location": "latitude=lat,y longitude=lng,lon,long,x addresses=address,street,"
    "physical_address,physical_addresses,mail_address "
    "accessibility=accessibility_for_disabilities,wheelchair "
    "schedules=hours,opening_hours,regular_schedule location_type=type "
    "phones=phone,phone_number transportation=directions,transit name=title,location_name,"
    "site_name",
    "address": "address_1=street,address,line_1,line1,street_address,address_line_1 "
    "address_2=line_2,line2,address_line_2 postal_code=zip,zipcode,zip_code,postcode "
    "state_province=state,province,county_state city=town,locality country=country_code "
    "address_type=type",
    "phone": "number=phone,phone_number,telephone,tel extension=ext type=phone_type,kind",
    "schedule": "byday=day,days,weekday,weekdays,day_of_week opens_at=open,opens,open_time,"
    "start_time closes_at=close,closes,close_time,end_time freq=frequency,rrule "
    "valid_from=start_date valid_to=end_date",
    "language": "code=language_code,iso name=language",
    "contact": "name=full_name,contact_name title=job_title,role phones=phone,phone_number",
    "service_area": "name=area,county,region extent=geometry,polygon",
    "required_document": "document=name",
    "cost_option": "option=type amount=price,cost",
    "taxonomy_term": "name=term,label,title parent_id=parent,parent_term_id",
    "taxonomy": "name=title uri=url",
    "attribute": "taxonomy_term=term value=text",
}
_OTHERS = {"schedule": {"group"}}


def _plain(name: str) -> str:
    return "".join(mark for mark in name.casefold() if mark.isalnum())


def _known(table: str) -> set[str]:
    known = {*TABLES[table].columns, *LISTS[table], *NESTED.get(table, {}), OTHER}
    return known | _OTHERS.get(table, set())


def _words(table: str) -> dict[str, str]:
    words = {_plain(name): name for name in (*TABLES[table].columns, *LISTS[table])}
    for said in _ALIASES.get(table, "").split():
        right, _, others = said.partition("=")
        words |= {_plain(each): right for each in others.split(",")}
    return words


KNOWN: Mapping[str, frozenset[str]] = {name: frozenset(_known(name)) for name in TABLES}
_WORDS = {name: _words(name) for name in TABLES}


def right_term(table: str, name: str) -> str | None:
    """Return the word of HSDS for a home-made one, or None where the field is new or right."""
    if name in KNOWN[table]:
        return None
    return _WORDS[table].get(_plain(name))
