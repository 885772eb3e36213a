"""The icons: strokes on a 24 x 24 grid, drawn for this project; `accent` is the second thread."""

_DRAWINGS = {
    # What people need: the tiles and what belongs to them.
    "naloxone": (
        '<path d="M10.9 8l.4-4.8h1.4l.4 4.8M6.8 11.2c0-1.8 1.6-3.2 5.2-3.2s5.2 1.4 5.2 3.2z'
        'M9.4 11.2h5.2v6.3H9.4zM11 17.5v3h2v-3M9 20.8h6"/>'
        '<path class="icon__accent" d="M8.2 4.6 6.6 3.6M15.8 4.6l1.6-1M8.6 1.9l-.6-.5'
        'M15.4 1.9l.6-.5"/>'
    ),
    "syringes": (
        '<g transform="rotate(45 12 12)"><rect x="9.3" y="5.6" width="5.4" height="10.4" rx="1"/>'
        '<path d="M12 5.6V2M9.7 2h4.6M9.3 9h2.4M9.3 12.2h2.4"/>'
        '<path class="icon__accent" d="M12 16v6.5"/></g>'
    ),
    "wound-care": (
        '<g transform="rotate(-45 12 12)"><rect x="1.8" y="7.8" width="20.4" height="8.4" rx="4.2"'
        '/><path d="M8.2 7.8v8.4M15.8 7.8v8.4"/><path class="icon__accent" '
        'd="M10.8 10.7h.01M13.2 10.7h.01M10.8 13.3h.01M13.2 13.3h.01"/></g>'
    ),
    "tests": (
        '<path d="M12 2.8c3.6 4.3 6.2 7.3 6.2 10.7a6.2 6.2 0 0 1-12.4 0c0-3.4 2.6-6.4 6.2-10.7z"/>'
        '<path class="icon__accent" d="m9.3 13.6 2 2 3.5-3.8"/>'
    ),
    "treatment": (
        '<g transform="rotate(-45 12 12)"><rect x="2.6" y="8" width="18.8" height="8" rx="4"/>'
        '<path class="icon__accent" d="M12 8v8"/></g>'
    ),
    "drug-checking": (
        '<path d="M10 3h4M11 3v6L5.6 18a2 2 0 0 0 1.7 3h9.4a2 2 0 0 0 1.7-3L13 9V3"/>'
        '<path class="icon__accent" d="M7.8 14.5h8.4M10 17.6h.01M13.6 17.2h.01"/>'
    ),
    "basics": (
        '<path d="M3 19V6M3 15.5h18V19M21 15.5V13a3 3 0 0 0-3-3h-7v5.5"/>'
        '<circle class="icon__accent" cx="7" cy="11.6" r="1.9"/>'
    ),
    "talk": (
        '<path d="M4 4.5h16V16h-8.5L7 20v-4H4z"/><path class="icon__accent" d="M8 8.7h8M8 12h5"/>'
    ),
    "food": (
        '<path d="M4 11h16a8 8 0 0 1-5 7.4V20H9v-1.6A8 8 0 0 1 4 11z"/>'
        '<path class="icon__accent" d="M9 8c-1-1.3 1-2.2 0-3.7M13.5 8c-1-1.3 1-2.2 0-3.7"/>'
    ),
    "shower": (
        '<path d="M5 21V6a3 3 0 0 1 6 0v1M7.5 11a3.5 3.5 0 0 1 7 0z"/>'
        '<path class="icon__accent" d="M9 14v2M13 14v2M11 17v2M15 17v2"/>'
    ),
    "laundry": (
        '<path d="M5 3.5h14v17H5zM5 8h14M8 5.8h.01M11 5.8h.01"/>'
        '<circle class="icon__accent" cx="12" cy="14" r="3.6"/>'
    ),
    "clothing": (
        '<path d="M8.5 4 4 6.5 5.5 11 8 10v10h8V10l2.5 1L20 6.5 15.5 4"/>'
        '<path class="icon__accent" d="M8.5 4a3.5 3.5 0 0 0 7 0"/>'
    ),
    "sharps-disposal": (
        '<path d="M5.5 8h13l-1 12.5h-11zM4 8h16M9 8V5h6v3"/>'
        '<path class="icon__accent" d="M12 11v5.5M9.8 13.2h4.4"/>'
    ),
    "mail-supplies": (
        '<path d="M3.5 6h17v12.5h-17z"/><path class="icon__accent" d="m4 6.5 8 6.5 8-6.5"/>'
    ),
    "legal-help": (
        '<path d="M12 4v16M8 20h8M5 7h14M5 7l-2.5 6.5h5zM19 7l-2.5 6.5h5z"/>'
        '<circle class="icon__accent" cx="12" cy="4.5" r="1.2"/>'
    ),
    "id-documents": (
        '<path d="M3 5.5h18v13H3zM13.5 10h4.5M13.5 13.5h4.5"/>'
        '<circle class="icon__accent" cx="8.2" cy="10.5" r="1.8"/>'
        '<path d="M5.4 15.7c.3-1.6 1.4-2.4 2.8-2.4s2.5.8 2.8 2.4"/>'
    ),
    "transport": (
        '<path d="M4 5h16v11.5H4zM4 12h16M8 5v7M16 5v7"/>'
        '<path class="icon__accent" d="M7.5 16.5v2.5M16.5 16.5v2.5"/>'
    ),
    "primary-care": (
        '<path d="M4 5h16v14H4z"/><path class="icon__accent" d="M12 8.5v7M8.5 12h7"/>'
    ),
    "pregnancy-care": (
        '<path d="M12 20.5C6.5 16.5 3.5 13.3 3.5 9.5a4.3 4.3 0 0 1 8.5-1.2'
        ' 4.3 4.3 0 0 1 8.5 1.2c0 3.8-3 7-8.5 11z"/>'
        '<circle class="icon__accent" cx="12" cy="12.8" r="1.8"/>'
    ),
    "vaccines": (
        '<path d="M12 3l7 2.5v6c0 4.3-2.8 7.6-7 9.5-4.2-1.9-7-5.2-7-9.5v-6z"/>'
        '<path class="icon__accent" d="m9 12 2.2 2.2L15 10"/>'
    ),
    # Open, closed, not known.
    "open": '<circle cx="12" cy="12" r="8.7"/><path d="m8.3 12.3 2.5 2.5 4.9-5.2"/>',
    "closed": '<path d="M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z"/>',
    "unknown": (
        '<circle cx="12" cy="12" r="8.7"/>'
        '<path d="M9.7 9.6a2.4 2.4 0 1 1 3.3 2.2c-.7.3-1 .8-1 1.6M12 16.3h.01"/>'
    ),
    # Acts and signs.
    "arrow": '<path d="M5 12h14M13 6l6 6-6 6"/>',
    "barrier": '<circle cx="12" cy="12" r="8.7"/><path d="M8 12h8"/>',
    "back": '<path d="M15 5l-7 7 7 7"/>',
    "check": '<path d="M5 12.5l4.5 4.5L19 7.5"/>',
    "chevron": '<path d="M6 9l6 6 6-6"/>',
    "close": '<path d="M6 6l12 12M18 6 6 18"/>',
    "clock": '<circle cx="12" cy="12" r="8.7"/><path d="M12 7v5.3l3.5 2"/>',
    "download": '<path d="M12 4v11M7.5 11l4.5 4.5 4.5-4.5M4.5 19.5h15"/>',
    "error": '<circle cx="12" cy="12" r="8.7"/><path d="M12 7.5v5.5M12 16.3h.01"/>',
    "filter": (
        '<path d="M4 7h9M17 7h3M4 17h3M11 17h9"/><circle cx="15" cy="7" r="2"/>'
        '<circle cx="9" cy="17" r="2"/>'
    ),
    "leave": '<path d="M10 4H5v16h5M14 8l4 4-4 4M18 12H9.5"/>',
    "list": '<path d="M9 6.5h11M9 12h11M9 17.5h11M4.5 6.5h.01M4.5 12h.01M4.5 17.5h.01"/>',
    "no-signal": '<path d="M4 19h.01M8 19v-3M12 19v-6M16 19v-3M4 4l16 16"/>',
    "phone": (
        '<path d="M6.5 3.5h3l1.4 4-2 1.6a12 12 0 0 0 6 6l1.6-2 4 1.4v3a2.2 2.2 0 0 1-2.4'
        ' 2.2C10.6 19.3 4.7 13.4 4.3 5.9a2.2 2.2 0 0 1 2.2-2.4z"/>'
    ),
    "place": (
        '<path d="M12 21.5c4.4-4.8 7-8.2 7-11.6a7 7 0 0 0-14 0c0 3.4 2.6 6.8 7 11.6z"/>'
        '<circle cx="12" cy="9.8" r="2.5"/>'
    ),
    "print": '<path d="M7 9V3.5h10V9M7 17H4V9h16v8h-3M7 14.5h10v6H7z"/>',
    "search": '<circle cx="10.5" cy="10.5" r="6"/><path d="M15 15l5.5 5.5"/>',
    "undo": '<path d="M8 5 4 9l4 4M4 9h10a6 6 0 0 1 0 12h-3"/>',
    "website": (
        '<circle cx="12" cy="12" r="8.7"/><path d="M3.3 12h17.4M12 3.3c5 5 5 12.4 0 17.4'
        'M12 3.3c-5 5-5 12.4 0 17.4"/>'
    ),
    # The desk.
    "box": '<path d="M4 8l8-4 8 4v8.5l-8 4-8-4zM4 8l8 4 8-4M12 12v8.5"/>',
    "book": (
        '<path d="M12 6.5C10 5 7.5 4.5 4 4.5v14c3.5 0 6 .5 8 2 2-1.5 4.5-2 8-2v-14'
        'c-3.5 0-6 .5-8 2zM12 6.5v14"/>'
    ),
    "chart": '<path d="M4 20h16M7 20v-6M12 20V8M17 20v-9"/>',
    "headset": (
        '<path d="M4 13v-1a8 8 0 0 1 16 0v1M4 13h3v5H5.5A1.5 1.5 0 0 1 4 16.5zM20 13h-3v5h1.5'
        'a1.5 1.5 0 0 0 1.5-1.5zM18.5 18c0 2-2 3-4.5 3"/>'
    ),
    "home": '<path d="M4 11.5 12 4l8 7.5V20h-5.5v-5.5h-5V20H4z"/>',
    "link": (
        '<path d="M9.5 14.5l5-5M8 12l-2.5 2.5a3.5 3.5 0 0 0 5 5L13 17'
        'M16 12l2.5-2.5a3.5 3.5 0 0 0-5-5L11 7"/>'
    ),
    "lock": '<path d="M5.5 11h13v9.5h-13zM8.5 11V8a3.5 3.5 0 0 1 7 0v3M12 14.5v2.5"/>',
    "message": '<path d="M4 4.5h16V16h-8.5L7 20v-4H4z"/>',
    "people": (
        '<circle cx="9" cy="8.5" r="3.2"/><path d="M3 20c.3-3.7 2.6-5.8 6-5.8s5.7 2.1 6 5.8'
        'M15.5 5.7a3.2 3.2 0 0 1 0 5.6M17.5 14.8c2 .7 3.2 2.4 3.5 5.2"/>'
    ),
}

# Needs that share the drawing of the group they belong to.
_SHARED = {
    "hiv-test": "tests",
    "hepatitis-c-test": "tests",
    "sti-test": "tests",
    "opioid-medicine": "treatment",
    "methadone": "treatment",
    "buprenorphine": "treatment",
    "detox": "treatment",
    "residential-treatment": "treatment",
    "shelter": "basics",
    "peer-support": "talk",
    "mental-health": "talk",
    "condoms": "primary-care",
    "safer-smoking": "box",
    "prep": "treatment",
}


def icon_names() -> tuple[str, ...]:
    """Return every drawing, by name, in the order of the gallery."""
    return tuple(_DRAWINGS)


def icon_svg(name: str) -> str:
    """Return an icon as inline SVG, hidden from screen readers: the word beside it speaks.

    Args:
        name: a drawing of this module or the id of a need.

    Raises:
        ValueError: there is no such icon.
    """
    drawing = _DRAWINGS.get(_SHARED.get(name, name))
    if drawing is None:
        raise ValueError(f"no such icon: {name}")
    return (
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">'
        f"{drawing}</svg>"
    )
