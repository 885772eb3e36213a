"""A small HSDS 3.1 API on this computer, right in everything but the faults that a test plants."""

import json
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from math import ceil
from threading import Thread
from urllib.parse import parse_qsl, urlsplit

from tejido.directory.tests.hsds_feed import a_service, key

SERVICES = [a_service(number, organization=number % 3 + 1) for number in range(1, 8)]
SERVICES[2]["attributes"].insert(0, {"id": key(91), "label": "Bus", "value": "12"})
BASE = "/hsds/v3"
MANY = ("phones", "languages", "attributes", "service_at_locations", "schedules", "addresses")
CORS = {"Access-Control-Allow-Origin": "*"}
JSON = {"Content-Type": "application/json"}


class Api:
    """Answers questions; `faults` names what it does wrong."""

    def __init__(self):
        self.faults, self.url, self.asked = set(), "", []

    def answer(self, method, path, query, body):
        """Return status, headers, body."""
        self.asked.append((method, path, query))
        if "busy" in self.faults or ("busy once" in self.faults and len(self.asked) == 5):
            return 429, {"Retry-After": "0"}, b""
        kind, _, its = path.removeprefix(BASE).strip("/").partition("/")
        if "key" in self.faults:
            return 401, {}, b""
        if not kind:
            return self._json(self._root())
        if (odd := self._odd(kind, query)) is not None:
            return odd
        if kind == "openapi.json":
            return self._json(self._openapi())
        if kind in self.faults or kind not in self._tables():
            return 404, {}, b""
        return self._one(kind, its) if its else self._many(method, kind, query, body)

    def _odd(self, kind, query):
        """Return an answer that nobody expects, or None."""
        if kind == "openapi.json" and "no openapi" in self.faults:
            return 404, {}, b""
        if query.get("page") == "2" and "no page 2" in self.faults:
            return 500, {}, b""
        if kind == "taxonomies" and "latin" in self.faults:
            return 200, CORS | JSON, '"Atención"'.encode("cp1252")
        if kind == "taxonomies" and "deep" in self.faults:
            return 200, CORS | JSON, b"[" * 100_000
        return None

    def _json(self, document, status=200):
        headers = CORS | JSON
        if "cors" in self.faults:
            headers = JSON
        if "type" in self.faults:
            headers = CORS | {"Content-Type": "text/html"}
        contents = json.dumps(document).encode()
        return status, headers, contents[:-1] if "cut" in self.faults else contents

    def _root(self):
        said = {
            "version": "3.1",
            "profile": "https://docs.openreferral.org/en/v3.1/hsds/",
            "openapi_url": f"{self.url}/openapi.json",
        }
        wrong = {"version": "2.0", "profile": "none", "openapi_url": "/openapi.json"}
        changed = {name: wrong[name] for name in wrong if f"root-{name}" in self.faults}
        if "publisher" in self.faults:
            changed["version"] = "3.2"
        return {"a": 1} if "root" in self.faults else said | changed

    def _openapi(self):
        twice = "listServices" if "operation-id" in self.faults else "findServices"
        version = "3.0" if "ref" in self.faults else self._root().get("version", "3.1")
        ref = (
            f"https://raw.githubusercontent.com/openreferral/specification/{version}/schema/x.json"
        )
        kind = "datetime" if "datetime" in self.faults else "date-time"
        services = {
            "get": {"operationId": "listServices", "schema": {"$ref": ref}, "format": kind},
            "post": {"operationId": twice},
        }
        path = "/things" if "path" in self.faults else "/services"
        return [] if "openapi" in self.faults else {"paths": {path: services}}

    def _tables(self):
        places = [
            place | {"service": {k: v for k, v in s.items() if k != "service_at_locations"}}
            for s in SERVICES
            for place in s["service_at_locations"]
        ]
        organizations = {s["organization"]["id"]: s["organization"] for s in SERVICES}
        tied = [a["taxonomy_term"] for s in SERVICES for a in s["attributes"] if "label" not in a]
        terms = {term["id"]: term for term in tied}
        taxonomy = {"id": key(90), "name": "Own", "description": "Own words"}
        return {
            "services": SERVICES,
            "service_at_locations": places,
            "organizations": list(organizations.values()),
            "taxonomy_terms": list(terms.values()),
            "taxonomies": [taxonomy],
        }

    def _one(self, kind, its):
        found = next((each for each in self._tables()[kind] if each["id"] == its), None)
        if f"{kind} detail" in self.faults or (found is None and "anything" not in self.faults):
            return 404, {}, b""
        found = found or SERVICES[0]
        if "other" in self.faults:
            found = found | {"id": key(5_555)}
        return self._json(_flat(found) if "flat" in self.faults else found)

    def _many(self, method, kind, query, body):
        if method == "POST" and "post" in self.faults:
            return 405, {}, b""
        if method == "POST":
            query = {} if "post-filters" in self.faults else query
            query = query if "post-body" in self.faults else query | body
        if any(f"refuses {name}" in self.faults for name in query):
            return 500, {}, b""
        rows = [each for each in self._tables()[kind] if self._fits(each, query)]
        if query.get("format") == "ndjson" and "no-ndjson" not in self.faults:
            return self._lines(rows)
        full = query.get("full") == "true" and "full" not in self.faults
        if not full and "nested" not in self.faults:
            rows = [_flat(each) for each in rows]
        if query.get("minimal") == "true" and "minimal" not in self.faults:
            rows = [{k: each[k] for k in ("id", "last_modified")} for each in rows]
            query = query if "minimal-paged" in self.faults else query | {"per_page": 1_000}
        return self._json(self._page(rows, query))

    def _fits(self, each, query):
        asked = {
            "organization_id": lambda said: each.get("organization", {}).get("id") == said,
            "taxonomy_term_id": lambda said: said in json.dumps(each.get("attributes", ())),
            "taxonomy_id": lambda said: said == key(90),
            "search": lambda said: said in json.dumps(each),
            "modified_after": lambda said: each.get("last_modified", "") >= said,
        }
        told = [
            asked[name](said)
            for name, said in query.items()
            if name in asked and f"ignores {name}" not in self.faults
        ]
        return any(told) or not told if "or" in self.faults else all(told)

    def _lines(self, rows):
        if "ndjson-page" in self.faults:
            contents = json.dumps(self._page(rows, {})) + "\n"
        elif "ndjson-list" in self.faults:
            contents = json.dumps(rows, indent=1)
        else:
            rows = rows[:-1] if "ndjson-short" in self.faults else rows
            contents = "".join(json.dumps(each) + "\n" for each in rows)
        return 200, CORS | {"Content-Type": "application/x-ndjson"}, contents.encode()

    def _page(self, rows, query):
        size = 4 if "per-page" in self.faults else int(query.get("per_page", 4))
        number = 1 if "same-page" in self.faults else int(query.get("page", 1))
        here = rows[(number - 1) * size : number * size]
        pages = ceil(len(rows) / size)
        page = {
            "total_items": len(rows) + (5 if "total" in self.faults else 0),
            "total_pages": pages + ("pages" in self.faults),
            "page_number": int(query.get("page", 1)) + ("page-number" in self.faults),
            "size": len(here) + ("size" in self.faults),
            "first_page": number == 1,
            "last_page": number >= pages and "flags" not in self.faults,
            "empty": not here,
            "contents": here,
        }
        if "strings" in self.faults:
            page["total_items"] = str(page["total_items"])
        page = {name: each for name, each in page.items() if f"no {name}" not in self.faults}
        return here if "bare" in self.faults else page


def _flat(record):
    """Return an object with what it has one of."""
    return {
        name: _flat(value) if isinstance(value, dict) else value
        for name, value in record.items()
        if name not in MANY
    }


@contextmanager
def an_api():
    """Serve the API; yields it with its address in `url`."""
    api = Api()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            parts = urlsplit(self.path)
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length) or b"{}")
            query = dict(parse_qsl(parts.query))
            is_bad = parts.path.endswith("/taxonomies") and "hangs up" in api.faults
            if is_bad or ("hangs up later" in api.faults and "ndjson" in parts.query):
                self.close_connection = True
                return
            status, headers, contents = api.answer(self.command, parts.path, query, body)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(contents)))
            self.end_headers()
            self.wfile.write(contents)

        do_POST = do_GET  # noqa: N815 - the standard library calls it so

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        api.url = f"http://127.0.0.1:{server.server_port}{BASE}"
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield api
        server.shutdown()
        thread.join(5)
