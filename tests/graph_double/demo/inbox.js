/** The page's own inbox: staff read the thread and answer as the page; and a few things to try out. */

import { control } from "./api.js";
import { fill, make } from "./elements.js";
import { word } from "./words.js";

const $ = (id) => document.getElementById(id);
const FAULTS = ["none", "call_limit", "unexpected", "html", "slow", "unavailable", "token_expired"];
const TIMES = { call_limit: 3, unexpected: 3, html: 1, slow: 1, unavailable: 1 };

export class Inbox {
  constructor() {
    this.person = this.page = null;
    $("staff-form").addEventListener("submit", (event) => this.#answer(event));
    $("done").addEventListener("click", () => control("POST", `people/${this.person.psid}/staff-done`));
    $("day").addEventListener("click", () => control("PATCH", `people/${this.person.psid}`, { silent_hours: 25 }));
    $("routing").addEventListener("change", () =>
      control("PATCH", `pages/${this.page.id}`, { routing: $("routing").checked }));
    $("fault").addEventListener("change", () => this.#misbehave($("fault").value));
  }

  /** Show the thread as staff see it. */
  show(person, page) {
    this.person = person;
    this.page = page;
    $("routing").checked = page.routing;
    fill($("fault"), FAULTS.map((kind) => [kind, word(`fault_${kind}`)]));
    $("owner").textContent = word(owner(person, page));
    $("thread").setAttribute("aria-label", word("conversation"));
    const lines = person.lines.map((line) =>
      make("p", `said ${line.author}`, make("strong", "", word(line.author)), text(line)));
    $("thread").replaceChildren(...(lines.length ? lines : [make("p", "said", word("nothing_yet"))]));
    $("thread").scrollTop = $("thread").scrollHeight;
  }

  async #answer(event) {
    event.preventDefault();
    const words = $("staff-words").value.trim();
    if (!words) return;
    $("staff-words").value = "";
    await control("POST", `people/${this.person.psid}/staff`, { text: words });
  }

  async #misbehave(kind) {
    await control("DELETE", "faults");
    const isExpired = kind === "token_expired";
    await control("PATCH", `pages/${this.page.id}`, { token_state: isExpired ? "expired" : "valid" });
    if (kind === "none" || isExpired) return;
    await control("POST", "faults", { kind, times: TIMES[kind], seconds: 5 });
  }
}

/** Who answers now: without routing the bot is silent for a while after a word of staff. */
function owner(person, page) {
  if (!person.is_ours) return "owner_staff";
  return !page.routing && person.lines.some((line) => line.author === "staff") ? "owner_silent" : "owner_bot";
}

/** A line in one sentence. */
function text(line) {
  if (line.is_gone) return word("gone");
  const payload = line.body.attachment?.payload ?? {};
  const titles = (payload.elements ?? []).map((one) => one.title).join(" · ");
  const files = (line.body.attachments ?? []).map((one) => (one.type === "sticker" ? "👍" : "🖼️")).join("");
  return [line.body.text ?? line.body.title ?? payload.text ?? titles, files].filter(Boolean).join(" ");
}
