// How JavaScript is written here: ESLint's recommended rules, functions of at most 200 lines in the client, and imports of it
// that run one way, pages, embed, components → player → scenes → kit.

import js from "@eslint/js"
import globals from "globals"

const CLIENT = "viz/client"

// What modules of a folder may not import, as parts of a path. The player alone loads scenes, by their names.
const CLOSED = {
  kit: ["scenes", "player", "pages", "embed", "components"],
  scenes: ["player", "pages", "embed", "components"],
  player: ["pages", "embed", "components"],
  pages: ["scenes", "embed", "components"],
  embed: ["scenes", "pages", "components"],
  components: ["scenes", "pages", "embed"],
}

const oneWay = Object.entries(CLOSED).map(([folder, closed]) => {
  const regex = `\\.\\./(${closed.join("|")})/`
  const message = `${folder} may not import ${closed.join(", ")}.`
  return {
    files: [`${CLIENT}/${folder}/**/*.js`],
    rules: {
      "no-restricted-imports": ["error", { patterns: [{ regex, message }] }],
      "no-restricted-syntax": [
        "error",
        { selector: `ImportExpression[source.value=/${regex.replaceAll("/", "\\/")}/]`, message },
      ],
    },
  }
})

export default [
  { ignores: [`${CLIENT}/vendor/**`] },
  js.configs.recommended,
  {
    languageOptions: { globals: globals.browser },
    rules: {
      "no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "prefer-const": "error",
      eqeqeq: ["error", "smart"],
      "no-warning-comments": ["error", { terms: ["@ts-nocheck"] }], // types are checked everywhere
    },
  },
  { files: [`${CLIENT}/**/*.js`], rules: { "max-lines-per-function": ["error", 200] } },
  ...oneWay,
  // A scene does not know another.
  {
    files: [`${CLIENT}/scenes/*/*.js`],
    rules: {
      "no-restricted-imports": [
        "error",
        { patterns: [{ regex: "^\\.\\./(?!\\.\\./kit/)", message: "A scene imports its own modules and the kit." }] },
      ],
    },
  },
  // A script that runs before a page is drawn, and so is no module.
  { files: [`${CLIENT}/pages/theme.js`], languageOptions: { sourceType: "script" } },
  { files: ["tests/js/**"], languageOptions: { globals: globals.node } },
]
