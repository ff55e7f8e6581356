// Moments as people read them: on the town's clock, wherever this device believes to be, and never broken across lines.
const ZONE = "Europe/Paris";

const format = (milliseconds: number, style: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(document.documentElement.lang, { timeZone: ZONE, dateStyle: "long", ...style }).format(milliseconds).replace(/ /g, "\u00a0");

const as_in_french = (text: string): string => text.replace(/0?(\d+):(\d\d)$/, "$1\u00a0h\u00a0$2");

// "22 novembre 2026 à 7 h 12", as the wizard says it.
export const moment = (milliseconds: number): string => {
  const text = format(milliseconds, { timeStyle: "short" });
  return document.documentElement.lang.startsWith("fr") ? as_in_french(text) : text;
};
// "7 h 12", for whoever reads French whatever the page's language.
export const hour_in_french = (milliseconds: number): string =>
  as_in_french(new Intl.DateTimeFormat("fr", { timeZone: ZONE, timeStyle: "short" }).format(milliseconds));
// "22 décembre 2026".
export const day = (milliseconds: number): string => format(milliseconds, {});
