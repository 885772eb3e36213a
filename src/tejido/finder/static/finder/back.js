// Back to the results. They are answered to a POST and kept nowhere, so a browser that goes back
// to them asks "Confirm form resubmission". Here the fields of the search stand in the state of
// this one entry of the tab's history, where a browser keeps what a form sent; they go with the
// tab. After Leave no earlier search is asked again. Without this file the page offers a button to
// a place instead, which leads back.

/** Returns [name, value] for each hidden field of a form. */
export function fieldsOf(form) {
  return [...form.elements]
    .filter((each) => each.type === "hidden" && each.name)
    .map((each) => [each.name, each.value]);
}

/** Asks once more, by POST, as the form did that led to this entry. */
export function askAgain(page, fields, address) {
  const form = page.createElement("form");
  form.method = "post";
  form.action = address;
  for (const [name, value] of fields) {
    const input = page.createElement("input");
    Object.assign(input, { type: "hidden", name, value });
    form.append(input);
  }
  page.body.append(form);
  form.submit();
}

/** Returns whether somebody left this tab by Leave since the search was made. */
export function wasLeftSince(at, store) {
  try {
    return Number(store.getItem("left") ?? 0) >= at;
  } catch {
    return true; // A browser that forbids storage cannot tell: ask nothing again.
  }
}

function isPlain(event) {
  const other = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
  return event.button === 0 && !other && !event.defaultPrevented;
}

function start(page) {
  const again = page.getElementById("again");
  const here = location.pathname + location.hash;
  if (!again) {
    const { search, at } = history.state ?? {};
    if (!Array.isArray(search)) return;
    if (wasLeftSince(at, window.sessionStorage)) history.replaceState(null, "", here);
    else askAgain(page, search, here);
    return;
  }
  // A shared link has its search in the address and needs none of this.
  const state = { search: fieldsOf(again), at: Date.now() };
  if (!location.search) history.replaceState(state, "", here);
  page.addEventListener("click", (event) => {
    const link = event.target.closest?.("a.place__name");
    if (!link || !isPlain(event)) return;
    event.preventDefault();
    again.action = link.href;
    again.submit();
  });
}

if (typeof document !== "undefined") start(document);
