// Asks before a form of the desk, or of an invitation, that somebody changed and did not send is
// left. At a link the page asks, because iPhones would not; at the button of another form, and when
// the page is closed, the browser does, in its own words. Without this file nothing is asked.
const question = document.querySelector("script[data-question]").dataset.question;
const before = new Map();
let sent = null;
let leaves = false;

function said(form) {
  const secret = [...form.querySelectorAll("[type=password]")].map((field) => field.name);
  const parts = [...new FormData(form)].filter(([name]) => !secret.includes(name));
  return JSON.stringify(parts.map(([name, value]) => [name, value.name ?? value]));
}

// What came back with a problem was typed before, and is not stored yet either.
const cameBack = document.querySelector("main .errors, main [role=alert]");
for (const form of document.querySelectorAll("main form[method=post]:not([data-passkey])")) {
  if (form.querySelector("[type=password]") && !form.hasAttribute("data-asks")) continue;
  before.set(form, cameBack && !form.hasAttribute("action") ? "" : said(form));
}
document.addEventListener("submit", (event) => {
  if (!event.defaultPrevented) sent = event.target;
});

function isChanged() {
  const forms = [...before.keys()].filter((form) => form.isConnected && form !== sent);
  return forms.some((form) => said(form) !== before.get(form));
}

document.addEventListener("click", (event) => {
  const link = event.target.closest(`a[href^="/"], a[href^="?"], a[href^="http"]`);
  const isBeside = event.ctrlKey || event.metaKey || event.shiftKey || link?.target;
  if (!link || isBeside || event.defaultPrevented || "leave" in link.dataset || !isChanged()) return;
  leaves = window.confirm(question);
  if (!leaves) event.preventDefault();
});
window.addEventListener("beforeunload", (event) => {
  // Whoever said yes at a link, or left in a hurry, is not asked.
  const isToGo = leaves || document.documentElement.classList.contains("is-leaving");
  const isToAsk = !isToGo && isChanged();
  sent = null;
  leaves = false;
  if (!isToAsk) return;
  event.preventDefault();
  event.returnValue = true; // browsers of before 2023
});
