// What web/build.mjs tells the scripts: the address of every file by its logical name, for example
// FOYER_ASSETS["reference.bin"].
declare const FOYER_ASSETS: Readonly<Record<string, string>>;
