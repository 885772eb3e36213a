// One place as a card. Every text is set as text: nothing of a list can become markup.

import {
  agoWords, changeWords, daysBetween, directionWords, distanceWords, phoneWords, said,
} from "./say.js";
import { tagsOf } from "./tags.js";

const TAGS_SHOWN = 6;
const TEXTS = ["description", "before_you_go", "landmark"];
const SPANISH = new Set(["es", "spa"]);
const WRITTEN = new Set(["sms", "text"]);
const NOT_CALLED = new Set(["fax", "tty"]);
/** Returns the content of a template of the page. */
export const template = (name) => document.querySelector(`template[data-${name}]`).content;

/** Sets a text, with its language where that is not the page's. */
export function put(element, text, asked) {
  const [words, language] = Array.isArray(text) ? text : [text ?? "", asked.list.language];
  element.textContent = words;
  if (language !== asked.words.language) element.lang = language;
  return element;
}

const shortCode = (code) => code.toLowerCase().split("-")[0];
const made = (tag, name = "") => Object.assign(document.createElement(tag), { className: name });

function stateOf({ listing, hours }, { words, at, isNow }) {
  const sentences = (name) => [words[name], words[`${name}Tomorrow`], words[`${name}On`]];
  const when = (second, name) =>
    changeWords(second, at / 1000, listing.zone,
      { of: sentences(name), tonight: name === "until", isNow }, words.language);
  if (hours.state === "unknown") return ["unknown", words.unknown, words.callFirst];
  if (listing.closedForNow) return ["closed", words.closedForNow, words.callToAsk];
  if (hours.state === "closed") {
    const closed = isNow ? words.closed : words.closedThen;
    return ["closed", closed, hours.opensAt ? when(hours.opensAt, "opens") : words.callToAsk];
  }
  if (hours.always) return ["open", words.always, words.allDay];
  const open = isNow ? words.open : words.openThen;
  return ["open", open, hours.closesAt ? when(hours.closesAt, "until") : ""];
}

function showState(card, hit, asked) {
  const [state, label, until] = stateOf(hit, asked);
  card.querySelector(".state").classList.add(`state--${state}`);
  card.querySelector("[data-icon]").replaceWith(template(`state="${state}"`).cloneNode(true));
  card.querySelector("[data-label]").textContent = label;
  card.querySelector(".state__until").textContent = until && ` · ${until}`;
}

function awayWords({ listing, distanceM, bearing }, { words, where }) {
  if (distanceM === null) return "";
  const distance = distanceWords(distanceM, words.language);
  if (listing.about || where.about) return said(words.about, { distance });
  return `${distance} ${directionWords(bearing, words.language)}`;
}

function addressOf(listing) {
  const lines = [...new Set(listing.address ?? [])];
  const town = [listing.city, listing.zip].filter(Boolean).join(" ");
  if (town && !lines.some((line) => listing.city && line.includes(listing.city))) lines.push(town);
  return lines.join(", ");
}

function showWhere(card, hit, asked) {
  const { listing } = hit;
  const parts = [awayWords(hit, asked), addressOf(listing), asked.words[listing.mode]];
  card.querySelector(".place__where").textContent = parts.filter(Boolean).join(" · ");
}

function showTags(card, { listing, instead }, { needs, list, words }) {
  const wanted = instead.length ? instead : needs;
  const shown = tagsOf(listing, { wanted, list, tiles: words.tiles }).slice(0, TAGS_SHOWN);
  const tags = shown.map(([label, isHit]) => {
    const row = made("li");
    const tag = made("span", isHit ? "tag tag--hit" : "tag");
    tag.textContent = label;
    row.append(tag);
    return row;
  });
  card.querySelector(".tags").replaceChildren(...tags);
}

/** Says of a place that does not state what was asked for what it does, as the server's card. */
function showCaution(card, { listing, instead }, { needs, labels, words }) {
  const caution = card.querySelector("[data-caution]");
  const has = needs.some((need) => listing.needs.includes(need));
  caution.hidden = !needs.length || has;
  const need = words.has[needs[0]] ?? inSentence(labels.get(needs[0]) ?? "");
  caution.textContent = said(instead.length ? words.instead : words.onlyMentions, { need });
}

/** Returns a label without its capital, unless the word keeps it: `HIV test`. */
function inSentence(label) {
  const keeps = label.length > 1 && label[1] !== label[1].toLowerCase();
  return keeps ? label : label.slice(0, 1).toLowerCase() + label.slice(1);
}

function factOf(yes, words) {
  const row = made("li", yes ? "fact" : "fact fact--barrier");
  const label = made("span");
  label.textContent = words;
  row.append(template(`fact="${yes}"`).cloneNode(true), label);
  return row;
}

function showFacts(card, { listing }, { words }) {
  const facts = Object.entries(listing.facts).map(([fact, yes]) =>
    factOf(yes, words.facts[fact]?.[yes ? 0 : 1] ?? fact));
  const isSpanish = listing.speaks.some((code) => SPANISH.has(shortCode(code)));
  if (isSpanish) facts.splice(1, 0, factOf(1, words.spanish));
  card.querySelector(".facts").replaceChildren(...facts);
}

function linkOf([number, extension, kind], { words, name }) {
  const link = made("a", "btn btn--2");
  const isText = WRITTEN.has(kind);
  link.href = `${isText ? "sms" : "tel"}:${number.replace(/[^\d+]/g, "")}`;
  const label = made("span");
  const after = extension ? ` x${extension}` : "";
  const sentence = isText ? words.textNumber : words.callNumber;
  label.textContent = said(sentence, { number: `${phoneWords(number)}${after}` });
  // Whoever hears a list of links is told whose number it is.
  label.append(Object.assign(made("span", "vh"), { textContent: `: ${name}` }));
  link.append(template("phone").cloneNode(true), label);
  return link;
}

function showPhones(card, { listing }, { words }) {
  const phones = (listing.phones ?? []).filter(([, , kind]) => !NOT_CALLED.has(kind));
  const [name] = [listing.name].flat();
  const links = phones.map((each) => linkOf(each, { words, name }));
  card.querySelector(".place__acts").replaceChildren(...links);
}

function spokenWords({ speaks }, { languages, languageNames, notKnown }) {
  const names = speaks.map((code) => languageNames[shortCode(code)] ?? code);
  return `${languages} ${[...new Set(names)].join(", ") || notKnown}`;
}

function showMore(card, { listing }, asked) {
  const texts = TEXTS.map((name) => listing[name]).filter(Boolean);
  const spoken = Object.assign(made("p"), { textContent: spokenWords(listing, asked.words) });
  const said = texts.map((text) => put(made("p"), text, asked));
  card.querySelector("details div").replaceChildren(...said, spoken);
}

function showChecked(card, { listing: { confirmed, who } }, { words, list, today }) {
  const days = confirmed ? daysBetween(confirmed, today) : Infinity;
  const isStale = days > list.ranking.checkHoldDays;
  const by = words.by[who];
  const sentence = isStale ? words.stale : by ? words.checkedBy : words.checked;
  const ago = confirmed ? agoWords(days, words.language) : "";
  const line = card.querySelector(".freshness");
  line.textContent = confirmed ? said(sentence, { by, ago }) : words.unchecked;
  line.className = isStale ? "freshness note note--caution" : "freshness";
}

const PARTS = [
  showState, showWhere, showTags, showCaution, showFacts, showPhones, showMore, showChecked,
];

/** Returns the card of a hit as an item of a list. */
export function cardOf(hit, number, asked) {
  const card = template("card").cloneNode(true).firstElementChild;
  const title = card.querySelector("h3");
  put(title, hit.listing.name, asked);
  title.id = `place-${number}`;
  card.querySelector("article").setAttribute("aria-labelledby", title.id);
  card.querySelector(".place__number").textContent = number;
  card.querySelector(".place__by").textContent = hit.listing.by;
  for (const showPart of PARTS) showPart(card, hit, asked);
  return card;
}
