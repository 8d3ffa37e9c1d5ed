import assert from "node:assert/strict";
import { test } from "node:test";
import { analyzerOf } from "../../site_templates/browser/search/analysis.js";
import { hasPhrase, parse, phraseWords } from "../../site_templates/browser/search/query.js";

const ENGLISH = { stops: "the to be or not", stemmer: "english", accents: false, bigrams: false };
const english = analyzerOf(ENGLISH);
const chinese = analyzerOf({ ...ENGLISH, bigrams: true });
const FIELDS = [["title"], ["author", "authors"], []].map((asked) =>
  ({ asked, boost: 1, total: 1, lengths: -1 }));

/**
 * @param {string} typed
 * @param {{typing?: boolean, analyzer?: typeof english}} [how]
 */
const parsed = (typed, { typing = false, analyzer = english } = {}) =>
  parse(typed, typing, analyzer, FIELDS);

test("words are stemmed, and keep how they were spelled", () => {
  const [word] = parsed("models").words;
  assert.deepEqual(word.groups, [["model"]]);
  assert.deepEqual(word.spelled, [["models"]]);
  assert.equal(word.fields, null);
});

test("a field comes before a colon", () => {
  const [title, author] = parsed("title:agents AUTHORS:li").words;
  assert.deepEqual(title.fields, [0]);
  assert.deepEqual(author.fields, [1]);
});

test("a field without a word asks for nothing", () => {
  assert.deepEqual(parsed("title:").words, []);
});

test("a minus excludes only the most exact form of a word", () => {
  const [word] = parsed("-fine-tuning").words;
  assert.ok(word.excluded);
  assert.deepEqual(word.groups, [["finetun"]]);
});

test("only the last word may go on, and only while someone types", () => {
  const [first, last] = parsed("lang mod", { typing: true }).words;
  assert.equal(first.prefix, "");
  assert.equal(last.prefix, "mod");
  assert.equal(parsed("lang mod").words[1].prefix, "");
  assert.equal(parsed("lang mod ", { typing: true }).words[1].prefix, "");
});

test("a number after a word is also looked up joined to it", () => {
  assert.equal(parsed("GPT 4").words[1].joined, "gpt4");
  assert.equal(parsed("-GPT 4").words[1].joined, "");
  assert.equal(parsed("GPT -4").words[1].joined, "");
});

test("quoted words are a phrase, a single quoted word is a word", () => {
  const { phrases, words } = parsed('"chain of thought"');
  assert.equal(phrases[0].words, "chain of thought");
  assert.equal(words.length, 1);
  assert.deepEqual(parsed('"Navratil"').phrases, []);
});

test("a phrase of common words can't be looked up, which is said", () => {
  const { notices, phrases } = parsed('"to be or not"');
  assert.deepEqual(phrases, []);
  assert.match(notices[0], /“to be or not” has only very common words/);
});

test("years and weeks are filters", () => {
  const { filters } = parsed("year:2023..2024 -week:2024-w12 2024-W24");
  assert.deepEqual(filters, [
    { kind: "year", from: "2023", to: "2024", excluded: false },
    { kind: "week", from: "2024-W12", to: "2024-W12", excluded: true },
    { kind: "week", from: "2024-W24", to: "2024-W24", excluded: false },
  ]);
});

test("what isn't a year or a week is said with an example", () => {
  assert.match(parsed("year:soon").notices[0], /“soon” isn’t a year. Write year:2023/);
  assert.match(parsed("week:12").notices[0], /“12” isn’t a week. Write week:2024-W12/);
});

test("a phrase is found word for word, whatever case, accents, and punctuation", () => {
  const words = phraseWords("Attention is all", english);
  assert.ok(hasPhrase("So, “attention is ALL” you need", words, english));
  assert.ok(!hasPhrase("Attention is allowed", words, english));
});

test("a quoted run of Chinese is a phrase that may stand inside a longer run", () => {
  const { phrases } = parsed('"机器学习"', { analyzer: chinese });
  assert.ok(hasPhrase("一种机器学习方法", phrases[0].words, chinese));
  assert.ok(!hasPhrase("机器与学习", phrases[0].words, chinese));
});

test("a single Chinese character is the beginning of a term", () => {
  assert.equal(parsed("图", { analyzer: chinese }).words[0].prefix, "图");
  assert.equal(parsed("图像", { analyzer: chinese }).words[0].prefix, "");
});
