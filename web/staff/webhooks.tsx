// Other programs that are told what happens to requests: for administrators.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Refusal, sentence } from "./api.ts";
import type { Webhook, WebhookDelivery } from "./contract.ts";
import { WEBHOOK_EVENTS } from "./contract.ts";
import { useDesk } from "./desk.ts";
import { useNewest } from "./newest.ts";
import { Confirm, Dialog, Field, Hidden, Link, Scroll, Select, Title, Trouble } from "./parts.tsx";
import { momentText, say, word } from "./texts.ts";

const LOOK_AGAIN_MILLISECONDS = 2000;
const STATES = ["queued", "delivered", "dead"] as const;
const eventText = (event: string): string => word("event", event.replace(".", "_"), "event_other");

export function WebhooksPage(): JSX.Element {
  const desk = useDesk();
  const [webhooks, setWebhooks] = useState<readonly Webhook[] | null>(null);
  const [trouble, setTrouble] = useState("");
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<Webhook | null>(null);
  const [changes, setChanges] = useState(0); // what was done here: the deliveries are asked for again

  const load = async (): Promise<void> => {
    try {
      setWebhooks(((await desk.api.get("webhooks")) as { webhooks: readonly Webhook[] }).webhooks);
      setTrouble("");
    } catch (problem) {
      setTrouble(sentence(problem));
    }
  };
  useEffect(() => { void load(); }, []);
  const after = (text: string): void => {
    desk.say(text);
    setChanges((before) => before + 1);
    void load();
  };
  const attempt = (webhook: Webhook): void => {
    desk.api.post(`webhooks/${webhook.id}/test`).then(() => { after(say("webhook_tested")); }, desk.sayTrouble);
  };
  const remove = (webhook: Webhook): void => {
    setRemoving(null);
    desk.api.delete(`webhooks/${webhook.id}`).then(() => { after(say("webhook_removed")); }, desk.sayTrouble);
  };

  return (
    <>
      <Title label={say("webhooks_title")}>{say("webhooks_title")}</Title>
      <p>{say("webhooks_words")}</p>
      <p class="buttons"><button type="button" onClick={() => { setAdding(true); }}>{say("webhook_add")}</button></p>
      <Trouble text={trouble} />
      {!webhooks && !trouble && <p role="status">{say("loading")}</p>}
      {webhooks?.length === 0 && <p class="empty">{say("webhooks_none")}</p>}
      {webhooks && webhooks.length > 0 && (
        <Scroll label={say("webhooks_title")}>
          <table>
            <caption class="unseen">{say("webhooks_title")}</caption>
            <thead><tr>
              <th scope="col">{say("webhook_url")}</th><th scope="col">{say("webhook_events")}</th><th scope="col">{say("webhook_health")}</th><th scope="col">{say("mail_action")}</th>
            </tr></thead>
            <tbody>
              {webhooks.map((webhook) => (
                <tr key={webhook.id}>
                  <th scope="row" class="value">{webhook.url}</th>
                  <td class="condition">{webhook.events.length === WEBHOOK_EVENTS.length ? say("webhook_every_event") : webhook.events.map(eventText).join(", ")}</td>
                  <td class="condition">{webhook.resting_until ? say("webhook_failing", { count: webhook.failures, moment: momentText(webhook.resting_until) }) : say("webhook_well")}</td>
                  <td><div class="buttons">
                    <button type="button" onClick={() => { attempt(webhook); }}>{say("webhook_test")}<Hidden> {webhook.url}</Hidden></button>
                    <button type="button" onClick={() => { setRemoving(webhook); }}>{say("webhook_remove")}<Hidden> {webhook.url}</Hidden></button>
                  </div></td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      <Deliveries changes={changes} onLooked={load} />
      {adding && <Adding onClose={() => { setAdding(false); }} onDone={() => {
        setAdding(false);
        after(say("webhook_added"));
      }} />}
      {removing && (
        <Confirm title={say("webhook_remove_title")} words={say("webhook_remove_words", { url: removing.url })} send={say("webhook_remove")}
          onSend={() => { remove(removing); }} onClose={() => { setRemoving(null); }} />
      )}
    </>
  );
}

interface Page {
  readonly deliveries: readonly WebhookDelivery[];
  readonly next: number | null;
}

// Why it was not taken, as the last answer says it; what no answer says is in the words of the server's log.
function Reason({ delivery }: { readonly delivery: WebhookDelivery }): JSX.Element | null {
  if (delivery.state === "delivered" || delivery.reason === "") return null;
  if (delivery.status !== null) return <p class="hint">{say(delivery.status >= 300 && delivery.status < 400 ? "delivery_redirected" : "delivery_answered", { status: delivery.status })}</p>;
  return <p class="hint">{say("delivery_unanswered")} <span lang="en">({delivery.reason})</span></p>;
}

// `onLooked`: how the addresses are may have changed too.
function Deliveries({ changes, onLooked }: { readonly changes: number; readonly onLooked: () => Promise<void> }): JSX.Element {
  const desk = useDesk();
  const [state, setState] = useState("");
  const [page, setPage] = useState<Page | null>(null);
  const [trouble, setTrouble] = useState("");

  // Without `before` the newest ones, in front of the older ones that somebody has had shown.
  const newest = useNewest();
  const load = async (before?: number): Promise<void> => {
    const wanted = newest();
    const asked = new URLSearchParams();
    if (state) asked.set("state", state);
    if (before !== undefined) asked.set("after", String(before));
    try {
      const fetched = (await desk.api.get(`deliveries?${asked.toString()}`)) as Page;
      if (!wanted()) return;
      setPage((shown) => (before !== undefined && shown ? { ...fetched, deliveries: [...shown.deliveries, ...fetched.deliveries] } : fetched));
      setTrouble("");
    } catch (problem) {
      if (wanted()) setTrouble(sentence(problem));
    }
  };
  useEffect(() => { void load(); }, [state, changes]);
  // What waits is looked at again, so that nobody who has just tried an address has to ask; one that fails waits for minutes.
  const waits = page?.deliveries.some((delivery) => delivery.state === "queued" && (delivery.attempts === 0 || delivery.reason === "")) ?? false;
  useEffect(() => {
    if (!waits) return;
    const timer = setInterval(() => { void load(); }, LOOK_AGAIN_MILLISECONDS);
    return () => {
      clearInterval(timer);
      void onLooked();
    };
  }, [waits, state]);
  const again = (delivery: WebhookDelivery): void => {
    desk.api.post(`deliveries/${delivery.id}/resend`).then(() => {
      desk.say(say("delivery_again_done"));
      void load();
    }, desk.sayTrouble);
  };
  return (
    <section>
      <h2>{say("deliveries_title")}</h2>
      <div class="filters">
        <Select label={say("mail_state")} value={state} onValue={setState}
          choices={[{ value: "", label: say("filter_any") }, ...STATES.map((one) => ({ value: one, label: word("delivery_state", one, "delivery_state_queued") }))]} />
        <p class="buttons"><button type="button" onClick={() => { void load(); }}>{say("deliveries_look")}</button></p>
      </div>
      <Trouble text={trouble} />
      {page && page.deliveries.length > 0 && (
        <Scroll label={say("deliveries_title")}>
          <table>
            <caption class="unseen">{say("deliveries_title")}</caption>
            <thead><tr>
              <th scope="col">{say("delivery_event")}</th><th scope="col">{say("webhook_url")}</th><th scope="col">{say("mail_at")}</th>
              <th scope="col">{say("mail_state")}</th><th scope="col">{say("delivery_attempts")}</th><th scope="col">{say("mail_action")}</th>
            </tr></thead>
            <tbody>
              {page.deliveries.map((delivery) => (
                <tr key={delivery.id}>
                  <th scope="row">{eventText(delivery.event)}{delivery.number && <> <Link to={{ screen: "request", number: delivery.number }}>{delivery.number}</Link></>}</th>
                  <td class="value">{delivery.url}</td>
                  <td><time dateTime={delivery.created_at}>{momentText(delivery.created_at)}</time></td>
                  <td>{word("delivery_state", delivery.state, "delivery_state_queued")}<Reason delivery={delivery} /></td>
                  <td>{delivery.attempts}</td>
                  <td><button type="button" onClick={() => { again(delivery); }}>{say("mail_again")}<Hidden> : {eventText(delivery.event)} {delivery.number ?? ""}</Hidden></button></td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      <p role="status" class={page?.deliveries.length === 0 ? "empty" : "foot"}>{!page ? say("loading") : page.deliveries.length === 0 ? say("deliveries_none") : ""}</p>
      {page && page.next !== null && <p class="buttons"><button type="button" onClick={() => { void load(page.next ?? undefined); }}>{say("queue_more")}</button></p>}
    </section>
  );
}

function Adding({ onClose, onDone }: { readonly onClose: () => void; readonly onDone: () => void }): JSX.Element {
  const desk = useDesk();
  const [url, setUrl] = useState("");
  const [events, setEvents] = useState<readonly string[]>(["submission.received", "submission.decided", "submission.withdrawn"]);
  const [trouble, setTrouble] = useState("");
  const [wrong, setWrong] = useState(false);

  const send = (event: Event): void => {
    event.preventDefault();
    setTrouble(events.length === 0 ? say("webhook_needs_event") : "");
    setWrong(false);
    if (events.length === 0) return;
    desk.api.post("webhooks", { url: url.trim(), events }).then(onDone, (problem: unknown) => {
      if (problem instanceof Refusal && problem.problems.some(({ field }) => field === "url")) setWrong(true);
      else setTrouble(sentence(problem));
    });
  };
  return (
    <Dialog title={say("webhook_add")} onClose={onClose}>
      <form onSubmit={send}>
        <Trouble text={trouble} />
        <Field label={say("webhook_url")} hint={say("webhook_url_hint")} required value={url} onValue={setUrl} {...(wrong ? { error: say("webhook_url_wrong") } : {})} />
        <fieldset>
          <legend>{say("webhook_events")}</legend>
          {WEBHOOK_EVENTS.map((one) => (
            <p key={one}><label class="tick"><input type="checkbox" checked={events.includes(one)}
              onChange={(event) => { setEvents(event.currentTarget.checked ? [...events, one] : events.filter((other) => other !== one)); }} /> {eventText(one)}</label></p>
          ))}
        </fieldset>
        <p class="buttons">
          <button type="submit" class="first">{say("webhook_add")}</button>
          <button type="button" onClick={onClose}>{say("cancel")}</button>
        </p>
      </form>
    </Dialog>
  );
}
