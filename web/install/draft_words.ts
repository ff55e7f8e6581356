// The words about drafts.
export interface DraftWords {
  readonly question: string;
  readonly question_help: string;
  readonly keep: string;
  readonly nothing: string;
  readonly offer: (when: string) => string;
  readonly offer_help: string;
  readonly resume: string;
  readonly erase: string;
  readonly kept: (until: string) => string;
  readonly stop: string;
  readonly erased: string;
  readonly elsewhere: string;
  readonly left_out: (count: number) => string;
  readonly resumed: string;
  readonly lost: string;
  readonly not_kept: string;
}

const FRENCH: DraftWords = {
  question: "Garder un brouillon ?",
  question_help: "Chez vous, ce que vous écrivez peut être gardé trente jours sur cet appareil : vous pourrez fermer la page et reprendre plus tard. Votre mot de passe n’est jamais gardé. Sur un ordinateur partagé, ne gardez rien.",
  keep: "Garder mon brouillon sur cet appareil",
  nothing: "Ne rien garder (ordinateur partagé)",
  offer: (when) => `Vous avez un brouillon du ${when}.`,
  offer_help: "Tant que vous n’avez pas choisi, ce que vous écrivez de nouveau n’est pas gardé.",
  resume: "Reprendre mon brouillon",
  erase: "Effacer ce brouillon",
  kept: (until) => `Votre brouillon est gardé sur cet appareil jusqu’au ${until}.`,
  stop: "Effacer le brouillon et ne plus rien garder",
  erased: "Rien n’est gardé sur cet appareil.",
  elsewhere: "Ce formulaire est aussi ouvert dans un autre onglet : seul le dernier brouillon enregistré est gardé.",
  left_out: (count) => (count === 1 ? "Une réponse de votre brouillon n’est plus demandée, ou est à donner de nouveau." : `${count} réponses de votre brouillon ne sont plus demandées, ou sont à donner de nouveau.`),
  resumed: "Votre brouillon est repris. Relisez chaque étape : le mot de passe et l’accord sont à donner de nouveau.",
  lost: "Votre brouillon ne peut plus être lu : votre navigateur en a perdu la clé. Il est effacé.",
  not_kept: "Votre brouillon n’a pas pu être gardé : il n’y a plus de place sur cet appareil. Envoyez votre demande avant de fermer cette page.",
};

const ENGLISH: DraftWords = {
  question: "Keep a draft?",
  question_help: "At home, what you write can be kept on this device for thirty days: you may close the page and go on later. Your password is never kept. On a shared computer, keep nothing.",
  keep: "Keep my draft on this device",
  nothing: "Keep nothing (shared computer)",
  offer: (when) => `You have a draft of ${when}.`,
  offer_help: "Until you have chosen, what you write anew is not kept.",
  resume: "Go on with my draft",
  erase: "Erase this draft",
  kept: (until) => `Your draft is kept on this device until ${until}.`,
  stop: "Erase the draft and keep nothing any more",
  erased: "Nothing is kept on this device.",
  elsewhere: "This form is open in another tab too: only the draft that was saved last is kept.",
  left_out: (count) => (count === 1 ? "One answer of your draft is no longer asked for, or has to be given again." : `${count} answers of your draft are no longer asked for, or have to be given again.`),
  resumed: "Your draft is back. Read each step again: the password and the consent have to be given again.",
  lost: "Your draft can no longer be read: your browser has lost its key. It is erased.",
  not_kept: "Your draft could not be kept: there is no space left on this device. Send your request before you close this page.",
};

export const draft_words = (): DraftWords => (document.documentElement.lang.startsWith("en") ? ENGLISH : FRENCH);
