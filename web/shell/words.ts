// The few words the page must have when the module, and with it all texts, is not there.
interface Words {
  cannot_load: string;
  has_stopped: string;
  reload: string;
}

const FRENCH: Words = {
  cannot_load: "Cette page n’a pas pu se charger entièrement. Vérifiez votre connexion, puis rechargez la page : ce que vous avez écrit dans cette page sera peut-être à écrire de nouveau.",
  has_stopped: "Cette page s’est arrêtée à cause d’une erreur de notre part. Rechargez la page pour continuer.",
  reload: "Recharger la page",
};

const ENGLISH: Words = {
  cannot_load: "This page could not load completely. Check your connection, then reload the page: you may have to type again what you have written on this page.",
  has_stopped: "This page has stopped because of an error on our side. Reload the page to continue.",
  reload: "Reload the page",
};

export const words = (): Words => (document.documentElement.lang.startsWith("en") ? ENGLISH : FRENCH);
