// What a journey says about a fault that it injected; `crates/fault-log` does the same for Rust.
import { appendFileSync, readFileSync } from "node:fs";

import { test } from "@playwright/test";

const CATALOGUE = new URL("../../crates/fault-log/catalogue.csv", import.meta.url);
const known = new Set(readFileSync(CATALOGUE, "utf8").split("\n").map((row) => row.split(",", 1)[0]));

/**
 * Says, at this very moment, that a fault of the catalogue is injected. Call `observed` on what it
 * returns after the last expectation; a test that fails before leaves no record.
 */
export function injected(fault, how) {
  if (!known.has(fault)) throw new Error(`no fault ${fault} in the catalogue`);
  const at_ms = Date.now();
  return {
    observed(what) {
      const file = process.env.POSHANG_FAULT_RECORDS;
      if (!file) return;
      const record = { fault, test: test.info().title, injected: how, at_ms, observed: what };
      appendFileSync(file, `${JSON.stringify(record)}\n`);
    },
  };
}
