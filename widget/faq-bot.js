/** The custom element <faq-bot>: what a site writes into its page. Children are shown where the widget cannot be. */

import { Chat } from "./chat.js";
import { palette, readColour } from "./colours.js";
import { element } from "./elements.js";
import { serverAddress, spokenLanguage } from "./options.js";
import { addStyles } from "./styles.js";

/** A window this narrow or low gives the panel the whole screen: 479 or 419 pixels, more where text is larger. */
const SMALL_WINDOW = "(max-width: 29.9375em), (max-height: 26.1875em)";

export class FaqBot extends HTMLElement {
  static get observedAttributes() {
    return ["language", "position", "colour", "colour-dark", "scheme"];
  }

  constructor() {
    super();
    this.chat = null;
    this.onFit = () => this.fit();
    this.onLook = () => this.look();
    this.onSight = () => this.chat.watch();
    this.onOnline = () => this.chat.backOnline();
    this.onOffline = () => this.chat.showConnection(false);
    this.onStorage = (event) => {
      if (event.key === this.chat.session.key || event.key === null) {
        this.chat.conversation.keptElsewhere();
      }
    };
  }

  connectedCallback() {
    if (!this.chat) {
      this.build();
    }
    this.small.addListener(this.onFit);
    this.dark.addListener(this.onLook);
    document.addEventListener("visibilitychange", this.onSight);
    window.addEventListener("pageshow", this.onSight);
    window.addEventListener("online", this.onOnline);
    window.addEventListener("offline", this.onOffline);
    window.addEventListener("storage", this.onStorage);
    if (window["visualViewport"]) {
      window["visualViewport"].addEventListener("resize", this.onFit);
    }
    this.look();
    this.fit();
    this.chat.begin();
  }

  disconnectedCallback() {
    this.small.removeListener(this.onFit);
    this.dark.removeListener(this.onLook);
    document.removeEventListener("visibilitychange", this.onSight);
    window.removeEventListener("pageshow", this.onSight);
    window.removeEventListener("online", this.onOnline);
    window.removeEventListener("offline", this.onOffline);
    window.removeEventListener("storage", this.onStorage);
    if (window["visualViewport"]) {
      window["visualViewport"].removeEventListener("resize", this.onFit);
    }
    this.chat.conversation.watch(false, false);
    this.lockPage(false);
  }

  attributeChangedCallback(name, before, now) {
    if (!this.chat || before === now) {
      return;
    }
    if (name === "language") {
      this.setLanguage(now);
    } else {
      this.look();
    }
  }

  /** Opens the panel and gives it the keyboard. */
  open() {
    this.chat.open(true);
  }

  /** Closes the panel; the keyboard goes back to where it came from. */
  close() {
    this.chat.close();
  }

  /**
   * Sends a question, or a choice, as if the visitor had done it.
   * @param {string|{choice: string, title: string}} message
   */
  send(message) {
    if (typeof message === "string") {
      const text = message.trim();
      if (text) {
        this.chat.send({ text: text });
      }
    } else {
      this.chat.choose({ id: message.choice, title: message.title });
    }
  }

  /** @param {string} language `fr`, `nl` or `en`; others are ignored */
  setLanguage(language) {
    const code = spokenLanguage(language);
    return code ? this.chat.setLanguage(code, true) : Promise.resolve();
  }

  /** Forgets the conversation in this browser. What the server keeps is erased by the visitor, in the menu. */
  reset() {
    this.chat.conversation.leave(null);
  }

  build() {
    const root = this.attachShadow({ mode: "open" });
    this.small = window.matchMedia(SMALL_WINDOW);
    this.dark = window.matchMedia("(prefers-color-scheme: dark)");
    const contactWays = element("slot");
    this.chat = new Chat(this, serverAddress(this), (isReady) => {
      // Without a slot the children are no part of what is shown or read out.
      if (isReady) {
        contactWays.remove();
      } else {
        root.append(contactWays);
      }
      this.wrap.hidden = !isReady;
      if (isReady && this.hasAttribute("open") && !this.small.matches) {
        this.chat.open(false);
      }
    });
    this.chat.fit = this.onFit;
    // The empty title keeps the attribute of the element from being shown as a hint over the whole panel.
    this.wrap = element("div", { class: "wrap", title: "", hidden: true }, [
      this.chat.launcher.node,
      this.chat.panel.node,
    ]);
    addStyles(root, this.nonce || this.getAttribute("nonce"));
    root.append(this.wrap);
  }

  /** Colours and side, from attributes and from what the visitor's system asks for. */
  look() {
    const scheme = this.getAttribute("scheme");
    const isDark = scheme === "dark" || (scheme !== "light" && this.dark.matches);
    const wish = (isDark && this.getAttribute("colour-dark")) || this.getAttribute("colour");
    const colours = palette(isDark, readColour(wish, this.wrap));
    Object.keys(colours).forEach((name) => this.wrap.style.setProperty("--" + name, colours[name]));
    this.wrap.style.setProperty("color-scheme", isDark ? "dark" : "light");
    this.wrap.classList.toggle("left", this.getAttribute("position") === "left");
  }

  /** The whole screen in a small window, also while the keys of a phone take a part of it. */
  fit() {
    const isFull = this.small.matches;
    const isShown = isFull && this.chat.isOpen;
    const panel = this.chat.panel;
    const view = window["visualViewport"];
    this.wrap.classList.toggle("full", isFull);
    panel.setModal(isFull);
    this.lockPage(isShown);
    // Only keys make the visible part so much lower; a visitor who zooms in keeps the layout.
    const hasKeys = isShown && view && view.scale === 1 && view.height < window.innerHeight - 80;
    panel.node.style.height = hasKeys ? view.height + "px" : "";
    panel.node.style.bottom = hasKeys ? "auto" : "";
    panel.node.style.top = hasKeys ? view.offsetTop + "px" : "";
    panel.below.look();
  }

  lockPage(isLocked) {
    const style = document.documentElement.style;
    if (isLocked && this.overflowBefore === undefined) {
      this.overflowBefore = style.overflow;
      style.overflow = "hidden";
    } else if (!isLocked && this.overflowBefore !== undefined) {
      style.overflow = this.overflowBefore;
      this.overflowBefore = undefined;
    }
  }
}

// Older browsers leave the element as it is: its children, the contact ways, stay plain links.
if (
  window.customElements &&
  window.AbortController &&
  window.ReadableStream &&
  window.TextDecoder &&
  !window.customElements.get("faq-bot")
) {
  window.customElements.define("faq-bot", FaqBot);
}
