"""What people call the columns of a list of services, in English and Spanish."""

import re
import unicodedata
from collections.abc import Sequence

# field -> headings, compared by `plain_heading`; those before count for more than those after.
HEADINGS: dict[str, tuple[str, ...]] = {
    "name": (
        *("program name", "service name", "site name", "clinic name", "location name", "name"),
        *("name 1", "facility name", "program", "service", "site", "clinic", "facility", "title"),
        *("nombre del programa", "nombre del servicio", "nombre del sitio", "nombre del lugar"),
        *("nombre de la clinica", "nombre", "programa", "servicio", "sitio", "clinica", "lugar"),
        *("location", "place", "resource", "resource name", "recurso", "provider name"),
    ),
    "organization": (
        *("organization", "organization name", "organisation", "agency", "agency name"),
        *("parent organization", "parent agency", "lead agency", "operator", "provider", "org"),
        *("organizacion", "nombre de la organizacion", "agencia", "nombre de la agencia"),
        *("entidad", "institucion", "proveedor", "company", "grantee"),
    ),
    "description": (
        *("description", "program description", "service description", "about", "summary"),
        *("details", "descripcion", "descripcion del servicio", "resumen", "detalles"),
        *("notes", "comments", "notas", "comentarios"),
    ),
    "before_you_go": (
        *("eligibility", "eligibility requirements", "requirements", "who can go", "how to apply"),
        *("application process", "intake process", "documents required", "fees", "cost", "price"),
        *("before you go", "elegibilidad", "requisitos", "quien puede ir", "como solicitar"),
        *("documentos requeridos", "documentos", "costo", "precio", "cuota", "antes de ir"),
    ),
    "hours_text": (
        *("hours", "hours of operation", "operating hours", "open hours", "opening hours"),
        *("business hours", "schedule", "days and hours", "days hours", "times", "days and times"),
        *("when", "service hours", "office hours", "horario", "horarios", "horas"),
        *("horario de atencion", "dias y horas", "dias y horarios", "horas de operacion"),
        *("horas de servicio", "cuando", "days", "dias"),
    ),
    "url": (
        *("website", "web site", "url", "web", "webpage", "web page", "homepage", "link"),
        *(
            "site url",
            "web address",
            "sitio web",
            "pagina web",
            "pagina",
            "enlace",
            "pagina de internet",
        ),
    ),
    "email": (
        *("email", "e mail", "email address", "mail", "correo", "correo electronico"),
        *("direccion de correo", "contact email"),
    ),
    "phone": (
        *("phone", "phone number", "telephone", "tel", "main phone", "phone 1", "office phone"),
        *(
            "hotline",
            "intake phone",
            "intake 1",
            "contact phone",
            "telefono",
            "numero de telefono",
        ),
        *("numero telefonico", "tel no", "linea de ayuda", "cell", "mobile", "celular", "call"),
    ),
    "address_1": (
        *("address", "street address", "street", "address 1", "street 1", "address line 1"),
        *("physical address", "site address", "location address", "mailing address", "addr"),
        *("direccion", "calle", "domicilio", "direccion 1", "direccion fisica", "ubicacion"),
    ),
    "address_2": (
        *("address 2", "street 2", "address line 2", "suite", "unit", "room", "apt", "floor"),
        *("direccion 2", "piso", "oficina", "interior", "departamento"),
    ),
    "city": ("city", "town", "city town", "municipality", "ciudad", "pueblo", "localidad"),
    "state": ("state", "st", "st abbr", "state abbr", "state province", "province", "estado"),
    "postal_code": (
        *("zip", "zip code", "zipcode", "postal code", "postal", "postcode", "zip 5"),
        *("codigo postal", "cp", "c p", "codigo zip"),
    ),
    "zip4": ("zip 4", "zip plus 4", "plus 4", "zip extension", "zip ext"),
    "county": ("county", "county name", "counties", "condado", "nombre del condado"),
    "latitude": ("latitude", "lat", "latitud", "y", "gps latitude", "geo lat"),
    "languages": (
        *("languages", "language", "languages spoken", "languages served", "language s"),
        *("spoken languages", "idiomas", "idioma", "idiomas hablados", "lenguas", "lenguajes"),
    ),
    # Where they are told in sentences, they describe.
    "needs": (
        *("needs", "needs met", "services", "services offered", "services provided"),
        *("service types", "service type", "type of service", "supplies", "what they offer"),
        *("categories", "category", "necesidades", "servicios", "servicios ofrecidos"),
        *("tipos de servicio", "tipo de servicio", "suministros", "insumos", "que ofrecen"),
    ),
    "longitude": ("longitude", "lon", "long", "lng", "longitud", "x", "gps longitude", "geo lon"),
}
# What may stand below a merged heading such as `Address`; both words make one heading.
PARTS_OF_ADDRESS = ("city", "state", "postal_code", "zip4", "county", "latitude", "longitude")
# Headings of columns that look like something and are something else.
NOT_MEANT = frozenset(
    (
        *("fax", "fax number", "numero de fax", "contact", "contact name", "contact person"),
        *("contacto", "persona de contacto", "updated by", "internal notes", "mailing zip"),
    )
)
IDS = frozenset(
    (
        *("id", "uid", "uuid", "guid", "site id", "program id", "service id", "facility id"),
        *("location id", "record id", "npi", "code", "license number", "license", "key"),
        *("clave", "codigo", "identificador", "numero de licencia", "object id", "fid"),
        *("objectid", "record number", "program number"),
    )
)
DAYS = (
    *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
    *("lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo"),
    *("mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun"),
)


def plain_heading(heading: str) -> str:
    """Return a heading as it is compared: small letters without accents, words and numbers apart.

    `ZIPCode`, `zip_code` and `Código-Postal` become `zip code`, `zip code`, `codigo postal`.
    """
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", heading)
    plain = "".join(m for m in unicodedata.normalize("NFD", apart) if not unicodedata.combining(m))
    words = re.findall(r"[a-z]+|\d+", plain.casefold().replace("+", " plus "))
    return " ".join(words)


def field_of(heading: str) -> tuple[str, int]:
    """Return the field that a heading names, and how far back in its list it stands; ('', 0)."""
    plain = plain_heading(heading)
    if plain in NOT_MEANT or "fax" in plain.split():
        return "", 0
    for field, names in HEADINGS.items():
        if plain in names:
            return field, names.index(plain)
    part = _part_of_address(plain)
    return (part, 50) if part else _field_within(plain)


def _part_of_address(plain: str) -> str:
    """Return the field of `address city`, which no longer heading within it may claim."""
    groups = [f"{name} " for name in HEADINGS["address_1"] if plain.startswith(f"{name} ")]
    rests = {plain.removeprefix(group) for group in groups}
    return next((field for field in PARTS_OF_ADDRESS if rests & {*HEADINGS[field]}), "")


def _field_within(plain: str) -> tuple[str, int]:
    """Return the field whose heading ends, or else begins, a longer one: `Clinic phone number`."""
    found = [
        (len(name), field)
        for field, names in HEADINGS.items()
        for name in names
        if len(name) > 2
        and field not in ("name", "description", "needs")
        and (plain.endswith(f" {name}") or plain.startswith(f"{name} "))
    ]
    return (max(found)[1], 50) if found else ("", 0)


def is_day(heading: str) -> bool:
    """Say whether a heading names a day of the week: `Monday`, `Mon hours`, `Horario lunes`."""
    words = plain_heading(heading).split()
    others = {"hours", "hrs", "open", "horario", "horas", "time", "times"}
    return any(word in DAYS for word in words) and all(w in DAYS or w in others for w in words)


def is_ids(headings: Sequence[str]) -> bool:
    """Say whether one of some headings promises ids."""
    return any(map(is_id, headings))


def is_id(heading: str) -> bool:
    """Say whether a heading promises a number or code that names a row."""
    return plain_heading(heading) in IDS
