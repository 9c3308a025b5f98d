/** The person at the other end: the place in the queue, who has the conversation, and small signs to them. */

import { element } from "./elements.js";
import { icon } from "./icons.js";

/** A sign of typing is given so often at most. */
const TYPING_EVERY_MILLISECONDS = 3000;

export class Person {
  /**
   * @param {import("./words.js").Words} words
   * @param {import("./api.js").Api} api
   */
  constructor(words, api) {
    this.words = words;
    this.api = api;
    this.text = element("span");
    /** Read out when the place gets better, and then only. */
    this.status = element("span", { class: "unseen", role: "status" });
    this.line = element("p", { class: "standing", hidden: true }, [icon("person"), this.text]);
    this.node = element("div", { class: "standing-place" }, [this.line, this.status]);
    this.forget();
    words.bind(this.text, () => this.write());
  }

  forget() {
    this.state = null;
    this.place = 0;
    this.name = "";
    this.typedAt = 0;
    this.saw = 0;
  }

  /** Whether a counsellor has the conversation: then the bot is silent. */
  isTalking() {
    return this.state === "with_counsellor";
  }

  /** Whether somebody is waited for or there. */
  isExpected() {
    return Boolean(this.state);
  }

  /**
   * How the visitor stands, as the server tells it.
   * @param {{state: string|null, place?: number, name?: string}} standing
   */
  show(standing) {
    const isBetter = standing.state === "waiting" && (this.state !== "waiting" || standing.place < this.place);
    if (standing.state === null) {
      this.forget();
    }
    this.state = standing.state;
    this.place = standing.place || 0;
    this.name = standing.name || "";
    this.write();
    if (!this.place) {
      this.status.textContent = "";
    } else if (isBetter) {
      this.status.textContent = this.text.textContent;
    }
  }

  write() {
    const isTalking = this.isTalking();
    this.line.hidden = !this.isExpected();
    this.line.classList.toggle("talking", isTalking);
    this.text.textContent = isTalking
      ? this.words.say("with_person", { name: this.name })
      : this.words.say("place", { place: this.place });
  }

  /** The visitor writes. A sign that is lost is given again with a later key. */
  typing() {
    const now = Date.now();
    if (this.isTalking() && now - this.typedAt >= TYPING_EVERY_MILLISECONDS) {
      this.typedAt = now;
      this.api.typing().catch(() => null);
    }
  }

  /** The visitor has all events up to this one before their eyes. */
  seen(event) {
    if (this.isTalking() && event > this.saw) {
      this.saw = event;
      this.api.seen(event).catch(() => {
        this.saw = Math.min(this.saw, event - 1);
      });
    }
  }
}
