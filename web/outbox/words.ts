// What the page says of what is on this device, in words a parent understands.
import type { Waits } from "./outbox.ts";

export interface Words {
  readonly title: string;
  readonly procedures: Readonly<Record<number, string>>;
  readonly corrections: Readonly<Record<number, string>>;
  readonly request: string;
  readonly kept_on: (when: string) => string;
  readonly held: string;
  readonly waiting: Readonly<Record<Waits, string>>;
  readonly sending: string;
  readonly received: (number: string) => string;
  readonly received_on: (when: string) => string;
  readonly refused: string;
  readonly send_now: string;
  readonly save_file: string;
  readonly show_code: string;
  readonly code_help: string;
  readonly code_name: string;
  readonly too_large_for_code: string;
  readonly discard: string;
  readonly put_away: string;
  readonly save_receipt: string;
  readonly carry_help: string;
  readonly hand_in: string;
  readonly hand_in_help: string;
  readonly choose_file: string;
  readonly taken_in: string;
  readonly receipt_taken_in: string;
  readonly not_understood: string;
  readonly another_address: string;
  readonly receipt_of_nothing: string;
  readonly new_version: string;
  readonly may_be_cleared: string;
  readonly no_room: string;
}

const FRENCH: Words = {
  title: "Sur cet appareil",
  procedures: { 1: "Création de votre espace", 2: "Votre entourage", 3: "Modification de votre profil" },
  corrections: { 1: "Votre correction de la création d’espace", 2: "Votre correction de l’entourage", 3: "Votre correction du profil" },
  request: "Votre demande",
  kept_on: (when) => `Enregistrée sur cet appareil le ${when}.`,
  held: "Elle n’est que dans cette page : votre navigateur n’a pas pu l’enregistrer sur cet appareil. Elle partira dès que le réseau reviendra. Ne fermez pas cette page avant d’avoir votre reçu, ou enregistrez votre demande dans un fichier.",
  waiting: {
    "": "Elle n’est pas encore partie. Elle partira toute seule dès que le réseau reviendra, même si vous fermez cette page : au plus tard quand vous la rouvrirez.",
    login: "Elle n’est pas encore partie : elle attend que votre espace soit activé (par le lien reçu par mail) et que vous vous connectiez sur cet appareil.",
    registration: "Elle n’est pas encore partie : elle suivra votre création d’espace, qui doit partir d’abord.",
  },
  sending: "Envoi en cours…",
  received: (number) => `Reçue par la mairie, reçu n° ${number}.`,
  received_on: (when) => `Reçue le ${when}.`,
  refused: "La mairie n’a pas pu la prendre. Elle reste sur cet appareil.",
  send_now: "Envoyer maintenant",
  save_file: "Enregistrer dans un fichier",
  show_code: "Afficher un QR code",
  code_help: "Photographiez ce code avec un autre téléphone connecté à internet : il remettra votre demande à la mairie. Elle est chiffrée, ce téléphone ne peut pas la lire.",
  code_name: "QR code de votre demande",
  too_large_for_code: "Cette demande est trop longue pour un QR code : enregistrez-la dans un fichier.",
  discard: "Effacer de cet appareil",
  put_away: "Ne plus afficher",
  save_receipt: "Enregistrer le reçu",
  carry_help: "Pas de réseau ici ? Emportez votre demande dans un fichier, à remettre depuis un autre appareil ou au guichet.",
  hand_in: "Remettre une demande enregistrée dans un fichier",
  hand_in_help: "Choisissez le fichier .foyer d’une demande faite sur un autre appareil, ou le fichier du reçu qui revient.",
  choose_file: "Choisir le fichier",
  taken_in: "La demande est bien lue. Elle part à la mairie dès que le réseau le permet.",
  receipt_taken_in: "Le reçu est bien celui de la mairie : votre demande est arrivée.",
  not_understood: "Ce fichier n’est ni une demande ni un reçu de ce site.",
  another_address: "Cette demande a été faite à une autre adresse internet : remettez-la à cette adresse.",
  receipt_of_nothing: "Ce reçu n’est celui d’aucune demande de cet appareil.",
  new_version: "Une nouvelle version de cette page est prête.",
  may_be_cleared: "Votre navigateur pourrait effacer ce qui est sur cet appareil s’il manque de place, et il l’efface dès qu’une fenêtre de navigation privée est fermée. Par prudence, enregistrez aussi votre demande dans un fichier.",
  no_room: "Il manque de la place sur cet appareil : sans réseau, cette page ne s’ouvrira peut-être pas. Avec le réseau, tout fonctionne.",
};

const ENGLISH: Words = {
  title: "On this device",
  procedures: { 1: "Creation of your space", 2: "Your household", 3: "Change of your profile" },
  corrections: { 1: "Your correction of your new space", 2: "Your correction of the household", 3: "Your correction of the profile" },
  request: "Your request",
  kept_on: (when) => `Saved on this device on ${when}.`,
  held: "It is in this page only: your browser could not save it on this device. It will leave as soon as the network is back. Do not close this page before you have your receipt, or save your request to a file.",
  waiting: {
    "": "It has not left yet. It will leave by itself as soon as the network is back, even if you close this page: at the latest when you open it again.",
    login: "It has not left yet: it waits until your space is activated (by the link you received by e-mail) and you log in on this device.",
    registration: "It has not left yet: it follows the creation of your space, which has to leave first.",
  },
  sending: "Being sent…",
  received: (number) => `Received by the town hall, receipt no. ${number}.`,
  received_on: (when) => `Received on ${when}.`,
  refused: "The town hall could not take it. It stays on this device.",
  send_now: "Send now",
  save_file: "Save to a file",
  show_code: "Show a QR code",
  code_help: "Take a picture of this code with another telephone that is on the internet: it will hand your request in to the town hall. The request is sealed, that telephone cannot read it.",
  code_name: "QR code of your request",
  too_large_for_code: "This request is too long for a QR code: save it to a file.",
  discard: "Erase from this device",
  put_away: "Do not show again",
  save_receipt: "Save the receipt",
  carry_help: "No network here? Take your request with you in a file, and hand it in from another device or at the counter.",
  hand_in: "Hand in a request saved to a file",
  hand_in_help: "Choose the .foyer file of a request made on another device, or the file of the receipt that comes back.",
  choose_file: "Choose the file",
  taken_in: "The request has been read. It goes to the town hall as soon as the network allows.",
  receipt_taken_in: "The receipt is indeed the town hall’s: your request has arrived.",
  not_understood: "This file is neither a request nor a receipt of this site.",
  another_address: "This request was made at another internet address: hand it in at that address.",
  receipt_of_nothing: "This receipt belongs to no request of this device.",
  new_version: "A new version of this page is ready.",
  may_be_cleared: "Your browser might erase what is on this device if it runs out of space, and it does so as soon as a private window is closed. To be safe, save your request to a file too.",
  no_room: "This device is short of space: without a network this page may not open. With one, everything works.",
};

export const words = (): Words => (document.documentElement.lang.startsWith("en") ? ENGLISH : FRENCH);
