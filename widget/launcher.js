/** The round button that opens the chat, with the number of messages not yet read. */

import { element } from "./elements.js";
import { icon } from "./icons.js";

export class Launcher {
  /**
   * @param {import("./words.js").Words} words
   * @param {() => void} onOpen
   */
  constructor(words, onOpen) {
    this.words = words;
    this.unread = 0;
    this.badge = element("span", { class: "badge", "aria-hidden": "true" });
    this.button = element("button", { type: "button", class: "launcher", "aria-haspopup": "dialog", onclick: onOpen }, [
      icon("chat"),
      this.badge,
    ]);
    this.status = element("span", { class: "unseen", role: "status" });
    this.node = element("div", {}, [this.button, this.status]);
    words.bind(this.button, () => this.show(false));
  }

  /** @param {number} unread */
  setUnread(unread) {
    const isMore = unread > this.unread;
    this.unread = unread;
    this.show(isMore);
  }

  show(isMore) {
    const count = this.unread;
    const unread = count ? this.words.say(count === 1 ? "unread_one" : "unread_many", { count: count }) : "";
    const label = this.words.say("open") + (unread ? ", " + unread : "");
    this.button.setAttribute("aria-label", label);
    this.button.setAttribute("title", label);
    this.badge.textContent = count > 9 ? "9+" : String(count);
    this.badge.hidden = !count;
    this.status.textContent = isMore ? unread : "";
  }
}
