// Asks before a form of the desk, or of an invitation, that somebody changed and did not send is left: by a link, by the
// button of another form, by closing the page. The browser asks, in its own words and language.
// Without this file nothing is asked.
const before = new Map();
let sent = null;

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
window.addEventListener("beforeunload", (event) => {
  const forms = [...before.keys()].filter((form) => form.isConnected && form !== sent);
  sent = null;
  if (forms.every((form) => said(form) === before.get(form))) return;
  event.preventDefault();
  event.returnValue = true; // browsers of before 2023
});
