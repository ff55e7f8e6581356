// The console's words, in French: agents of French town halls use it. They are in a file of their own, so that none of
// them reaches a family's device. The compiler refuses a key that is not there; a test finds those that nobody uses.
import WRITTEN from "./texts.fr.json";

export type TextKey = keyof typeof WRITTEN;

// No line begins with what French sets apart by a space: as toolchains/generate/texts.mjs does for the families.
const FRENCH = Object.fromEntries(Object.entries(WRITTEN).map(([key, text]) => [key, text.replace(/ (?=[;:!?»])/g, "\u00a0").replace(/« /g, "«\u00a0")])) as Record<TextKey, string>;

const PLACES = /\{(\w+)\}/g;

// "{count} demandes" with {count: 3}.
export function say(key: TextKey, values: Readonly<Record<string, string | number>> = {}): string {
  return FRENCH[key].replace(PLACES, (whole, name: string) => (name in values ? String(values[name]) : whole));
}

// A word for a code of the server's that may be newer than this page: `${family}_${code}`, or `otherwise`.
export function word(family: string, code: string, otherwise: TextKey): string {
  const key = `${family}_${code}`;
  return Object.hasOwn(FRENCH, key) ? FRENCH[key as TextKey] : FRENCH[otherwise];
}

// The same, or nothing: for what can be shown as the server spells it.
export const known = (family: string, code: string): string | undefined => {
  const key = `${family}_${code}`;
  return Object.hasOwn(FRENCH, key) ? FRENCH[key as TextKey] : undefined;
};

export const count = (one: TextKey, several: TextKey, number: number): string =>
  say(number < 2 ? one : several, { count: new Intl.NumberFormat("fr-FR").format(number) });

const day = new Intl.DateTimeFormat("fr-FR", { day: "numeric", month: "short", year: "numeric", timeZone: "Europe/Paris" });
const nearDay = new Intl.DateTimeFormat("fr-FR", { day: "numeric", month: "short", timeZone: "Europe/Paris" });
const moment = new Intl.DateTimeFormat("fr-FR", {
  day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", timeZone: "Europe/Paris",
});

const shortMoment = new Intl.DateTimeFormat("fr-FR", { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", timeZone: "Europe/Paris" });

const readable = (format: Intl.DateTimeFormat, text: string): string => {
  const at = new Date(text);
  return Number.isNaN(at.getTime()) ? text : format.format(at);
};
// "2026-11-27" or a moment: "27 nov. 2026".
export const dayText = (text: string): string => readable(day, text);
// "27 nov.", with the year when it is not this one.
export const nearDayText = (text: string): string => readable(text.startsWith(String(new Date().getFullYear())) ? nearDay : day, text);
// "27 nov., 09:41", where the year is plain.
export const shortMomentText = (text: string): string => readable(shortMoment, text);
// "27 nov. 2026, 09:41", as the town's clock shows it.
export const momentText = (text: string): string => readable(moment, text);
