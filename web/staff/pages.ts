// Every page of the console beside the queue and its requests, in the order of the navigation. A new page is a line here
// (its address, its name, who may), its text in texts.fr.json, and a line in SCREENS of frame.tsx, which the compiler asks for.
import type { Role } from "./contract.ts";
import type { TextKey } from "./texts.ts";

interface Page {
  readonly screen: string;
  readonly folder: string; // of its address: /{slug}/mairie/{folder}
  readonly text: TextKey; // in the navigation
  readonly from: Role; // the least role that may
  readonly own?: true; // reached from elsewhere than the navigation
}

export const PAGES = [
  { screen: "counter", folder: "guichet", text: "nav_counter", from: "agent" },
  { screen: "families", folder: "familles", text: "nav_families", from: "agent" },
  { screen: "keys", folder: "cles", text: "nav_keys", from: "agent" },
  { screen: "imports", folder: "importer", text: "nav_imports", from: "manager" },
  { screen: "mails", folder: "courriers", text: "nav_mails", from: "manager" },
  { screen: "exports", folder: "exporter", text: "nav_exports", from: "agent" },
  { screen: "statistics", folder: "statistiques", text: "nav_statistics", from: "manager" },
  { screen: "privacy", folder: "donnees-personnelles", text: "nav_privacy", from: "manager" },
  { screen: "members", folder: "agents", text: "nav_members", from: "administrator" },
  { screen: "tokens", folder: "jetons", text: "nav_tokens", from: "administrator" },
  { screen: "webhooks", folder: "webhooks", text: "nav_webhooks", from: "administrator" },
  { screen: "audit", folder: "journal", text: "nav_audit", from: "administrator" },
  { screen: "account", folder: "mon-compte", text: "account_title", from: "agent", own: true },
] as const satisfies readonly Page[];

export type PageName = (typeof PAGES)[number]["screen"];
