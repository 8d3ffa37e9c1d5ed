/**
 * "New since your last visit": a visit begins after six hours without one. What counts is the
 * newest day on which the site had learned of papers then, not the clock, so nothing is missed.
 */
import { NEWS_FILE } from "./contract.js";
import { dayOf, shownDate } from "./dates.js";
import { make } from "./dom.js";
import { json } from "./site.js";
import { available, setValue, value } from "./store.js";
import { counted, text } from "./words.js";

/** @import { News } from "./contract.js" */

/**
 * The newest day that this browser has seen, that of the visit before, and when this visit and
 * the one before had their last page view, in milliseconds.
 * @typedef {{seen: string, before: string, at: number, last?: number}} Visit
 */

const PAUSE = 6 * 60 * 60 * 1000;
const visit = begun(value("visit") ?? { seen: "", before: "", at: 0 }, Date.now());
setValue("visit", visit);

/**
 * The visit that a page view at `now` belongs to.
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
 * Marks what is new: a paper, a topic or a week.
 * @param {HTMLElement} element
 */
export function badge(element) {
  const heading = element.querySelector("h2, h3, h4");
  if (!heading || !isNew(element.dataset.added ?? "") || heading.querySelector(".bs-badge")) return;
  heading.append(" ", make("span", { class: "bs-badge" }, text("new")));
}

/** @param {News} news */
function tell(news) {
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
    tell(news);
  } catch {
    // Offline: what is new is told next time.
  }
}

if (available) {
  /** @type {NodeListOf<HTMLElement>} */
  const dated = document.querySelectorAll("[data-added]");
  dated.forEach(badge);
  askForNews();
}
