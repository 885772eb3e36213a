// Back to the results. They are answered to a POST and kept nowhere, so a browser that goes back
// to them asks "Confirm form resubmission". Here the fields of the search stand in the state of
// this one entry of the tab's history, where a browser keeps what a form sent; they go with the
// tab. After Leave no earlier search is asked again. Without this file the page offers a button to
// a place instead, which leads back.
//
// It runs before the list or the place is drawn, so it is no module: whoever sees the page can go
// away from it at once, and its entry holds the search already. A form that is sent before a page
// has loaded takes the place of that page in the history.
"use strict";
{
  /** Returns [name, value] for each hidden field of a form. */
  function fieldsOf(form) {
    return [...form.elements]
      .filter((each) => each.type === "hidden" && each.name)
      .map((each) => [each.name, each.value]);
  }

  /** Asks once more, by POST, as the form did that led to this entry. */
  function askAgain(fields, address) {
    const form = document.createElement("form");
    form.method = "post";
    form.action = address;
    for (const [name, value] of fields) {
      const input = document.createElement("input");
      Object.assign(input, { type: "hidden", name, value });
      form.append(input);
    }
    document.body.append(form);
    form.submit();
  }

  /** Returns whether somebody left this tab by Leave since the search was made. */
  function wasLeftSince(at) {
    try {
      return Number(window.sessionStorage.getItem("left") ?? 0) >= at;
    } catch {
      return true; // A browser that forbids storage cannot tell: ask nothing again.
    }
  }

  function comeBack(here) {
    const { search, at } = history.state ?? {};
    if (!Array.isArray(search)) return;
    if (wasLeftSince(at)) history.replaceState(null, "", here);
    else askAgain(search, here);
  }

  function isPlain(event) {
    const other = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
    return event.button === 0 && !other && !event.defaultPrevented;
  }

  function takeAlong(again) {
    document.addEventListener("click", (event) => {
      const link = event.target.closest?.("a.place__name");
      if (!link || !isPlain(event)) return;
      event.preventDefault();
      again.action = link.href;
      again.submit();
    });
  }

  const drawnAt = Date.now();
  const again = document.getElementById("again");
  const here = location.pathname + location.hash;
  if (again) {
    // A shared link has its search in the address and needs none of this.
    const state = { search: fieldsOf(again), at: drawnAt };
    if (!location.search) history.replaceState(state, "", here);
    takeAlong(again);
  } else comeBack(here);
  // A browser may keep the whole page and show it on Back without asking anybody.
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted || !wasLeftSince(drawnAt)) return;
    document.documentElement.hidden = true;
    location.replace(location.pathname + location.search);
  });
}
