/** The panel: header, banner, log, what is being typed, consent and box. A dialog; on a phone it takes the screen. */

import { element, empty, safeAddress } from "./elements.js";
import { icon } from "./icons.js";
import { Below } from "./below.js";
import { Composer } from "./composer.js";
import { MessageLog } from "./messages.js";
import { Menu } from "./menu.js";
import { isTouched, keepTabInside } from "./focus.js";
import { OWN_LANGUAGE_NAMES } from "./words.js";

/** So long the dots are only seen; then what they mean is also said. */
const TYPING_IS_SAID_AFTER = 800;

const TYPING_FADES_AFTER = 6000;

export class Panel {
  /**
   * @param {import("./words.js").Words} words
   * @param {Object<string, any>} actions close, chooseLanguage, send, write, choose, retry, rate, human, restart,
   *   download, erase, privacy (gives an address), hasConversation; and server, the address of the door
   * @param {import("./person.js").Person} person
   */
  constructor(words, actions, person) {
    this.words = words;
    this.actions = actions;
    this.person = person;
    this.isModal = false;
    this.typingTimer = 0;
    this.fadeTimer = 0;
    this.log = new MessageLog(words, {
      choose: actions.choose,
      retry: actions.retry,
      rate: actions.rate,
      server: actions.server,
    });
    this.below = new Below(words, this.log.node);
    this.composer = new Composer(words, (text) => actions.send(text), () => actions.write());
    const needsConversation = () => !actions.hasConversation();
    this.menu = new Menu(words, [
      { key: "human", act: () => actions.human(), isOff: () => person.isExpected() },
      { key: "restart", act: () => actions.restart(), isOff: needsConversation },
      { key: "download", act: () => actions.download(), isOff: needsConversation },
      { key: "erase", act: () => actions.erase(), isOff: needsConversation },
      { key: "privacy", address: () => safeAddress(actions.privacy()) },
    ]);
    this.banner = element("p", { class: "banner", role: "status" });
    this.consent = element("p", { class: "consent" });
    this.typing = this.makeTyping();
    this.node = element(
      "section",
      { class: "panel", role: "dialog", "aria-labelledby": "title role", hidden: true, onkeydown: (event) => this.onKey(event) },
      [this.makeHead(), this.banner, person.node, this.log.node, this.below.node, this.typing, this.consent, this.composer.node]
    );
    words.bind(this.consent, () => this.sayConsent());
  }

  makeHead() {
    this.title = this.words.text(element("h2", { class: "title", id: "title", tabindex: "-1" }), "title");
    const role = this.words.text(element("p", { class: "role", id: "role" }), "role");
    const close = element("button", { type: "button", class: "head-button", onclick: () => this.actions.close() }, [
      icon("close"),
    ]);
    this.languages = Object.keys(OWN_LANGUAGE_NAMES).map((code) =>
      element("button", {
        type: "button",
        class: "language",
        lang: code,
        text: code.toUpperCase(),
        "aria-label": OWN_LANGUAGE_NAMES[code] + " (" + code.toUpperCase() + ")",
        onclick: () => this.actions.chooseLanguage(code),
      })
    );
    const group = this.words.label(element("div", { class: "languages", role: "group" }, this.languages), "languages");
    this.words.bind(group, () => {
      this.languages.forEach((button) => button.setAttribute("aria-pressed", String(button.lang === this.words.language)));
    });
    // No header element: a page may have one banner only, and it is the page's own.
    return element("div", { class: "head" }, [
      element("div", { class: "names" }, [this.title, role]),
      element("div", { class: "tools" }, [group, this.menu.node, this.words.label(close, "close")]),
    ]);
  }

  makeTyping() {
    const dots = element("span", { class: "dots", "aria-hidden": "true" }, [element("span"), element("span"), element("span")]);
    this.dots = dots;
    this.typingWords = element("span", { class: "typing-words", role: "status" });
    dots.hidden = true;
    return element("div", { class: "typing idle" }, [dots, this.typingWords]);
  }

  /** A counsellor writes: shown until the next sign of it could have come, and one more might be lost. */
  showPersonTyping(name) {
    this.setTyping(true, name);
    this.fadeTimer = setTimeout(() => this.setTyping(false), TYPING_FADES_AFTER);
  }

  /** Shows that an answer is being made, by the assistant or by somebody with a name. */
  setTyping(isTyping, name) {
    clearTimeout(this.fadeTimer);
    if (isTyping && !this.dots.hidden) {
      return;
    }
    this.log.keepEnd(() => {
      this.dots.hidden = !isTyping;
      this.typingWords.textContent = "";
      this.typing.classList.toggle("idle", !isTyping);
    });
    if (isTyping) {
      this.typingTimer = setTimeout(() => {
        this.typingWords.lang = this.words.language;
        this.log.keepEnd(() => {
          this.typingWords.textContent = this.words.say("typing", { name: name || this.words.say("title") });
        });
      }, TYPING_IS_SAID_AFTER);
    }
  }

  /** The server says why the answer takes long. */
  showDelay(text, language) {
    this.setTyping(true);
    clearTimeout(this.typingTimer);
    this.typingWords.lang = language;
    this.log.keepEnd(() => {
      this.typingWords.textContent = text;
    });
  }

  /** One line under the header for the state of the connection; null takes it away. */
  setBanner(key) {
    const isShown = this.banner.getAttribute("data-key") === String(key);
    if (!isShown) {
      this.banner.setAttribute("data-key", String(key));
      empty(this.banner);
      if (key) {
        const text = element("span");
        this.banner.append(icon("alert"), text);
        this.words.text(text, key);
      }
    }
  }

  /** What is kept is said before the first message, and only then. */
  sayConsent() {
    empty(this.consent);
    this.consent.hidden = this.actions.hasConversation();
    const address = safeAddress(this.actions.privacy());
    this.consent.append(this.words.say("consent"));
    if (address) {
      this.consent.append(" ", this.log.link(address, this.words.say("privacy")));
    }
  }

  /** Modal on a phone: the page behind is out of reach. */
  setModal(isModal) {
    this.isModal = isModal;
    this.node.setAttribute("aria-modal", String(isModal));
  }

  /** The keyboard goes to the box; on a touch screen to the title, so that no keys cover the greeting. */
  focus() {
    (isTouched() ? this.title : this.composer.box).focus();
  }

  /** After a choice its button goes away: the keyboard goes where one can go on. */
  focusAfterChoice() {
    (isTouched() ? this.log.node : this.composer.box).focus();
  }

  onKey(event) {
    if (event.key === "Escape") {
      event.stopPropagation();
      this.actions.close();
    } else if (this.isModal) {
      const root = /** @type {ShadowRoot} */ (this.node.getRootNode());
      keepTabInside(event, this.node, root.activeElement);
    }
  }
}
