/** A button over the foot of the log while something stands below it, so that nobody misses what is under the fold. */

import { element } from "./elements.js";
import { icon } from "./icons.js";

/** Pixels: less than that is a margin and no message. */
const NOTHING = 24;

export class Below {
  /**
   * @param {import("./words.js").Words} words
   * @param {HTMLElement} log
   */
  constructor(words, log) {
    this.log = log;
    this.button = element("button", { type: "button", class: "below-button", onclick: () => this.goOn() }, [
      icon("below"),
      words.text(element("span"), "below"),
    ]);
    this.node = element("div", { class: "below", hidden: true }, [this.button]);
    log.addEventListener("scroll", () => this.look());
    new MutationObserver(() => this.look()).observe(log, { childList: true, subtree: true, characterData: true });
  }

  /** Shows or hides the button, after something has changed its size. */
  look() {
    const isEnd = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < NOTHING;
    if (isEnd && this.button.getRootNode()["activeElement"] === this.button) {
      this.log.focus();
    }
    this.node.hidden = isEnd;
  }

  /** A screen further, with a line or two of what was there. */
  goOn() {
    this.log.scrollTop += Math.max(80, this.log.clientHeight - 60);
  }
}
