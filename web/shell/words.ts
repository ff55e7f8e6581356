// The few words the page must have when the module, and with it all texts, is not there.
interface Words {
  cannot_load: string;
  has_stopped: string;
  reload: string;
  no_secure_context: string;
  storage_unavailable: string;
  device_key_recreated: string;
}

const FRENCH: Words = {
  cannot_load: "Cette page n’a pas pu se charger entièrement. Vérifiez votre connexion, puis rechargez la page : ce que vous avez écrit dans cette page sera peut-être à écrire de nouveau.",
  has_stopped: "Cette page s’est arrêtée à cause d’une erreur de notre part. Rechargez la page pour continuer.",
  reload: "Recharger la page",
  no_secure_context: "Cette adresse n’est pas sécurisée (https) : rien ne peut être envoyé d’ici. Ouvrez la page par l’adresse que votre mairie vous a donnée.",
  storage_unavailable: "Votre navigateur ne garde rien sur cet appareil (navigation privée, ou disque plein). Attendez le numéro de votre demande avant de fermer cette page.",
  device_key_recreated: "Les données de ce site ont été effacées de votre navigateur. Connectez-vous de nouveau pour retrouver votre espace.",
};

const ENGLISH: Words = {
  cannot_load: "This page could not load completely. Check your connection, then reload the page: you may have to type again what you have written on this page.",
  has_stopped: "This page has stopped because of an error on our side. Reload the page to continue.",
  reload: "Reload the page",
  no_secure_context: "This address is not secure (https): nothing can be sent from here. Open the page by the address your town hall gave you.",
  storage_unavailable: "Your browser keeps nothing on this device (private browsing, or a full disk). Wait for your request’s number before you close this page.",
  device_key_recreated: "This site’s data have been erased from your browser. Sign in again to find your space.",
};

export const words = (): Words => (document.documentElement.lang.startsWith("en") ? ENGLISH : FRENCH);
