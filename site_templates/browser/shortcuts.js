/** Keyboard shortcuts of the whole page. Each module registers its own. */

/** @type {Map<string, () => void>} */
const actions = new Map();

/**
 * Runs `action` when the reader presses `key` outside fields and dialogs.
 * @param {string} key - as in KeyboardEvent.key
 * @param {() => void} action
 */
export function onKey(key, action) {
  if (!actions.size) document.addEventListener("keydown", pressed);
  actions.set(key, action);
}

/** @param {KeyboardEvent} event */
function pressed(event) {
  const action = actions.get(event.key);
  if (!action || event.defaultPrevented || hasModifier(event) || isTyping(event.target)) return;
  event.preventDefault();
  action();
}

/** @param {KeyboardEvent} event */
const hasModifier = (event) => event.ctrlKey || event.altKey || event.metaKey;

/** @param {EventTarget | null} target */
function isTyping(target) {
  const fields = "input, textarea, select, [contenteditable='true'], dialog";
  return target instanceof Element && target.closest(fields) !== null;
}
