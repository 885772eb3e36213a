// What a place has, in the order in which a person looks for it, as the server's card says it
// (finder/web/tags.py).

/**
 * Returns the labels of the needs of a place, each with whether it was looked for: those first,
 * then harm reduction, then the rest. A need stands for its broader ones too: `HIV test` makes
 * `HIV and hep C tests` superfluous.
 *
 * wanted: ids of the needs that were looked for. tiles: those of the first page, in their order.
 */
export function tagsOf({ needs }, { wanted, list, tiles }) {
  const rows = new Map(list.needs.map((row) => [row.id, row]));
  const chain = (need) => [need, ...rows.get(need).broader];
  const own = needs.filter((need) => rows.has(need));
  const implied = new Set(own.flatMap((need) => rows.get(need).broader));
  const isHit = (need) => chain(need).some((each) => wanted.includes(each));
  const core = (need) => {
    const found = chain(need).map((each) => tiles.indexOf(each)).filter((at) => at >= 0);
    return Math.min(tiles.length, ...found);
  };
  const shown = own.filter((need) => !implied.has(need)).map((need) => ({
    label: rows.get(need).label, isHit: isHit(need), core: core(need),
  }));
  shown.sort((one, other) => other.isHit - one.isHit || one.core - other.core);
  const isFirst = ({ label, isHit: hit }, at) =>
    shown.findIndex((each) => each.label === label && each.isHit === hit) === at;
  return shown.filter(isFirst).map(({ label, isHit: hit }) => [label, hit]);
}
