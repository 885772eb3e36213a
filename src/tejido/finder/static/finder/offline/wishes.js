// What a person says beside the need, as the server reads it (finder/domain/wishes.py).

import { tokensOf } from "./words.js";

/** Returns the words that are left, the facts and the language that are wished for. */
export function wishesIn(text, table) {
  const tokens = tokensOf(text);
  const words = [];
  const facts = new Set();
  let spoken = "";
  let at = 0;
  while (at < tokens.length) {
    const said = factAt(tokens, at, table);
    const language = said ? null : languageAt(tokens, at, table);
    if (said) facts.add(said.fact);
    else if (language) spoken ||= language.code;
    else if (!table.when.includes(tokens[at])) words.push(tokens[at]);
    at += said?.length ?? language?.length ?? 1;
  }
  return { words, facts: [...facts], spoken };
}

function factAt(tokens, at, table) {
  for (const [phrase, fact] of table.said) {
    const length = phrase.split(" ").length;
    if (tokens.slice(at, at + length).join(" ") === phrase) return { fact, length };
  }
  return null;
}

function languageAt(tokens, at, table) {
  let start = at;
  while (start < tokens.length && table.before.includes(tokens[start])) start += 1;
  const code = table.languages[tokens[start]] ?? "";
  const end = start + 1;
  if (!code) return null;
  const isFollowed = end < tokens.length && table.after.includes(tokens[end]);
  if (isFollowed) return { code, length: end + 1 - at };
  const isSaid = start > at || table.bare.includes(tokens[start]);
  return isSaid ? { code, length: end - at } : null;
}
