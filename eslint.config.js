// Rules for the code that runs in browsers, and for its tests. Types are checked by tsc.
import js from "@eslint/js";

const HTML_FROM_TEXT = ["innerHTML", "outerHTML", "insertAdjacentHTML", "createContextualFragment"];
const CHECKED = [
  "*.js", "site_templates", "site_templates/browser/**", "tests", "tests/browser_units/**",
];

export default [
  // Python writes the contracts.
  { ignores: ["**", ...CHECKED.map((path) => `!${path}`), "**/contract.js"] },
  js.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "no-undef": "off", // tsc knows all names
      "no-unused-vars": "off", // and which of them nothing uses
      "arrow-body-style": "error",
      "complexity": ["error", 10],
      "curly": ["error", "multi-line"],
      "eqeqeq": "error",
      "func-style": ["error", "declaration", { allowArrowFunctions: true }],
      "max-len": ["error", 100],
      "max-lines": ["error", 300],
      "max-lines-per-function": ["error", { max: 40, skipComments: true }],
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-param-reassign": "error",
      "no-restricted-properties": [
        "error",
        // Titles and names come from strangers, so text never becomes HTML.
        ...HTML_FROM_TEXT.map((property) => ({ property, message: "Build elements with make()." })),
      ],
      "no-shadow": "error",
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-arrow-callback": "error",
      "prefer-const": "error",
      "prefer-template": "error",
    },
  },
];
