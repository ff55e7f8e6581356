import eslint from "@eslint/js";
import { defineConfig } from "eslint/config";
import typescript from "typescript-eslint";

// The page carries a family's data: what could run text as code, or lose a promise and with it an envelope, is an
// error here. Taste is left to the reader.
const browser_dangers = {
  "no-eval": "error",
  "no-implied-eval": "error",
  "no-new-func": "error",
  "no-restricted-properties": [
    "error",
    ...["innerHTML", "outerHTML", "insertAdjacentHTML"].map((property) => ({
      property,
      message: "Text becomes markup only in the server's own renderer; build elements instead.",
    })),
    { object: "document", property: "write", message: "Build elements instead." },
  ],
  "no-console": ["error", { allow: ["warn", "error"] }],
};

export default defineConfig(
  { ignores: ["build/**", "node_modules/**", ".foyer/**"] },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  {
    files: ["web/**/*.ts", "web/**/*.tsx"],
    extends: [eslint.configs.recommended, ...typescript.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { project: ["./tsconfig.json", "./tsconfig.worker.json"], tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      ...browser_dangers,
      "no-undef": "off",
      eqeqeq: "error",
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
    },
  },
  {
    files: ["**/*.mjs", "**/*.js"],
    extends: [eslint.configs.recommended],
    languageOptions: { ecmaVersion: 2023, sourceType: "module" },
    rules: {
      eqeqeq: "error",
      // Node's and the page's globals both appear in browser tests; the tests themselves find a wrong name.
      "no-undef": "off",
      // What must be refused has to be written down.
      "no-control-regex": "off",
      "no-empty": ["error", { allowEmptyCatch: true }],
      "no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
    },
  },
);
