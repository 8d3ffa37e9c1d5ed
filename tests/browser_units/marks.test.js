import assert from "node:assert/strict";
import { test } from "node:test";
import {
  changed, inOrderOfSaving, isEmpty, merged, parsed, readingOf,
} from "../../site_templates/browser/marks.js";

/** @param {object} papers */
const file = (papers) => JSON.stringify({ format: "broadsheet-reading", version: 1, papers });

test("what is exported is read again", () => {
  const papers = { rafts: { star: "2026-01-01", note: "See *later*", title: "Rafts" } };
  assert.deepEqual(parsed(JSON.stringify(readingOf(papers))), papers);
});

test("a text that isn't JSON is a syntax error", () => {
  assert.throws(() => parsed("star"), SyntaxError);
});

test("a file of something else is refused with a message for the reader", () => {
  const others = ["[]", "null", "{}", '{"format": "other", "papers": {}}', '{"papers": 1}'];
  for (const content of others) {
    assert.throws(() => parsed(content), /wasn’t exported from this site/);
  }
});

test("a file of a newer version is refused", () => {
  const newer = JSON.stringify({ format: "broadsheet-reading", version: 2, papers: {} });
  assert.throws(() => parsed(newer), /newer version/);
});

test("only marks of papers are read", () => {
  const found = parsed(file({
    rafts: { star: "2026-01-01", read: 5, owner: "x", note: "" },
    "../x": { star: "2026-01-01" },
    ["a".repeat(81)]: { star: "2026-01-01" },
    boats: { title: "Boats" },
    ships: "star",
  }));
  assert.deepEqual(found, { rafts: { star: "2026-01-01" } });
});

test("a note is cut to what fits", () => {
  assert.equal(parsed(file({ rafts: { note: "x".repeat(30_000) } })).rafts.note?.length, 20_000);
});

test("a title alone is no mark", () => {
  assert.ok(isEmpty({ title: "Rafts" }));
  assert.ok(!isEmpty({ note: "Read again" }));
});

test("when both know a paper, the newer star wins and notes are joined", () => {
  const old = { rafts: { star: "2025-01-01", note: "One" }, boats: { read: "2025-02-02" } };
  const found = { rafts: { star: "2026-01-01", note: "Two" }, ships: { star: "2026-03-03" } };
  assert.deepEqual(merged(old, found), {
    rafts: { star: "2026-01-01", note: "One\n\nTwo" },
    boats: { read: "2025-02-02" },
    ships: { star: "2026-03-03" },
  });
});

test("importing the same file twice adds nothing", () => {
  const found = { rafts: { note: "One" } };
  assert.deepEqual(merged(merged({}, found), found), found);
});

test("a paper may be called like what every object has", () => {
  const papers = { constructor: { star: "2026-01-01", note: "Mine" } };
  const found = parsed(file({ ...papers, ["__proto__"]: { star: "2026-01-01" }, valueof: {} }));
  assert.deepEqual(Object.entries(found), Object.entries(papers));
  assert.deepEqual(Object.entries(merged({}, found)), Object.entries(papers));
  assert.equal(Object.entries(merged(found, found))[0][1].note, "Mine");
});

test("a paper is saved by its first star or note, and not any more without both", () => {
  const starred = changed({}, "star", "2026-01-01", "2026-01-01T08:00:00Z");
  assert.equal(starred.saved, "2026-01-01T08:00:00Z");
  const noted = changed(starred, "note", "See *later*", "2026-01-02T08:00:00Z");
  assert.equal(noted.saved, "2026-01-01T08:00:00Z");
  const unstarred = changed(noted, "star", "", "2026-01-03T08:00:00Z");
  assert.equal(unstarred.saved, "2026-01-01T08:00:00Z");
  assert.ok(!("saved" in changed(unstarred, "note", "", "2026-01-04T08:00:00Z")));
  assert.ok(!("saved" in changed({}, "read", "2026-01-05", "2026-01-05T08:00:00Z")));
});

test("the last saved paper comes first, and papers that were only read come last", () => {
  assert.deepEqual(inOrderOfSaving({
    rafts: { star: "2026-01-02" },
    boats: { read: "2026-05-05" },
    ships: { star: "2026-01-02", saved: "2026-01-02T09:00:00Z" },
    sails: { note: "x", saved: "2026-01-02T10:00:00Z" },
    ropes: { star: "2026-03-03" },
  }), ["ropes", "sails", "ships", "rafts", "boats"]);
});
