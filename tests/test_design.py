"""The design holds: colours only as roles, enough contrast, nothing inline, no dead classes."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
AREAS = ROOT / "src" / "tejido"
SHEETS = sorted(AREAS.glob("*/static/**/*.css"))
TEMPLATES = sorted(AREAS.glob("*/templates/**/*.html"))
TOKENS = AREAS / "ui" / "static" / "ui" / "tokens.css"
CHART_TOKENS = AREAS / "ui" / "static" / "ui" / "desk" / "chart-tokens.css"
OTHERS = [sheet for sheet in SHEETS if not sheet.name.endswith("tokens.css")]

COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|oklch|oklab|lab|lch|color)\(", re.I)
PIXELS = re.compile(r"\d(?:\.\d+)?px\b")
TOO_NEW = re.compile(r"@layer|@container|@scope|light-dark\(|color-mix\(|@import|&|:has\(")
PHYSICAL = re.compile(
    r"(?:^|[\s;])(?:(?:margin|padding|border)-(?:left|right|top|bottom)\b|(?:left|right|top|bottom):"
    r"|text-align:\s*(?:left|right))"
)
INLINE = re.compile(r"<style\b|\sstyle\s*=|\son[a-z]+\s*=|<script(?![^>]*\ssrc=)", re.I)


def css_of(sheet: Path) -> str:
    """Return a stylesheet without its comments."""
    return re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.S)


def names(paths: list[Path]) -> list[str]:
    return [str(path.relative_to(AREAS)) for path in paths]


def selectors_of(css: str) -> list[str]:
    """Return each selector of a stylesheet, looking inside media queries."""
    preludes = re.findall(r"([^{};]+)\{", css)
    return [
        selector.strip()
        for prelude in preludes
        if not prelude.strip().startswith("@")
        for selector in prelude.split(",")
    ]


def tokens_of(sheet: Path, opening: str) -> dict[str, str]:
    """Return the custom properties of the first block that starts with a selector."""
    start = css_of(sheet).index(opening)
    block = css_of(sheet)[start:].split("{", 1)[1].split("}", 1)[0]
    return dict(re.findall(r"(--[a-z0-9-]+):\s*([^;]+);", block))


LIGHT = tokens_of(TOKENS, ':root,\n[data-theme="light"]')
DARK = tokens_of(TOKENS, '[data-theme="dark"]')


def test_there_are_sheets_and_templates_to_look_at():
    assert len(SHEETS) > 8
    assert len(TEMPLATES) > 20


@pytest.mark.parametrize("sheet", OTHERS, ids=names(OTHERS))
def test_sheet_takes_colours_and_pixels_from_tokens(sheet):
    css = css_of(sheet)

    assert (COLOUR.findall(css), PIXELS.findall(css)) == ([], [])


@pytest.mark.parametrize("sheet", SHEETS, ids=names(SHEETS))
def test_sheet_stands_on_old_phones_and_shouts_at_nobody(sheet):
    css = css_of(sheet)

    assert TOO_NEW.findall(css) == []
    assert "!important" not in css


@pytest.mark.parametrize("sheet", SHEETS, ids=names(SHEETS))
def test_sheet_is_readable(sheet):
    assert len(sheet.read_text(encoding="utf-8").splitlines()) <= 400
    assert [line for line in css_of(sheet).splitlines() if line.count(";") > 1] == []


@pytest.mark.parametrize("sheet", OTHERS, ids=names(OTHERS))
def test_sheet_uses_logical_properties(sheet):
    assert PHYSICAL.findall(css_of(sheet)) == []


@pytest.mark.parametrize("sheet", OTHERS, ids=names(OTHERS))
def test_sheet_selects_one_deep(sheet):
    """A class, its children or siblings, or elements in it: never a class anywhere inside one."""
    deep = re.compile(r"(?<![>+~])\s+[.#\[:]")

    assert [selector for selector in selectors_of(css_of(sheet)) if deep.search(selector)] == []


def test_every_token_that_is_used_exists():
    defined = {
        token for sheet in SHEETS for token in re.findall(r"(--[a-z0-9-]+):", css_of(sheet))
    }
    used = {
        token for sheet in SHEETS for token in re.findall(r"var\((--[a-z0-9-]+)", css_of(sheet))
    }

    assert used - defined == set()


@pytest.mark.parametrize("sheet", [TOKENS, CHART_TOKENS], ids=["tokens", "chart tokens"])
def test_dark_is_the_same_by_system_and_by_choice(sheet):
    by_system = tokens_of(sheet, ":root:not([data-theme])")
    by_choice = tokens_of(sheet, '[data-theme="dark"]')
    light = tokens_of(sheet, ':root,\n[data-theme="light"]')

    assert by_system == by_choice
    assert set(light) == set(by_choice)


# Contrast, with the formula of WCAG 2.2 ("relative luminance").


def luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


GROUNDS = ("bg", "surface", "sunken")
TEXT_PAIRS = [
    *(
        (text, ground)
        for ground in GROUNDS
        for text in (
            *("ink", "ink-2", "link", "link-visited", "good", "caution", "error", "thread"),
            "brand",
        )
    ),
    *(("on-brand", "brand"), ("on-brand", "brand-strong"), ("ink", "brand-soft")),
    *(("ink-2", "brand-soft"), ("link", "brand-soft"), ("brand", "brand-soft")),
    *(("good", "good-soft"), ("ink", "good-soft"), ("ink-2", "good-soft")),
    *(("caution", "caution-soft"), ("ink", "caution-soft"), ("ink-2", "caution-soft")),
    *(("link", "caution-soft"), ("error", "error-soft"), ("ink", "error-soft")),
    *(("link", "error-soft"), ("on-night", "night"), ("night-accent", "night")),
    ("surface", "good"),
]
BORDER_PAIRS = [
    *((border, ground) for ground in GROUNDS for border in ("line-strong", "brand", "focus")),
    *(("line-strong", "brand-soft"), ("focus", "brand-soft"), ("error", "surface")),
]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_text_can_be_read_on_its_ground(theme, text, ground):
    assert contrast(theme[f"--{text}"], theme[f"--{ground}"]) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("border", "ground"), BORDER_PAIRS)
def test_border_of_a_control_can_be_seen(theme, border, ground):
    assert contrast(theme[f"--{border}"], theme[f"--{ground}"]) >= 3


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", [*GROUNDS, "brand", "brand-soft", "night", "good", "error"])
def test_one_tone_of_the_focus_ring_can_be_seen_on_any_ground(theme, ground):
    tones = (theme["--focus"], theme["--focus-glow"])

    assert max(contrast(tone, theme[f"--{ground}"]) for tone in tones) >= 3


def test_contrast_agrees_with_the_standard():
    assert round(contrast("#000000", "#ffffff"), 2) == 21.0
    assert round(contrast("#767676", "#ffffff"), 2) == 4.54


@pytest.mark.parametrize("theme", ['[data-theme="light"]', '[data-theme="dark"]'])
def test_series_of_a_chart_can_be_seen_on_both_grounds(theme):
    opening = f":root,\n{theme}" if "light" in theme else theme
    series = {k: v for k, v in tokens_of(CHART_TOKENS, opening).items() if "series" in k}
    grounds = [(LIGHT if "light" in theme else DARK)[f"--{name}"] for name in ("bg", "surface")]

    assert len(series) == 6
    assert min(contrast(colour, ground) for colour in series.values() for ground in grounds) >= 3


@pytest.mark.parametrize("theme", ['[data-theme="light"]', '[data-theme="dark"]'])
def test_scale_of_a_chart_runs_one_way(theme):
    opening = f":root,\n{theme}" if "light" in theme else theme
    tokens = tokens_of(CHART_TOKENS, opening)
    steps = [luminance(tokens[f"--scale-{step}"]) for step in range(1, 7)]
    signs = {later > earlier for earlier, later in pairwise(steps)}

    assert signs == {"dark" in theme}


# Templates.


@pytest.mark.parametrize("template", TEMPLATES, ids=names(TEMPLATES))
def test_template_has_nothing_inline(template):
    """The Content-Security-Policy would refuse it on the reader's device."""
    html = re.sub(r"\{#.*?#\}|\{% comment.*?endcomment %\}", "", template.read_text(), flags=re.S)

    assert INLINE.findall(html) == []


def used_classes(html: str) -> set[str]:
    """Return the class names that a template writes in full."""
    found = set()
    for value in re.findall(r'\bclass="((?:[^"{]|\{\{.*?\}\}|\{%.*?%\})*)"', html):
        plain = re.sub(r"\{%.*?%\}", " ", value)
        glued = re.sub(r"\{\{.*?\}\}", "\0", plain)
        found |= {name for name in glued.split() if "\0" not in name}
    return found


DEFINED = {name for sheet in SHEETS for name in re.findall(r"\.([a-zA-Z][\w-]*)", css_of(sheet))}


@pytest.mark.parametrize("template", TEMPLATES, ids=names(TEMPLATES))
def test_template_uses_only_classes_that_exist(template):
    assert used_classes(template.read_text(encoding="utf-8")) - DEFINED == set()


def test_every_class_is_used_somewhere():
    sources = [
        *TEMPLATES,
        *AREAS.glob("*/static/**/*.js"),
        *(path for path in AREAS.rglob("*.py") if "tests" not in path.parts),
    ]
    written = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    unused = {
        name
        for name in DEFINED
        if name not in written and f"{name.rpartition('--')[0]}--{{" not in written
    }

    assert unused == set()
