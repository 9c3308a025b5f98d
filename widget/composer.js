/** The box in which the visitor writes: grows to four lines, counts from 800 characters, keeps what is too long. */

import { element } from "./elements.js";
import { icon } from "./icons.js";

const COUNT_FROM = 800;

const MOST_LINES = 4;

export class Composer {
  /**
   * @param {import("./words.js").Words} words
   * @param {(text: string) => void} onSend
   * @param {() => void} onWrite there are words in the box, and more of them than before or other ones
   */
  constructor(words, onSend, onWrite) {
    this.words = words;
    this.onSend = onSend;
    this.mostCharacters = 1000;
    this.box = element("textarea", {
      id: "box",
      rows: "1",
      "aria-describedby": "counter fault",
      autocomplete: "off",
      oninput: () => {
        this.changed();
        if (this.length()) {
          onWrite();
        }
      },
      onkeydown: (event) => this.onKey(event),
    });
    words.bind(this.box, () => this.box.setAttribute("placeholder", words.say("box_hint")));
    const label = words.text(element("label", { class: "unseen", for: "box" }), "box");
    this.button = element("button", { type: "submit", class: "send" }, [icon("send")]);
    words.bind(this.button, () => {
      this.button.setAttribute("aria-label", words.say("send"));
      this.button.setAttribute("title", words.say("send"));
    });
    this.counter = element("p", { id: "counter", class: "counter" });
    this.fault = element("p", { id: "fault", class: "fault", role: "alert" });
    this.node = element("form", { class: "composer" }, [
      this.fault,
      this.counter,
      element("div", { class: "box-row" }, [label, this.box, this.button]),
    ]);
    this.node.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    words.bind(this.node, () => this.changed());
  }

  /** Puts words back that could not be sent, unless something else is being written. */
  giveBack(text) {
    if (!this.box.value.trim()) {
      this.box.value = text;
      this.changed();
    }
  }

  submit() {
    const text = this.box.value.trim();
    const more = this.length() - this.mostCharacters;
    if (!text || more > 0) {
      if (more > 0) {
        this.fault.textContent = "";
        this.showFault(more);
      }
      this.box.focus();
      return;
    }
    this.box.value = "";
    this.changed();
    this.onSend(text);
  }

  /** As the server counts: an emoji is one character. */
  length() {
    return Array.from(this.box.value.trim()).length;
  }

  onKey(event) {
    // 229 is what Safari says while a word is still being composed.
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229) {
      event.preventDefault();
      this.submit();
    }
  }

  changed() {
    const count = this.length();
    this.counter.textContent = count >= COUNT_FROM ? this.words.say("counter", { count: this.words.number(count) }) : "";
    this.showFault(count - this.mostCharacters);
    this.box.style.height = "auto";
    const line = parseFloat(getComputedStyle(this.box).lineHeight) || 24;
    this.box.style.height = Math.min(this.box.scrollHeight, line * MOST_LINES + 18) + 2 + "px";
  }

  showFault(more) {
    const text = more > 0 ? this.words.say("text_too_long", { more: this.words.number(more) }) : "";
    // While the visitor takes characters away, the message is changed on screen but not read out at each key.
    if (Boolean(text) !== Boolean(this.fault.textContent)) {
      this.fault.setAttribute("role", "alert");
    } else {
      this.fault.removeAttribute("role");
    }
    this.fault.textContent = text;
    this.box.setAttribute("aria-invalid", String(more > 0));
  }
}
