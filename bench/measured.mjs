// A line of docs/benchmarks.md.
import { appendFileSync } from "node:fs";

/** `what` was measured `how`; `value` in `unit` should be no more than `goal`. */
export function measured({ what, goal, value, unit, how }) {
  const line = JSON.stringify({ what, goal, value, unit, how });
  console.log(line);
  if (process.env.POSHANG_MEASURED) appendFileSync(process.env.POSHANG_MEASURED, `${line}\n`);
}

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
