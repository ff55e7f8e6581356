// What the server's staff endpoints take and give, as docs/openapi.json describes them. Only what the console reads.

export type Role = "agent" | "manager" | "administrator";
export const ROLES: readonly Role[] = ["agent", "manager", "administrator"];

export interface CounterTicket {
  readonly ticket: string;
  readonly expires_at: string;
}

// What a family is given for a request that was received.
export interface Receipt {
  readonly id: string;
  readonly number: string;
  readonly procedure: string;
  readonly received_at: string;
  readonly due_by: string;
}

export interface Member {
  readonly id: number;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly services: readonly string[];
  readonly disabled: boolean;
  readonly totp: boolean;
  readonly must_change_password: boolean;
  readonly last_login_at: string | null;
}

export interface Token {
  readonly id: number;
  readonly name: string;
  readonly made_by: number;
  readonly scopes: readonly string[];
  readonly created_at: string;
  readonly expires_at: string;
  readonly last_used_at: string | null;
  readonly revoked_at: string | null;
}
export const SCOPES = ["read", "decide", "import", "export"] as const;

export interface Webhook {
  readonly id: number;
  readonly url: string;
  readonly events: readonly string[];
  readonly failures: number;
  readonly resting_until: string | null;
}
export const WEBHOOK_EVENTS = [
  "submission.received", "submission.corrected", "submission.waiting", "submission.decided", "submission.withdrawn", "submission.taken", "submission.released",
] as const;

export interface WebhookDelivery {
  readonly id: number;
  readonly url: string;
  readonly event: string;
  readonly number: string | null;
  readonly state: string;
  readonly attempts: number;
  readonly status: number | null; // of the last answer
  readonly reason: string;
  readonly created_at: string;
}

export interface AuditLine {
  readonly sequence: number;
  readonly at: string;
  readonly actor: { readonly code: string; readonly name: string | null };
  readonly action: string;
  readonly object: { readonly code: string; readonly name: string | null };
  readonly details: Readonly<Record<string, unknown>>;
  readonly hash: string;
}

export interface Session {
  readonly staff: Member;
  readonly expires_at: string;
}

export type View = "new" | "mine" | "waiting" | "late" | "doubtful" | "all" | "done";
export const VIEWS: readonly View[] = ["new", "mine", "waiting", "late", "doubtful", "all", "done"];

export type Counters = Readonly<Partial<Record<View, number>>>;

export interface Mark {
  readonly code: string;
  readonly field: string;
}

export interface Colleague {
  readonly id: number;
  readonly name: string;
}

export interface QueueItem {
  readonly number: string;
  readonly procedure: string;
  readonly state: string;
  readonly name: string;
  readonly received_at: string;
  readonly due_by: string;
  readonly late: boolean;
  readonly marks: readonly Mark[];
  readonly claimed_by: Colleague | null;
  readonly pending: string | null; // a decision that is not carried out yet
  readonly origin: string;
}

export interface QueuePage {
  readonly items: readonly QueueItem[];
  readonly next: string | null;
}

export interface AnswerRow {
  readonly key: string;
  readonly label: string;
  readonly value: string;
  readonly known: string; // empty: nothing
  readonly differs: boolean;
  readonly mark: string | null;
  readonly note: string; // what the server found of an address or a birth place; empty: nothing to say
}

export interface Section {
  readonly title: string;
  readonly known: boolean; // the town knew this person
  readonly rows: readonly AnswerRow[];
}

export interface HistoryEvent {
  readonly code: string; // a refusal's reason, or how it came in
  readonly at: string;
  readonly event: string;
  readonly note: string;
  readonly by: Colleague | null;
}

export interface Note {
  readonly at: string;
  readonly by: Colleague;
  readonly text: string;
}

export interface Mail {
  readonly id: number;
  readonly kind: string;
  readonly recipient: string;
  readonly subject: string;
  readonly state: string;
  readonly reason: string;
  readonly created_at: string;
  readonly number: string | null; // of the request it is about
}

export interface Duplicate {
  readonly account: string | null; // its reference; nothing: not an account that could be merged
  readonly number: string | null;
  readonly family: string | null; // of the former system
  readonly email: string;
  readonly reasons: readonly string[];
  readonly rows: readonly AnswerRow[]; // value: here; known: there
}

export interface Merge {
  readonly id: number;
  readonly by: Colleague;
  readonly at: string;
  readonly undone_at: string | null;
}

export interface Detail {
  readonly number: string;
  readonly procedure: string;
  readonly state: string;
  readonly version: number;
  readonly received_at: string;
  readonly due_by: string;
  readonly late: boolean;
  readonly name: string;
  readonly origin: string;
  readonly account: { readonly reference: string; readonly email: string; readonly identifier: string | null; readonly active: boolean };
  readonly sections: readonly Section[];
  readonly marks: readonly Mark[];
  readonly correctable: readonly { readonly key: string; readonly label: string }[];
  readonly history: readonly HistoryEvent[];
  readonly notes: readonly Note[];
  readonly mails: readonly Mail[];
  readonly duplicates: readonly Duplicate[];
  readonly merges: readonly Merge[];
  readonly viewers: readonly Colleague[];
  readonly claimed_by: Colleague | null;
  readonly moves: readonly string[];
  readonly pending: string | null;
}

// What the heartbeat of an open request tells.
export interface Viewing {
  readonly viewers: readonly Colleague[];
  readonly version: number;
}

// A decision that can still be taken back.
export interface Pending {
  readonly undo: string;
  readonly until: string;
}

export type Action =
  | { readonly kind: "take" | "release" | "accept" }
  | { readonly kind: "refuse"; readonly reason_code: string; readonly reason: string }
  | { readonly kind: "ask"; readonly fields: readonly string[]; readonly message: string };

export interface FamilyRow {
  readonly id: number;
  readonly family_id: string | null; // in the imported system
  readonly people: readonly { readonly kind: string; readonly name: string; readonly has_account: boolean }[];
  readonly live_keys: number;
}

export interface FamilyPage {
  readonly families: readonly FamilyRow[];
  readonly next: number | null;
  readonly without_key: number | null;
}

export interface FamilyDetail {
  readonly id: number;
  readonly family_id: string | null;
  readonly people: readonly {
    readonly id: number;
    readonly kind: string;
    readonly name: string;
    readonly has_account: boolean;
    readonly rows: readonly { readonly label: string; readonly value: string }[];
  }[];
  readonly keys: readonly ServiceKey[];
}

export interface ServiceKey {
  readonly id: number;
  readonly service: string;
  readonly family: number;
  readonly family_id: string | null;
  readonly name: string;
  readonly state: string;
  readonly issued_at: string;
  readonly expires_at: string | null;
  readonly used_at: string | null;
  readonly revoked_at: string | null;
}

export interface Letter {
  readonly id: number; // of the key
  readonly name: string;
  readonly address: readonly string[];
  readonly key: string;
  readonly link: string;
}

export interface Letters {
  readonly letters: readonly Letter[];
  readonly service: string;
  readonly last_day: string;
  readonly with_account: number;
  readonly spared: number;
}

export interface ImportCounts {
  readonly new: number;
  readonly changed: number;
  readonly unchanged: number;
}

export interface ImportPlan {
  readonly digest: string;
  readonly families: ImportCounts;
  readonly people: ImportCounts;
  readonly bad_lines: number;
  readonly readable: boolean;
  readonly mistakes: readonly { readonly line: number; readonly column: string | null; readonly value: string; readonly reason: string }[];
  readonly mistakes_in_all: number;
}

export interface ImportRow {
  readonly line: number;
  readonly family_id: string;
  readonly person_id: string;
  readonly name: string;
  readonly kind: string;
  readonly outcome: "new" | "changed" | "unchanged";
  readonly new_family: boolean;
  readonly changes: readonly { readonly column: string; readonly before: string; readonly after: string }[];
}
