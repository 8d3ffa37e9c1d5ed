// Rules for the theme's style sheets.
const SIDES = "(left|right)";
const WORD = "[a-z0-9-]+";
// Material's, mostly.
const OF_OTHERS =
  "js|admonition(-title)?|footnote|headerlink|highlight|keys|tabbed-(block|labels|set)|Z3988";

export default {
  extends: ["stylelint-config-standard"],
  ignoreFiles: ["site_templates/theme/assets/broadsheet/broadsheet.css"], // a template
  rules: {
    "custom-property-empty-line-before": null, // groups of them are set apart
    "custom-property-pattern": "^(bs|md)-[a-z0-9-]+$",
    "declaration-block-single-line-max-declarations": 0,
    // A text may run from right to left, so sides are its start and its end.
    "declaration-property-value-disallowed-list": {
      "/^(text-align|float|clear)$/": ["left", "right"],
    },
    "font-family-name-quotes": "always-unless-keyword",
    "no-descending-specificity": null, // sheets are ordered by what they are about
    "property-disallowed-list": [
      `/^(margin|padding|border)-${SIDES}/`, `/^${SIDES}$/`, `/-${SIDES}-radius$/`,
    ],
    "selector-class-pattern": `^(bs|md)-${WORD}(__${WORD})?(--${WORD})?$|^(${OF_OTHERS})$`,
    "value-keyword-case": ["lower", { ignoreProperties: ["/^--bs-/"] }],
  },
};
