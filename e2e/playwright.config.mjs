// The end-to-end run: the release page, the real endpoint, a real browser, a network that can be cut.
import { defineConfig } from "@playwright/test";

export default defineConfig({
  testDir: ".",
  testMatch: "*.spec.mjs",
  outputDir: "results/artifacts",
  reporter: [["list"], ["json", { outputFile: "results/report.json" }]],
  // One phone at a time: two browsers on a small machine would time each other out.
  workers: 1,
  // A test that passes only the second time is named at the end and counted apart: a race to mend.
  retries: 1,
  forbidOnly: true,
  timeout: 90_000,
  globalTimeout: 45 * 60_000,
  expect: { timeout: 15_000 },
});
