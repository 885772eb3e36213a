// "Use my location". Without this file the button stays hidden and a typed place does the same.
// The position is rounded here, on the phone, before it goes into the form: 0.01 degree is about
// half a mile. Nothing is sent until the person sends the form; nothing is stored.

const STEP = 100;
const WAIT_MS = 15000;

/** Rounds degrees to two decimals, as text; -0.00 becomes 0.00. */
export function rounded(degrees) {
  return (Math.round(degrees * STEP) / STEP + 0).toFixed(2);
}

function say(box, words) {
  box.querySelector("[role=status]").textContent = words;
}

function put(form, position) {
  form.elements.lat.value = position ? rounded(position.coords.latitude) : "";
  form.elements.lon.value = position ? rounded(position.coords.longitude) : "";
}

function ask(form, box) {
  say(box, box.dataset.waiting);
  navigator.geolocation.getCurrentPosition(
    (position) => {
      put(form, position);
      form.elements.place.value = "";
      say(box, box.dataset.found);
    },
    () => say(box, box.dataset.refused),
    { enableHighAccuracy: false, maximumAge: 60000, timeout: WAIT_MS },
  );
}

function start(page) {
  const form = page.querySelector("[data-search]");
  const box = page.querySelector("[data-location]");
  if (!form || !box || !("geolocation" in navigator)) return;
  box.hidden = false;
  box.querySelector("button").addEventListener("click", () => ask(form, box));
  form.elements.place.addEventListener("input", () => {
    put(form, null);
    say(box, "");
  });
}

if (typeof document !== "undefined") start(document);
