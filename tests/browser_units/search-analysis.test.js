import assert from "node:assert/strict";
import { test } from "node:test";
import { analyzerOf } from "../../site_templates/browser/search/analysis.js";

const ENGLISH = { stops: "the of a in", stemmer: "english", accents: false, bigrams: false };
const english = analyzerOf(ENGLISH);
const chinese = analyzerOf({ ...ENGLISH, bigrams: true });
const german = analyzerOf(
  { stops: "für und", stemmer: "stemmer.js", accents: true, bigrams: false },
  (word) => word.replace(/en$/, ""));

test("words lose case, accents, apostrophes, and endings", () => {
  assert.deepEqual(english.terms("Models’"), ["model"]);
  assert.deepEqual(english.terms("Navrátil's"), ["navratil"]);
  assert.deepEqual(english.terms("GENERALIZATIONS"), ["gener"]);
});

test("stop words are no terms", () => {
  assert.deepEqual(english.terms("the"), []);
  assert.deepEqual(german.terms("fur"), []);
});

test("a compound gives its parts and its joined form", () => {
  assert.deepEqual(english.terms("LLaMA-3-8B"), ["llama", "3", "8b", "llama3", "llama38b"]);
  assert.deepEqual(english.terms("2403.01234v2"), ["2403.01234"]);
});

test("a short number joins the word before it", () => {
  assert.equal(english.numberJoined("GPT", "4"), "gpt4");
  assert.equal(english.numberJoined("in", "4"), "");
  assert.equal(english.numberJoined("CVPR", "2024"), "");
});

test("a word asks for groups, of which a paper needs one word of each", () => {
  assert.deepEqual(english.asked("GPT-4"), [["gpt4"]]);
  const pretraining = [["pre", "pretraining"], ["training", "pretraining"]];
  assert.deepEqual(english.asked("pre-training"), pretraining);
  assert.deepEqual(english.asked("CVPR2024"), [["cvpr", "cvpr2024"], ["2024", "cvpr2024"]]);
  assert.deepEqual(english.asked("https://arxiv.org/abs/2403.01234v1"), [["2403.01234"]]);
});

test("a stemmer that wants accents gets them, and its stems have none", () => {
  assert.deepEqual(german.terms("Häusern"), ["hausern"]);
  assert.deepEqual(german.terms("Änderungen"), ["anderung"]);
});

test("writing without spaces is cut into pairs, and other words in it stay words", () => {
  assert.deepEqual(chinese.terms("机器学习"), ["机器", "器学", "学习", "习"]);
  assert.deepEqual(chinese.terms("用GPT-4模型"), ["用", "gpt", "4", "gpt4", "模型", "型"]);
  assert.deepEqual(chinese.terms("ＧＰＴ"), ["gpt"]);
});

test("a run is asked for by all its pairs, a single character by itself", () => {
  assert.deepEqual(chinese.asked("机器学习"), [["机器"], ["器学"], ["学习"]]);
  assert.deepEqual(chinese.asked("图"), [["图"]]);
});
