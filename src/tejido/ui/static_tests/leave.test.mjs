import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

const source = readFileSync(new URL("../static/ui/leave.js", import.meta.url), "utf8");
const leave = await import(`data:text/javascript,${encodeURIComponent(source)}`);

function press(counter, key) {
  counter.down(key);
  return counter.up(key);
}

test("three presses of Shift within five seconds count three", () => {
  let now = 0;
  const counter = leave.shiftCounter(() => now);
  const counts = [0, 1000, 2000].map((at) => {
    now = at;
    return press(counter, "Shift");
  });
  assert.deepEqual(counts, [1, 2, 3]);
});

test("presses more than five seconds ago are forgotten", () => {
  let now = 0;
  const counter = leave.shiftCounter(() => now);
  press(counter, "Shift");
  now = 2000;
  press(counter, "Shift");
  now = 5500;
  assert.equal(press(counter, "Shift"), 2);
});

test("Shift that makes a capital letter is not counted", () => {
  const counter = leave.shiftCounter(() => 0);
  for (let turn = 0; turn < 4; turn += 1) {
    counter.down("Shift");
    counter.down("A");
    counter.up("A");
    assert.equal(counter.up("Shift"), 0);
  }
});

test("another key starts the count again", () => {
  const counter = leave.shiftCounter(() => 0);
  press(counter, "Shift");
  press(counter, "Shift");
  press(counter, "a");
  assert.equal(press(counter, "Shift"), 1);
});

test("coming back starts the count again", () => {
  const counter = leave.shiftCounter(() => 0);
  press(counter, "Shift");
  counter.reset();
  assert.equal(press(counter, "Shift"), 1);
});

function pageWith(fields) {
  const done = [];
  return {
    done,
    title: "4 places near Fresno",
    forms: [{ reset: () => done.push("reset") }],
    querySelectorAll: () => fields,
    documentElement: { classList: { add: (name) => done.push(name) } },
    getElementById: () => null,
  };
}

test("forget empties fields and this tab's storage", () => {
  const fields = [
    { type: "text", value: "Fresno" },
    { type: "hidden", value: "signed" },
  ];
  const store = { cleared: false, clear() { this.cleared = true; } };
  leave.forget(pageWith(fields), store);
  assert.deepEqual(fields.map((field) => field.value), ["", "signed"]);
  assert.equal(store.cleared, true);
});

test("forget goes on where a browser forbids storage", () => {
  const store = { clear() { throw new Error("forbidden"); } };
  assert.doesNotThrow(() => leave.forget(pageWith([]), store));
});

test("leaving blanks the page before it replaces it", () => {
  const page = pageWith([]);
  globalThis.window = { sessionStorage: { clear: () => page.done.push("stored") } };
  const place = { replace: (href) => page.done.push(href) };
  leave.leaveNow({ href: "https://www.weather.gov/", dataset: {} }, page, place);
  assert.deepEqual(page.done, ["is-leaving", "reset", "stored", "https://www.weather.gov/"]);
  assert.equal(page.title, "\u200b");
});
