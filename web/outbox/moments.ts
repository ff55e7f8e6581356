// Moments as people read them: on the town's clock, wherever this device believes to be, and never broken across lines.
const ZONE = "Europe/Paris";

const format = (milliseconds: number, style: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(document.documentElement.lang, { timeZone: ZONE, dateStyle: "long", ...style }).format(milliseconds).replace(/ /g, "\u00a0");

// "22 novembre 2026 à 07:12".
export const moment = (milliseconds: number): string => format(milliseconds, { timeStyle: "short" });
// "22 décembre 2026".
export const day = (milliseconds: number): string => format(milliseconds, {});
