import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { dayOf, shownDate } from "../../site_templates/browser/dates.js";

const { TZ } = process.env;
afterEach(() => {
  if (TZ) process.env.TZ = TZ;
  else delete process.env.TZ;
});

test("a date is as precise as it is known", () => {
  assert.equal(shownDate("2024-08-26"), "26 August 2024");
  assert.equal(shownDate("2024-08"), "August 2024");
  assert.equal(shownDate("2024"), "2024");
});

test("a day is the reader's own, not that of Greenwich", () => {
  process.env.TZ = "Asia/Tokyo";
  assert.equal(dayOf(Date.UTC(2024, 7, 26, 20)), "2024-08-27");
  process.env.TZ = "America/New_York";
  assert.equal(dayOf(Date.UTC(2024, 7, 26, 2)), "2024-08-25");
});
