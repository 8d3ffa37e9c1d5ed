/** Formats dates for readers. */
import { language } from "./words.js";

/**
 * "18 March 2024", "March 2024" or "2024", as precise as it is known.
 * @param {string} date - an ISO date, such as "2024-03-18", "2024-03" or "2024"
 */
export function shownDate(date) {
  const [year = 0, month, day] = date.split("-").map(Number);
  return new Date(Date.UTC(year, (month ?? 1) - 1, day ?? 1)).toLocaleDateString(language, {
    year: "numeric", month: month ? "long" : undefined, day: day ? "numeric" : undefined,
    timeZone: "UTC",
  });
}

/**
 * The ISO date of a moment in the reader's time zone.
 * @param {number} [moment] - milliseconds since 1970; now when it is left out
 */
export function dayOf(moment = Date.now()) {
  const offset = new Date(moment).getTimezoneOffset() * 60_000;
  return new Date(moment - offset).toISOString().slice(0, 10);
}
