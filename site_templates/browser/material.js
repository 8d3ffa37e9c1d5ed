/** Lets Material's script, which some hand-written pages need, build elements from text. */
/** @type {any} */ (globalThis).trustedTypes?.createPolicy("default", {
  createHTML: (/** @type {string} */ text) => text,
});
