// Refusing: a reason of the town's list, and words of one's own for the family.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { useDesk } from "./desk.ts";
import { Select, Trouble, Words } from "./parts.tsx";
import { useStore } from "./store.ts";
import { say } from "./texts.ts";
import { useTown } from "./town.ts";

export interface Reason {
  readonly code: string;
  readonly text: string;
}

export interface Refusing {
  readonly reason_code: string;
  readonly reason: string;
}

// The town's list; nothing while it is on its way. An empty one, or none to be had: words alone.
export function useReasons(): readonly Reason[] | null {
  const desk = useDesk();
  const town = useTown();
  const failed = useStore(desk.published.failed);
  if (!town) return failed ? [] : null;
  return (town.refusal_reasons ?? []).map(({ key, text }) => ({ code: key, text: typeof text === "string" ? text : (text["fr"] ?? key) }));
}

export function RefusalForm(props: {
  readonly reasons: readonly Reason[] | null;
  readonly send: string;
  readonly onSend: (refusing: Refusing) => void;
  readonly onCancel: () => void;
  readonly onTyped?: (typed: boolean) => void;
}): JSX.Element {
  const [code, setCode] = useState("");
  const [words, setWords] = useState("");
  const [trouble, setTrouble] = useState("");

  const submit = (event: Event): void => {
    event.preventDefault();
    if (code === "" && words.trim() === "") {
      setTrouble(say("refuse_needs_reason"));
      return;
    }
    props.onSend({ reason_code: code, reason: words.trim() });
  };
  if (!props.reasons) return <p role="status">{say("loading")}</p>;
  return (
    <form onSubmit={submit} class="deciding">
      <Trouble text={trouble} />
      {props.reasons.length > 0 && (
        <Select
          label={say("refuse_reason")}
          value={code}
          onValue={setCode}
          choices={[{ value: "", label: say("refuse_choose") }, ...props.reasons.map((reason) => ({ value: reason.code, label: reason.text }))]}
        />
      )}
      <Words
        label={say(props.reasons.length > 0 ? "refuse_more" : "refuse_words")}
        hint={say("refuse_hint")}
        value={words}
        onValue={(value) => {
          setWords(value);
          props.onTyped?.(value !== "");
        }}
      />
      <p class="buttons">
        <button type="submit" class="first danger">{props.send}</button>
        <button type="button" onClick={props.onCancel}>{say("cancel")}</button>
      </p>
    </form>
  );
}
