// Quick exit. Without this file Leave is an ordinary link; with it the page is blanked first, its
// place in the history is given up, and Shift pressed three times leaves too (not as a modifier).

const PRESSES = 3;
const WITHIN_MS = 5000;

/** Counts Shift pressed alone; returns how many presses in a row lie within five seconds. */
export function shiftCounter(now = () => Date.now()) {
  let times = [];
  let alone = false;
  return {
    down(key) {
      alone = key === "Shift";
      if (!alone) times = [];
    },
    up(key) {
      if (key !== "Shift" || !alone) return times.length;
      alone = false;
      const at = now();
      times = [...times.filter((time) => at - time < WITHIN_MS), at];
      return times.length;
    },
    reset() {
      times = [];
      alone = false;
    },
  };
}

/** Empties what the page remembers: fields, and what this tab has stored but the time of leaving,
 * so that no page of before fills itself again. */
export function forget(page, store) {
  for (const form of page.forms) form.reset();
  for (const field of page.querySelectorAll("input, textarea, select")) {
    if (!["hidden", "checkbox", "radio", "submit"].includes(field.type)) field.value = "";
  }
  try {
    store?.clear();
    store?.setItem("left", String(Date.now()));
  } catch {
    // A browser that forbids storage has stored nothing.
  }
}

/** Blanks the page at once, then replaces it, so that Back does not return here. */
export function leaveNow(link, page = document, place = window.location) {
  page.documentElement.classList.add("is-leaving");
  page.title = "\u200b";
  say(page, link.dataset.leaving);
  forget(page, window.sessionStorage);
  place.replace(link.href);
}

function say(page, words) {
  const status = page.getElementById("leave-status");
  if (status) status.textContent = words ?? "";
}

function addStatus(page) {
  const status = page.createElement("div");
  status.id = "leave-status";
  status.className = "vh";
  status.setAttribute("role", "status");
  page.body.append(status);
}

function start(page) {
  const link = page.querySelector("[data-leave]");
  if (!link) return;
  const title = page.title;
  const counter = shiftCounter();
  addStatus(page);
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leaveNow(link);
  });
  page.addEventListener("keydown", (event) => {
    if (!event.repeat) counter.down(event.key);
  });
  page.addEventListener("keyup", (event) => {
    const count = counter.up(event.key);
    if (event.key !== "Shift") return;
    if (count >= PRESSES) leaveNow(link);
    else if (count === PRESSES - 1) say(page, link.dataset.presses);
  });
  window.addEventListener("pageshow", () => {
    page.documentElement.classList.remove("is-leaving");
    page.title = title;
    counter.reset();
    say(page, "");
  });
}

if (typeof document !== "undefined") start(document);
