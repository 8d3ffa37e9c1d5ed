/** What the box of every page needs to answer queries. */
export { Choices } from "./choices.js";
export { start } from "./start.js";
