// Lines to call, from the list: what cannot wait before the places, and all of them to look up.

import { put, template } from "./card.js";
import { dateWords, daysBetween, said } from "./say.js";

const EMERGENCY = "911";

/** Returns the notes to show before anything else, for these ids of lines. */
export function urgentNotes(ids, asked) {
  const found = ids.map((id) => asked.list.calls.find((call) => call.id === id));
  return found.filter(Boolean).map((call) => {
    const isEmergency = call.id === EMERGENCY;
    const note = template("urgent-note").cloneNode(true).firstElementChild;
    note.classList.toggle("note--error", isEmergency);
    put(note.querySelector("strong"), call.urgent, asked);
    if (!isEmergency) note.querySelector("[data-steps]").remove();
    showButtons(note, call, { writes: !isEmergency && call.by.includes("text") }, asked);
    return note;
  });
}

/** Returns every line with what it is for, when, in which languages, and who says so. */
export function lineRows(asked) {
  return asked.list.calls.map((call) => {
    const row = template("line").cloneNode(true).firstElementChild;
    put(row.querySelector("h3"), call.name, asked);
    put(row.querySelector("[data-about]"), call.about, asked);
    put(row.querySelector("[data-writing]"), call.text, asked);
    showButtons(row, call, { writes: call.by.includes("text") }, asked);
    row.querySelector("[data-facts]").textContent = factsOf(call, asked.words);
    row.querySelector("[data-old]").hidden = !isOld(call, asked);
    return row;
  });
}

function showButtons(row, { number, dial, by }, { writes }, { words }) {
  const [call, write] = [row.querySelector("[data-call]"), row.querySelector("[data-write]")];
  call.href = `tel:${dial}`;
  write.href = `sms:${dial}`;
  call.querySelector("[data-words]").textContent = said(words.callNumber, { number });
  write.querySelector("[data-words]").textContent = said(words.textNumber, { number });
  if (!by.includes("call")) call.remove();
  if (!writes) write.remove();
}

function factsOf({ hours, languages, interpreters, site, checked }, { lines, ...words }) {
  const spoken = languages.map((code) => words.languageNames[code] ?? code);
  if (interpreters) spoken.push(lines.interpreters);
  else if (!languages.includes("es")) spoken.push(lines.noSpanish);
  const day = dateWords(checked, words.language);
  return [
    `${lines[hours]}.`, `${words.languages} ${spoken.join(", ")}.`,
    said(lines.checked, { day }), said(lines.site, { site }),
  ].join(" ");
}

function isOld({ checked }, { list, today }) {
  return daysBetween(checked, today) > list.ranking.lineHoldDays;
}
