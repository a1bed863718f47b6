// Rules for the plugins' classic scripts, the sandbox's web shell (modules with JSX) and the tests that run in Node.
import js from "@eslint/js";
import reactHooks from "eslint-plugin-react-hooks";
import globals from "globals";

const PRODUCT = ["shared/ui/**/*.js", "{missingScenes,tagManager,stash2plex,performerSiteSync}/**/*.js", "tests/browser/**/*.js"];

const size = {
  complexity: ["error", 10],
  "max-lines": ["error", 400],
  "max-lines-per-function": ["error", { max: 60, IIFEs: false }],
};

const strictness = {
  eqeqeq: ["error", "always", { null: "ignore" }],
  "no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
  "no-var": "error",
  "prefer-const": "error",
  "no-shadow": "error",
};

const noHtmlStrings = ["innerHTML", "outerHTML", "insertAdjacentHTML", "dangerouslySetInnerHTML"].map((property) => ({
  property,
  message: "Build elements; markup from strings lets a title run as code.",
}));

const noDomObservers = ["MutationObserver", "ResizeObserver"].map((name) => ({
  name,
  message: "React tells when something changes; the page's DOM is not ours to watch.",
}));

export default [
  { ignores: ["**/node_modules/**", "**/dist/**", "shared/listener/listener.js", ".venv/**", ".cache/**"] },
  js.configs.recommended,
  { rules: { ...size, ...strictness } },
  {
    files: PRODUCT,
    languageOptions: { sourceType: "script", ecmaVersion: 2020, globals: { ...globals.browser, module: "readonly" } },
    plugins: { "react-hooks": reactHooks },
    rules: {
      "no-implicit-globals": ["error", { lexicalBindings: true }],
      "no-restricted-globals": ["error", ...noDomObservers],
      "no-restricted-properties": ["error", ...noHtmlStrings],
      "no-console": ["error", { allow: ["warn", "error"] }],
      "react-hooks/rules-of-hooks": "error",
      "react-hooks/exhaustive-deps": "error",
    },
  },
  {
    files: ["sandbox/web/**/*.{js,jsx,mjs}"],
    languageOptions: {
      sourceType: "module",
      ecmaVersion: "latest",
      globals: { ...globals.browser, process: "readonly" },
      parserOptions: { ecmaFeatures: { jsx: true } },
    },
    plugins: { "react-hooks": reactHooks },
    rules: {
      "no-restricted-properties": ["error", ...noHtmlStrings],
      "react-hooks/rules-of-hooks": "error",
      // ESLint alone does not see that JSX uses a name.
      "no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^[A-Z]" }],
    },
  },
  {
    files: ["sandbox/web/*.mjs", "tests/js/**/*.{js,mjs,cjs}", "*.mjs"],
    languageOptions: { ecmaVersion: "latest", globals: globals.node },
  },
  { files: ["tests/js/**/*.{js,cjs}"], languageOptions: { sourceType: "commonjs" } },
  { files: ["sandbox/stash/**/*.js"], languageOptions: { sourceType: "commonjs", globals: globals.node } },
  {
    files: ["shared/listener/{hear_save,filter_save,find_task,start_task}.js"], // Stash before 0.26 knows ES5 only
    languageOptions: {
      sourceType: "script",
      ecmaVersion: 5,
      globals: { input: "readonly", gql: "readonly", log: "readonly" },
    },
    rules: { "no-var": "off", "prefer-const": "off", "vars-on-top": "off", "no-eval": "off", complexity: "off", "no-unused-vars": ["error", { varsIgnorePattern: "^problem$" }] },
  },
];
