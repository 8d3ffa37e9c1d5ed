/**
 * The site's own words in the language of the page. Messages are named by their English text, so
 * English pages load nothing. Other languages come from the same catalogs as the pages.
 */

/** @typedef {Record<string, string | number>} Values */
/** @typedef {Record<string, string | string[]>} Catalog */

/** The page's language. English dates read "26 August 2024", as on the pages. */
export const language = languageOf(globalThis.document?.documentElement.lang ?? "en");

/** Plural categories, in the order of the forms in catalogs. */
const CATEGORIES = ["zero", "one", "two", "few", "many", "other"];

const plural = new Intl.PluralRules(language);
const FORMS = CATEGORIES.filter((one) =>
  plural.resolvedOptions().pluralCategories.some((known) => known === one));
const catalog = language.startsWith("en") ? {} : await catalogOf("words.json");

/** @param {string} stated */
function languageOf(stated) {
  return stated === "en" || !stated ? "en-GB" : stated;
}

/**
 * @param {string} name
 * @returns {Promise<Catalog>} empty when it can't be read: English is better than no page
 */
async function catalogOf(name) {
  try {
    const answer = await fetch(new URL(name, import.meta.url));
    return answer.ok ? await answer.json() : {};
  } catch {
    return {};
  }
}

/**
 * A message with its values: text("Show %(number)s more", {number: 5}).
 * @param {string} message
 * @param {Values} [values]
 */
export function text(message, values = {}) {
  const translated = catalog[message];
  return filled(typeof translated === "string" ? translated : message, values);
}

/**
 * A message that depends on a number: counted(3, "%(number)s paper", "%(number)s papers").
 * @param {number} number
 * @param {string} one
 * @param {string} many
 * @param {Values} [values]
 */
export function counted(number, one, many, values = {}) {
  const translated = catalog[one];
  const form = Array.isArray(translated)
    ? translated[FORMS.indexOf(plural.select(number))] : number === 1 ? one : many;
  return filled(form ?? many, { number, ...values });
}

/**
 * Texts as a list: "A, B, C".
 * @param {string[]} texts
 */
export const listed = (texts) => texts.join(text(", "));

/**
 * Words in quotation marks.
 * @param {string} words
 */
export const quoted = (words) => text("“%(words)s”", { words });

/**
 * @param {string} message
 * @param {Values} values
 */
function filled(message, values) {
  return message.replace(/%\((\w+)\)s/g, (whole, name) => {
    const value = values[name];
    return typeof value === "number" ? value.toLocaleString(language) : value ?? whole;
  });
}
