// The same search as ours, over the same readings: characters, pinyin, first letters, other names,
// English. One slip of the finger is not forgiven here: nothing that is measured needs it.

const WHOLE = 0;
const START = 1;
const INSIDE = 2;
const NOT = 3;

const plain = (text) => text.replace(/[\s'’]/g, "").toLowerCase();

/** What a search needs of each park, made once. */
export function ready(parks) {
  return parks.map(({ spoken, english, ...park }) => ({
    ...park,
    english: plain(english ?? ""),
    spoken: spoken.map(([word, reading]) => ({ word: plain(word), reading })),
  }));
}

/** The best first, else in their order; nothing typed leaves all. */
export function search(parks, typed) {
  const wanted = plain(typed);
  if (wanted === "") return parks;
  const begun = beginnings(wanted);
  const found = [[], [], []];
  for (const park of parks) found[answer(park, wanted, begun)]?.push(park);
  return found.flat();
}

/** Finds where a text can be cut into beginnings of the parts of a reading, one after the other: after
 * each letter either the next, or the rest of the part and of the ways to read the next one. */
function beginnings(wanted) {
  const letters = [...wanted].map((letter) => letter.replace(/[^\p{L}\p{N}]/u, "\\$&"));
  return new RegExp(`(?:^|[ /])${letters.join("(?:[^ ]* (?:[^ ]*/)?)??")}`);
}

function answer(park, wanted, begun) {
  let best = park.english.includes(wanted) ? INSIDE : NOT;
  for (const { word, reading } of park.spoken) {
    if (best === WHOLE) break;
    best = Math.min(best, written(word, wanted) ?? read(reading, wanted, begun));
  }
  return best;
}

function written(word, wanted) {
  const at = word.indexOf(wanted);
  if (at < 0) return undefined;
  if (at > 0) return INSIDE;
  return word.length === wanted.length ? WHOLE : START;
}

function read(reading, wanted, begun) {
  const at = reading.search(begun);
  if (at < 0) return NOT;
  const second = reading.indexOf(" ");
  if (second >= 0 && at >= second) return INSIDE;
  return isSpelt(reading.split(" "), wanted) ? WHOLE : START;
}

/** Is the text all of these parts, each to its end? */
function isSpelt([part, ...others], wanted) {
  if (part === undefined) return wanted === "";
  return part
    .split("/")
    .some((way) => wanted.startsWith(way) && isSpelt(others, wanted.slice(way.length)));
}
