"""What a place has, in the order in which a person looks for it."""

from collections.abc import Iterable, Mapping

from tejido.directory.domain.public import PublicListing
from tejido.finder.queries.snapshot import current_snapshot
from tejido.finder.web.tiles import TILES

_CORE = {concept: place for place, (concept, _name, _gloss) in enumerate(TILES)}


def tags_of(
    listing: PublicListing, labels: Mapping[str, str], *, wanted: Iterable[str] = ()
) -> tuple[tuple[str, bool], ...]:
    """Return labels, and whether each was looked for: those, then harm reduction, then the rest.

    A need stands for its broader ones too: `HIV test` makes `HIV and hep C tests` superfluous.
    """
    broader, wanted = current_snapshot().lexicon.broader, set(wanted)
    own = [need for need in listing.needs if need in labels]
    implied = {each for need in own for each in broader.get(need, ()) if each != need}
    hits = {need for need in own if wanted & {need, *broader.get(need, ())}}

    def order(need: str) -> tuple[bool, int]:
        core = [_CORE.get(each, len(_CORE)) for each in broader.get(need, (need,))]
        return need not in hits, min(core, default=len(_CORE))

    shown = sorted((need for need in own if need not in implied), key=order)
    return tuple(dict.fromkeys((labels[need], need in hits) for need in shown))
