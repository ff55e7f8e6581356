// The vault as a file of its own (vault.js), which the shell fetches when the page can be used already: a first visit
// does not wait for cryptography it does not need yet.
export { createVault } from "./index.ts";
export { install } from "../install/install.ts";
