/**
 * "New since your last visit". A visit ends six hours after its last page view. Papers are new if
 * they were added after the newest day that the reader has seen, so a site that is published late
 * hides nothing.
 */
import { NEWS_FILE } from "./contract.js";
import { dayOf, shownDate } from "./dates.js";
import { make } from "./dom.js";
import { json } from "./site.js";
import { available, setValue, value } from "./store.js";
import { counted, text } from "./words.js";

/** @import { News } from "./contract.js" */

/**
 * The newest day seen in this visit and before it, and the time of the last page view in this visit
 * and before it, in milliseconds.
 * @typedef {{seen: string, before: string, at: number, last?: number}} Visit
 */

const PAUSE = 6 * 60 * 60 * 1000;
const visit = begun(value("visit") ?? { seen: "", before: "", at: 0 }, Date.now());
setValue("visit", visit);

/**
 * The current visit, which may be a new one.
 * @param {Visit} last
 * @param {number} now
 * @returns {Visit}
 */
function begun(last, now) {
  const isNew = now - last.at > PAUSE && last.seen;
  return isNew ? { ...last, before: last.seen, last: last.at, at: now } : { ...last, at: now };
}

/** @param {string} added - the day from which the site knows something */
const isNew = (added) => visit.before !== "" && added > visit.before;

/**
 * Adds a badge to a paper, topic or week that is new.
 * @param {HTMLElement} element
 */
export function badge(element) {
  const heading = element.querySelector("h2, h3, h4");
  if (!heading || !isNew(element.dataset.added ?? "") || heading.querySelector(".bs-badge")) return;
  heading.append(" ", make("span", { class: "bs-badge" }, text("new")));
}

/** @param {News} news */
function tellNews(news) {
  const place = document.querySelector(".bs-new");
  if (!(place instanceof HTMLElement) || !visit.before) return;
  const days = Object.entries(news.added).filter(([day]) => isNew(day));
  const count = days.reduce((sum, [, papers]) => sum + papers, 0);
  const day = shownDate(dayOf(visit.last));
  place.textContent = count
    ? counted(count, "%(number)s new paper since your last visit on %(day)s",
      "%(number)s new papers since your last visit on %(day)s", { day })
    : text("Nothing new since your last visit on %(day)s", { day });
  place.hidden = false;
}

async function askForNews() {
  try {
    /** @type {News} */
    const news = await json(NEWS_FILE);
    setValue("visit", { ...visit, seen: news.edition > visit.seen ? news.edition : visit.seen });
    tellNews(news);
  } catch {
    // The reader is offline. The next visit shows what is new.
  }
}

if (available) {
  /** @type {NodeListOf<HTMLElement>} */
  const dated = document.querySelectorAll("[data-added]");
  dated.forEach(badge);
  askForNews();
}
