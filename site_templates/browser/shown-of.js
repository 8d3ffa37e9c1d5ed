/** How many papers of a list are shown, in words. */
import { counted } from "./words.js";

/**
 * @param {number} shown
 * @param {number} known
 */
export const shownOf = (shown, known) => shown
  ? counted(known, "%(shown)s of %(number)s paper", "%(shown)s of %(number)s papers", { shown })
  : counted(known, "0 of %(number)s paper. Remove a filter to see it.",
    "0 of %(number)s papers. Remove a filter to see more.");
