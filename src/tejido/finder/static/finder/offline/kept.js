// The search of what is kept. It asks nobody: the list is in memory, and the address, the history
// and the storage of the browser learn nothing of what is looked for.

import { readSearch } from "./asking.js";
import { cardOf } from "./card.js";
import { dayIn } from "./hours.js";
import { lineRows, urgentNotes } from "./lines.js";
import { agoWords, momentWords, said } from "./say.js";
import { findServices, prepared } from "./search.js";
import { keptList } from "./store.js";
import { linesNow } from "./urgent.js";
import { seen, tokensOf } from "./words.js";

const AT_ONCE = 10;
const MOST = 50;
const DAY_S = 24 * 60 * 60;
const form = document.querySelector("[data-search]");
const words = JSON.parse(form.dataset.words);
const part = (name) => document.querySelector(`[data-${name}]`);

/** Returns what the form says; a need that was tapped is asked for without the words. */
function typedIn(need) {
  const { q, place, lat, lon } = form.elements;
  const [latitude, longitude] = [lat.value, lon.value].map(parseFloat);
  const isPlaced = Number.isFinite(latitude) && Number.isFinite(longitude);
  return {
    words: need ? "" : seen(q.value),
    place: seen(place.value),
    position: isPlaced ? { latitude, longitude } : null,
    need,
  };
}

const OF_WORDS = new Set(["timeIsOver", "whichDay"]);

/** Says at its field what to change, and returns the field; null where nothing is to change. */
function showProblem({ problem, text }, { place }) {
  const isOfWords = OF_WORDS.has(problem) || !place;
  for (const [name, isIts] of [["place", !isOfWords], ["q", isOfWords]]) {
    const sentence = problem && isIts ? said(words[problem], { place: text }) : "";
    part(`problem-${name}`).hidden = !sentence;
    part(`problem-${name}`).textContent = sentence;
    form.elements[name].toggleAttribute("aria-invalid", Boolean(sentence));
  }
  return problem ? form.elements[isOfWords ? "q" : "place"] : null;
}

/** Shows what cannot wait before anything else, a mistake in the search included. */
function showUrgent(list, typed) {
  const ids = linesNow(typed, list);
  const notes = urgentNotes(ids, { list, words });
  part("urgent").replaceChildren(...notes);
  part("urgent").hidden = !notes.length;
}

/** Leads whoever hears the page to what cannot wait, else to what was found. */
function focusOn(heading) {
  const urgent = part("urgent");
  (urgent.hidden ? heading : urgent).focus();
}

/** Returns `near Fresno`, `in Fresno County`, or where else was looked: in all that was kept. */
function whereWords(where) {
  if (!where) return words.inList;
  if (!where.isNamed) return said(words.near, { place: words.you });
  if (!where.county) return said(words.near, { place: nameOf(where) });
  return said(words.within, { name: where.name.replace(/ County$/, "") });
}

/** Returns the name of a place in a sentence, in the language of the page. */
const nameOf = ({ name, spanish }) => (words.language === "es" && spanish)
  || name.replace(/^(.+) County$/, (_whole, county) => said(words.county, { name: county }));

/** Returns a sentence with a name in it as Spanish writes it: `cerca del condado de Fresno`. */
const contracted = (sentence) => sentence.replace(" de el ", " del ");

/** Returns how many have it near, as the page with signal counts them; all without a place. */
function headingOf({ hits, total, near, hasClosed }, { isNow, where }) {
  const place = whereWords(where);
  if (hits.length && hasClosed) return said(isNow ? words.noneOpen : words.noneOpenThen, { place });
  if (!hits.length || !total) return words.nothing;
  const number = where ? near : total;
  if (!number) return said(words.noneNear, { place });
  return said(number === 1 ? words.foundOne : words.found, { number, place });
}

/** Returns what was understood: a word that was mistyped, the time, from where distances count. */
function understoodOf({ corrected, hasClosed }, { typed, read, list }) {
  const meant = [...corrected.values()].join(", ");
  const { where, other, at, isNow, onlyOpen } = read;
  const label = where?.isNamed && nameOf(where);
  return [
    typed.words && !tokensOf(typed.words).length
      && said(words.notUnderstood, { typed: typed.words }),
    meant && said(words.corrected, { meant }),
    !isNow && said(words.when, { when: momentWords(at, list.zone, words.language) }),
    onlyOpen && !hasClosed && (isNow ? words.closedNowLeftOut : words.closedThenLeftOut),
    label && contracted(said(words.from, { place: label })),
    other && said(words.alsoNamed, { other: nameOf({ name: other }) }),
  ].filter(Boolean).join(" ");
}

/** Offers to look near the other place that the words name. */
function offerOther({ other }) {
  const button = part("other");
  button.hidden = !other;
  const shown = other && nameOf({ name: other });
  button.textContent = other ? contracted(said(words.lookNear, { other: shown })) : "";
  button.onclick = () => {
    form.elements.place.value = other;
    form.requestSubmit();
  };
}

/** Returns the hits with what is closed after all others, each part in its order. */
function closedLast(hits) {
  const isClosed = ({ hours }) => hours.state === "closed";
  return [...hits.filter((hit) => !isClosed(hit)), ...hits.filter(isClosed)];
}

function show(answer, list, { typed, read }) {
  const labels = new Map(list.needs.map(({ id, label }) => [id, label]));
  const today = dayIn(list.zone, Date.now());
  const asked = { ...answer, ...read, labels, list, words, today };
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
  heading.textContent = headingOf(answer, read);
  part("understood").textContent = understoodOf(answer, { typed, read, list });
  offerOther(read);
  part("results").hidden = false;
  focusOn(heading);
}

function search(list, need) {
  const typed = typedIn(need);
  showUrgent(list, typed);
  const read = readSearch(typed, Date.now(), list);
  const wrong = showProblem(read, typed);
  if (wrong) {
    part("results").hidden = true;
    focusOn(wrong);
    return;
  }
  const onlyOpen = read.onlyOpen || form.elements.open.checked;
  const question = { ...read, need, onlyOpen, limit: MOST };
  show(findServices(question, list), list, { typed, read });
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
