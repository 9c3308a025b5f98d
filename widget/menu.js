/** The menu in the header: a menu button as in the ARIA authoring practices. */

import { element } from "./elements.js";
import { icon } from "./icons.js";

export class Menu {
  /**
   * @param {import("./words.js").Words} words
   * @param {Array<{key: string, act?: () => void, isOff?: () => boolean, address?: () => string|null}>} entries
   */
  constructor(words, entries) {
    this.entries = entries;
    this.button = element("button", {
      type: "button",
      class: "head-button",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      onclick: () => (this.list.hidden ? this.open(0) : this.close(true)),
      onkeydown: (event) => this.onButtonKey(event),
    }, [icon("menu")]);
    words.label(this.button, "menu");
    this.list = element("div", { class: "menu", role: "menu", hidden: true, onkeydown: (event) => this.onKey(event) });
    words.label(this.list, "menu");
    this.items = entries.map((entry) => {
      const item = element(entry.address ? "a" : "button", {
        type: entry.address ? null : "button",
        role: "menuitem",
        tabindex: "-1",
        target: entry.address ? "_blank" : null,
        rel: entry.address ? "noopener noreferrer" : null,
        onclick: () => this.choose(entry, item),
      });
      this.list.append(words.text(item, entry.key));
      return item;
    });
    this.node = element("div", { class: "menu-place" }, [this.button, this.list]);
    this.node.addEventListener("focusout", (event) => {
      if (!this.node.contains(event["relatedTarget"])) {
        this.close(false);
      }
    });
  }

  open(index) {
    this.entries.forEach((entry, place) => {
      const item = this.items[place];
      if (entry.address) {
        const address = entry.address();
        item.hidden = !address;
        item.setAttribute("href", address || "#");
      } else {
        item.setAttribute("aria-disabled", String(entry.isOff()));
      }
    });
    this.list.hidden = false;
    this.button.setAttribute("aria-expanded", "true");
    this.focus(index);
  }

  close(givesFocusBack) {
    this.list.hidden = true;
    this.button.setAttribute("aria-expanded", "false");
    if (givesFocusBack) {
      this.button.focus();
    }
  }

  choose(entry, item) {
    if (item.getAttribute("aria-disabled") === "true") {
      return;
    }
    this.close(true);
    if (entry.act) {
      entry.act();
    }
  }

  focus(index) {
    const shown = this.items.filter((item) => !item.hidden);
    shown[(index + shown.length) % shown.length].focus();
  }

  onButtonKey(event) {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      this.open(event.key === "ArrowDown" ? 0 : -1);
    }
  }

  onKey(event) {
    const shown = this.items.filter((item) => !item.hidden);
    const place = shown.indexOf(event.target);
    const moves = { ArrowDown: place + 1, ArrowUp: place - 1, Home: 0, End: -1 };
    if (event.key in moves) {
      event.preventDefault();
      this.focus(moves[event.key]);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      this.close(true);
    }
  }
}
