"""What each rule about a running API says to a person, and how to mend what breaks it."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

OF_API: Mapping[str, tuple[Promise, Promise]] = {
    "root-unreadable": (
        _("The first address does not answer with what an API says of itself."),
        _("Answer GET / with version, profile and openapi_url."),
    ),
    "root-version": (
        _("The first address names no version of HSDS 3."),
        _('Say it as "3.1".'),
    ),
    "root-profile": (
        _("The first address names no profile."),
        _("Give the whole web address of the profile; that of HSDS itself where you have none."),
    ),
    "root-openapi": (
        _("The first address does not lead to the OpenAPI file."),
        _("Give its whole web address as openapi_url."),
    ),
    "root-publisher": (
        _("The first address does not say who publishes this (asked from 3.2 on)."),
        _("Add publisher with a name."),
    ),
    "openapi-unread": (
        _("The OpenAPI file cannot be read."),
        _("Serve it as JSON at the address that openapi_url names."),
    ),
    "operation-id-repeated": (
        _(
            "Two operations have one operationId, so programs that are made from the file "
            "break. It is so in the official file."
        ),
        _("Give each operation its own, for GET and POST too."),
    ),
    "reference-other-version": (
        _("A $ref leads to schemas of another version. It is so in the official file."),
        _("Let it lead to the schemas of the version that the first address names."),
    ),
    "openapi-path-missing": (
        _("The OpenAPI file does not describe /services."),
        _("Describe every address that the API answers."),
    ),
    "openapi-datetime": (
        _(
            "The OpenAPI file names the format datetime, which JSON Schema does not have. It "
            "is so in the official file."
        ),
        _("Write date-time."),
    ),
    "no-services": (
        _("/services does not answer."),
        _("Answer GET /services with a page of services."),
    ),
    "list-nested": (
        _("A list holds lists inside its objects though nobody asked for full=true."),
        _("Leave out what there can be many of; keep it for full=true."),
    ),
    "full-ignored": (
        _("full=true leaves out what the object has by itself."),
        _("Nest in it all that /services/{id} nests."),
    ),
    "detail-missing": (
        _("A listed service cannot be had by its id."),
        _("Answer /services/{id} for each service of the list."),
    ),
    "detail-other": (
        _("An address with an id answers with another object."),
        _("Answer with the object of that id."),
    ),
    "detail-not-nested": (
        _("An object by itself lacks what other answers say that it has."),
        _(
            "Nest everything that belongs to it: organization, locations, schedules, phones "
            "and the rest."
        ),
    ),
    "unknown-found": (
        _("An id that nobody has is answered as if it were there."),
        _("Answer 404."),
    ),
    "no-service-at-locations": (
        _(
            "/service_at_locations does not answer. It is optional in HSDS, and the UK "
            "profile requires it."
        ),
        _("Add the list: finders search by it."),
    ),
    "no-taxonomies": (
        _("/taxonomies does not answer. It is optional in HSDS, and the UK profile requires it."),
        _("Add the list, so that others know your words."),
    ),
    "no-terms-or-organizations": (
        _("/taxonomy_terms or /organizations does not answer. Both are optional."),
        _("Add the lists where you have what they hold."),
    ),
    "optional-detail-missing": (
        _("A listed object cannot be had by its id."),
        _("Answer each list with an id after it too."),
    ),
    "post-refused": (
        _(
            "/services refuses POST, which 3.1 has so that words of a search stay out of "
            "addresses and logs."
        ),
        _("Answer POST as you answer GET."),
    ),
    "post-differs": (
        _("The same question by POST has another answer."),
        _("Use the same filters for both."),
    ),
    "post-body-ignored": (
        _(
            "A filter in the body of a POST is ignored. HSDS describes filters in the address"
            " even for POST."
        ),
        _("Take them from the body too."),
    ),
    "not-a-page": (
        _("A list is not in a page."),
        _(
            "Put it into contents, with total_items, total_pages, page_number, size, "
            "first_page, last_page and empty."
        ),
    ),
    "page-field-missing": (
        _("A page lacks one of its fields."),
        _("Add it: all seven must be there."),
    ),
    "page-empty-missing": (
        _("A page does not say whether it is empty (required from 3.1.1 on)."),
        _("Add empty, true or false."),
    ),
    "page-field-type": (
        _("A field of a page is of another type."),
        _("Counts are whole numbers; first_page, last_page and empty are true or false."),
    ),
    "page-size-wrong": (
        _("size is not the number of objects on the page."),
        _("Count what is on this page, not what was asked for."),
    ),
    "page-flags-wrong": (
        _("first_page, last_page or empty does not fit the page."),
        _("Work them out from page_number, total_pages and contents."),
    ),
    "page-numbers-wrong": (
        _("The numbers of a page do not add up."),
        _(
            "total_pages is total_items divided by the objects of a full page, rounded up; "
            "pages count from 1."
        ),
    ),
    "total-items-wrong": (
        _("total_items is not what all pages hold together."),
        _("Count what the filters leave, before paging."),
    ),
    "page-repeated": (
        _("The same object is on two pages."),
        _(
            "Order by something that no two objects share, such as the id, and heed the page "
            "that was asked for."
        ),
    ),
    "per-page-ignored": (
        _("per_page is ignored."),
        _("Send as many objects as are asked for, up to a limit of yours."),
    ),
    "parameter-refused": (
        _("A parameter of HSDS leads to an error."),
        _("Answer with the list that it leaves, empty where nothing fits."),
    ),
    "search-ignored": (
        _("search is ignored: a word that stands nowhere finds services."),
        _("Search the texts for it."),
    ),
    "filter-ignored": (
        _("A filter is ignored: an id that nobody has finds services."),
        _("Leave only services that have it."),
    ),
    "filter-wrong": (
        _("A filter lets services of another organization through."),
        _("Leave only services of the organization that was asked for."),
    ),
    "modified-after-ignored": (
        _("modified_after lets older services through."),
        _("Leave only what changed on or after that moment."),
    ),
    "filters-not-cumulative": (
        _("Two filters together find more than one of them alone."),
        _("Each filter narrows what the others leave: join them by and, not by or."),
    ),
    "ndjson-ignored": (
        _("format=ndjson is ignored. HSDS lets you leave it out."),
        _("Send one service a line, so that all of them can be had at once."),
    ),
    "ndjson-paged": (
        _("format=ndjson sends a page."),
        _("Send all services without a page around them."),
    ),
    "ndjson-line-wrong": (
        _("format=ndjson sends a line that is not one object."),
        _("Write each service on one line, without commas or brackets between them."),
    ),
    "ndjson-count-wrong": (
        _("format=ndjson sends more or fewer services than there are."),
        _("Send all of them."),
    ),
    "minimal-not-minimal": (
        _("minimal=true sends more than id and last_modified."),
        _("Leave everything else out: others ask so to learn what changed."),
    ),
    "minimal-paged": (
        _("minimal=true sends only a part."),
        _("Send all ids in one page where you can."),
    ),
    "key-wanted": (
        _("The API asks for a key or a password."),
        _("Let everybody read: the data is meant to be open."),
    ),
    "cors-missing": (
        _("Other websites may not read the API."),
        _("Send the header Access-Control-Allow-Origin: *."),
    ),
    "not-encrypted": (
        _("The API answers without encryption."),
        _("Serve it at https."),
    ),
    "answer-failed": (
        _("An address gave no answer."),
        _("Look at the server's log."),
    ),
    "answer-not-json": (
        _("An answer is not JSON."),
        _("Write it with a JSON library, and send the whole of it."),
    ),
    "answer-type-wrong": (
        _("JSON is sent as something else."),
        _("Send Content-Type: application/json."),
    ),
}
