"""What must hold on every page, however it is looked at: axe, width and targets."""

from typing import Any

from playwright.sync_api import Page

# Layout hangs on the width and colours on the theme: these two pairs show all four.
LOOKS = ((320, "light"), (1280, "dark"))
WIDTHS_BETWEEN = (375, 800)
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SMALL_TARGETS = """() => {
  const small = [];
  for (const each of document.querySelectorAll(
    'a[href], button, input:not([type=hidden]), select, textarea, summary')) {
    const box = each.getBoundingClientRect(), look = getComputedStyle(each);
    const inSentence = each.matches('p a, li a, td a') && look.display === 'inline';
    const inLabel = each.closest('label, .check');
    if (!box.width || look.visibility === 'hidden' || inSentence) continue;
    if (each.closest('.skip')) continue;
    const height = Math.max(box.height, inLabel?.getBoundingClientRect().height ?? 0);
    const width = Math.max(box.width, inLabel?.getBoundingClientRect().width ?? 0);
    if (height < 43.9 || width < 43.9) small.push(each.outerHTML.slice(0, 90));
  }
  return small;
}"""
AXE = """async () => (await axe.run(document, {resultTypes: ['violations']})).violations.map(
  each => [each.id, each.nodes.map(node => node.html.slice(0, 120))])"""
OPEN = "document.querySelectorAll('main details').forEach(each => each.open = true)"


def violations(page: Page, axe_source: str) -> list[Any]:
    """Return what axe finds on the page: each rule with what breaks it."""
    page.wait_for_load_state()
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe_source)
    found: list[Any] = page.evaluate(AXE)
    return found


def fits(page: Page, width: int) -> list[Any]:
    """Return what is wrong at a width: how far it goes sideways, and what is too small to hit."""
    page.set_viewport_size({"width": width, "height": 812 if width < 600 else 900})
    sideways = page.evaluate(SIDEWAYS)
    return ["sideways", sideways] * bool(sideways) + page.evaluate(SMALL_TARGETS)


def faults(page: Page, axe_source: str) -> dict[str, list[Any]]:
    """Return what is wrong with a page: what is wrong, by width and theme; {} if it is sound.

    What folds is unfolded before. The page has its width and its theme again afterwards.
    """
    before = page.viewport_size
    page.wait_for_load_state()
    page.evaluate(OPEN)
    found = {f"{width}": fits(page, width) for width in WIDTHS_BETWEEN}
    for width, theme in LOOKS:
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        found[f"{width} {theme}"] = fits(page, width) + violations(page, axe_source)
    page.emulate_media(color_scheme="light", reduced_motion="no-preference")
    page.set_viewport_size(before)
    return {look: wrong for look, wrong in found.items() if wrong}
