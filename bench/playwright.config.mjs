// What is measured; `cargo xtask bench` builds what it needs, runs it and writes docs/benchmarks.md.
import { defineConfig } from "@playwright/test";

export default defineConfig({
  testDir: ".",
  testMatch: "*.bench.mjs",
  globalSetup: "./references/build.mjs",
  outputDir: "../e2e/results/bench",
  reporter: "list",
  workers: 1,
  retries: 0,
  timeout: 300_000,
});
