// The search of what is kept. It asks nobody: the list is in memory, and the address, the history
// and the storage of the browser learn nothing of what is looked for.

import { cardOf } from "./card.js";
import { dayIn } from "./hours.js";
import { lineRows, urgentNotes } from "./lines.js";
import { placesNamed } from "./places.js";
import { agoWords, said } from "./say.js";
import { findServices, prepared } from "./search.js";
import { keptList } from "./store.js";
import { linesNow } from "./urgent.js";
import { tokensOf } from "./words.js";

const AT_ONCE = 10;
const MOST = 50;
const DAY_S = 24 * 60 * 60;
const form = document.querySelector("[data-search]");
const words = JSON.parse(form.dataset.words);
const part = (name) => document.querySelector(`[data-${name}]`);

/** Returns where to look from: a typed place, the phone's position, null for none, or a problem. */
function whereFrom(list) {
  const typed = form.elements.place.value.trim();
  const [latitude, longitude] = [form.elements.lat.value, form.elements.lon.value].map(parseFloat);
  if (!typed) {
    const has = Number.isFinite(latitude) && Number.isFinite(longitude);
    return { where: has ? { latitude, longitude, county: "", about: true } : null };
  }
  const [place, ...others] = placesNamed(typed, list.places);
  if (!place) return { problem: said(words.unknownPlace, { place: typed }) };
  if (others.length) return { problem: words.whichPlace };
  const county = place.kind === "county" ? place.county : "";
  const label = (words.language === "es" && place.spanish) || place.name;
  return { where: { ...place, county, label } };
}

function showProblem(problem) {
  const place = form.elements.place;
  part("problem").hidden = !problem;
  part("problem").textContent = problem ?? "";
  place.toggleAttribute("aria-invalid", Boolean(problem));
}

/** Shows what cannot wait before anything else, a mistake in the search included. */
function showUrgent(list, need) {
  const [typed, place] = [form.elements.q.value.trim(), form.elements.place.value.trim()];
  const ids = linesNow({ words: need ? "" : typed, place, need }, list);
  const notes = urgentNotes(ids, { list, words });
  part("urgent").replaceChildren(...notes);
  part("urgent").hidden = !notes.length;
}

/** Leads whoever hears the page to what cannot wait, else to what was found. */
function focusOn(heading) {
  const urgent = part("urgent");
  (urgent.hidden ? heading : urgent).focus();
}

function headingOf({ hits, total, hasClosed }) {
  if (hits.length && hasClosed) return words.noneOpen;
  if (!hits.length || !total) return words.nothing;
  return total === 1 ? words.foundOne : said(words.found, { number: total });
}

/** Returns the words to search, '' where they only stand between words or say when. */
function sayingSomething(typed, list) {
  const says = (token) => !list.small.has(token) && !list.wishes.when.includes(token);
  return tokensOf(typed).some(says) ? typed : "";
}

/** Returns what was understood: a word that was mistyped, and from where distances count. */
function understoodOf({ corrected }, typed, where) {
  const meant = [...corrected.values()].join(", ");
  return [
    typed && !tokensOf(typed).length && said(words.notUnderstood, { typed }),
    meant && said(words.corrected, { meant }),
    where?.label && said(words.from, { place: where.label }),
  ].filter(Boolean).join(" ");
}

/** Returns the hits with what is closed after all others, each part in its order. */
function closedLast(hits) {
  const isClosed = ({ hours }) => hours.state === "closed";
  return [...hits.filter((hit) => !isClosed(hit)), ...hits.filter(isClosed)];
}

function show(answer, list, { typed, where, at }) {
  const labels = new Map(list.needs.map(({ id, label }) => [id, label]));
  const asked = { ...answer, labels, list, where, at, words, today: dayIn(list.zone, at) };
  const hits = answer.hasClosed ? closedLast(answer.hits) : answer.hits;
  const cards = hits.map((hit, number) => cardOf(hit, number + 1, asked));
  part("list").replaceChildren(...cards.slice(0, AT_ONCE));
  part("more").hidden = cards.length <= AT_ONCE;
  part("more").onclick = () => {
    part("list").append(...cards.slice(AT_ONCE));
    part("more").hidden = true;
    cards[AT_ONCE].querySelector("summary").focus();
  };
  const heading = document.getElementById("found");
  heading.textContent = headingOf(answer);
  part("understood").textContent = understoodOf(answer, typed, where);
  part("results").hidden = false;
  focusOn(heading);
}

function search(list, need) {
  showUrgent(list, need);
  const { where, problem } = whereFrom(list);
  showProblem(problem);
  if (problem) {
    part("results").hidden = true;
    focusOn(form.elements.place);
    return;
  }
  const at = Date.now();
  const typed = need ? "" : form.elements.q.value.trim();
  const question = {
    words: sayingSomething(typed, list), need, where, at,
    onlyOpen: form.elements.open.checked, limit: MOST,
  };
  show(findServices(question, list), list, { typed, where, at });
}

function showAge(list) {
  const days = Math.max(0, Math.floor(Date.now() / 1000 / DAY_S - list.built / DAY_S));
  const made = said(words.made, { ago: agoWords(days, words.language) });
  const isOld = Date.now() / 1000 >= list.ends;
  part("age").textContent = isOld ? `${made} ${words.expired}` : made;
  part("age").className = isOld ? "note note--caution" : "muted";
}

async function start() {
  const kept = await keptList();
  part("nothing").hidden = Boolean(kept);
  if (!kept) return;
  const list = prepared(kept);
  showAge(list);
  part("invented").hidden = !list.invented;
  const today = dayIn(list.zone, Date.now());
  part("calls").replaceChildren(...lineRows({ list, words, today }));
  part("lines").hidden = false;
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const { submitter } = event;
    search(list, submitter?.name === "need" ? submitter.value : "");
  });
}

start();
