// What a person may have to be told of their device, whatever is on the screen.
import type { Notice } from "../vault/index.ts";

type Notices = Readonly<Record<Notice | "erased", string>>;

const FRENCH: Notices = {
  no_secure_context: "Cette adresse n’est pas sécurisée (https) : rien ne peut être envoyé d’ici. Ouvrez la page par l’adresse que votre mairie vous a donnée.",
  storage_unavailable: "Votre navigateur ne garde rien sur cet appareil (navigation privée, ou disque plein). Attendez le numéro de votre demande avant de fermer cette page.",
  device_key_recreated: "Les données de ce site ont été effacées de votre navigateur. Connectez-vous de nouveau pour retrouver votre espace.",
  erased: "Les données de ce site viennent d’être effacées de votre navigateur, alors que cette page était ouverte. Ce que vous avez écrit dans cette page y est encore, et vos demandes qui attendaient de partir ont été remises sur cet appareil. Votre brouillon, ou votre espace s’il y était gardé, n’y est plus.",
};

const ENGLISH: Notices = {
  no_secure_context: "This address is not secure (https): nothing can be sent from here. Open the page by the address your town hall gave you.",
  storage_unavailable: "Your browser keeps nothing on this device (private browsing, or a full disk). Wait for your request’s number before you close this page.",
  device_key_recreated: "This site’s data have been erased from your browser. Sign in again to find your space.",
  erased: "This site’s data have just been erased from your browser, while this page was open. What you have written in this page is still there, and your requests that were waiting to leave have been put back on this device. Your draft, or your space if it was kept, is no longer there.",
};

export const notices = (): Notices => (document.documentElement.lang.startsWith("en") ? ENGLISH : FRENCH);
