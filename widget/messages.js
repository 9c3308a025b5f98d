/** The log of messages: each is shown once, announced once, in its own language, with its author and its time. */

import { cardList, resolved } from "./cards.js";
import { element } from "./elements.js";
import { icon } from "./icons.js";
import { linkTo, nodesFromHtml } from "./html.js";
import { ratingRow } from "./rating.js";

/** Pixels: a question of one line or two, with its author and time. */
const SHORT_QUESTION = 110;

export class MessageLog {
  /**
   * @param {import("./words.js").Words} words
   * @param {{choose: Function, retry: Function, rate: Function, server: string}} actions
   */
  constructor(words, actions) {
    this.words = words;
    this.actions = actions;
    this.node = element("div", { class: "log", role: "log", "aria-live": "off", tabindex: "0" });
    words.label(this.node, "log");
    this.notices = element("div", { class: "notices" });
    this.clear();
  }

  /** Takes all messages away; what is at the top stays. */
  clear() {
    while (this.node.firstChild) {
      this.node.removeChild(this.node.firstChild);
    }
    this.node.append(this.notices);
    this.byId = {};
    this.byClientId = {};
    this.day = "";
  }

  /** Messages that were there before are filled in silently. */
  setAnnounced(isAnnounced) {
    this.node.setAttribute("aria-live", isAnnounced ? "polite" : "off");
  }

  /** Dated announcements of the centre, above all messages. */
  showNotices(notices, language) {
    while (this.notices.firstChild) {
      this.notices.removeChild(this.notices.firstChild);
    }
    notices.forEach((notice) => {
      const heading = element("p", { class: "notice-title" }, [icon("alert"), this.words.say("notice")]);
      const body = element("div", { class: "words" }, [this.nodes(notice.html)]);
      this.notices.append(element("div", { class: "notice", lang: language }, [heading, body]));
    });
  }

  /**
   * Shows a message, or completes the one that is shown already.
   * @returns {HTMLElement|null} the new element; null when the message was known
   */
  add(message) {
    const shown = this.byId[message.id] || this.byClientId[message.client_id];
    if (shown) {
      this.byId[message.id] = shown;
      this.number(shown, message);
      this.setDelivery(message.client_id, "sent", null);
      return null;
    }
    this.dropChoices();
    this.addDay(new Date(message.at));
    const made = message.role === "visitor" ? this.visitorMessage(message) : this.answer(message);
    if (message.id) {
      this.byId[message.id] = made;
    }
    if (message.client_id) {
      this.byClientId[message.client_id] = made;
    }
    this.node.append(made);
    this.number(made, message);
    return made;
  }

  /** The visitor's messages know the numbers of their events, to be marked as seen. */
  number(shown, message) {
    if (message.seq && message.role === "visitor") {
      shown.setAttribute("data-event", message.seq);
    }
  }

  /** A counsellor has seen the visitor's messages up to this event: the last one of them says so. */
  setSeen(event) {
    const messages = Array.from(this.node.querySelectorAll(".visitor[data-event]"));
    const last = messages.filter((one) => Number(one.getAttribute("data-event")) <= event).pop();
    if (last && !last.querySelector(".seen")) {
      this.node.querySelectorAll(".seen").forEach((mark) => mark.remove());
      // Not read out: every message would be followed by it.
      const text = this.words.text(element("span"), "seen");
      last.querySelector(".foot").append(element("span", { class: "seen", "aria-live": "off" }, [icon("tick"), text]));
    }
  }

  /** A line between messages: a new conversation, something erased. */
  addLine(key) {
    this.dropChoices();
    this.node.append(this.words.text(element("p", { class: "line" }), key));
    this.scrollTo(this.node.lastChild);
  }

  /** Only the last answer offers next steps. */
  dropChoices() {
    this.node.querySelectorAll(".answer > .choices").forEach((choices) => choices.remove());
  }

  /** How far a message of the visitor has come: sending, waiting, slow, refused or sent. */
  setDelivery(clientId, state, value) {
    const message = this.byClientId[clientId];
    const place = message && message.querySelector(".delivery");
    if (!place || place.getAttribute("data-state") === state + value) {
      return;
    }
    place.setAttribute("data-state", state + value);
    while (place.firstChild) {
      place.removeChild(place.firstChild);
    }
    const keys = { sending: "sending", waiting: "not_sent", slow: "slow_down", refused: "refused" };
    if (keys[state]) {
      const isFault = state !== "sending";
      const text = element("span", { class: isFault ? "fault" : "" }, isFault ? [icon("alert")] : []);
      const words = element("span");
      text.append(this.words.bind(words, () => {
        words.textContent = (state === "refused" && value) || this.words.say(keys[state], { seconds: value });
      }));
      place.append(text);
    }
    if (state === "waiting") {
      const retry = element("button", { type: "button", class: "link-button", onclick: this.actions.retry });
      place.append(this.words.text(retry, "retry"));
    }
    if (message === this.node.lastChild) {
      this.scrollTo(message);
    }
  }

  /** Shows a rating that was given here or in another tab. */
  setRating(messageId, value) {
    const message = this.byId[messageId];
    if (message) {
      message.dispatchEvent(new CustomEvent("rated", { detail: value }));
    }
  }

  /** An answer that is taller than the log is read from its first line, below the question where that is short. */
  scrollTo(node) {
    const isTall = node.offsetHeight > this.node.clientHeight - 40;
    const before = node.previousElementSibling;
    const first = before && before.offsetHeight < SHORT_QUESTION ? before : node;
    this.node.scrollTop = isTall ? first.offsetTop - 8 : this.node.scrollHeight;
  }

  /** Lets something below the log change its height; who was at the end of the log stays there. */
  keepEnd(change) {
    const isAtEnd = this.node.scrollTop + this.node.clientHeight >= this.node.scrollHeight - 2;
    change();
    if (isAtEnd) {
      this.node.scrollTop = this.node.scrollHeight;
    }
  }

  addDay(moment) {
    const day = moment.toDateString();
    if (day !== this.day) {
      this.day = day;
      if (day !== new Date().toDateString() || this.node.querySelector(".message")) {
        const line = element("p", { class: "line" });
        this.node.append(this.words.bind(line, () => {
          line.textContent = this.words.day(moment);
        }));
      }
    }
  }

  visitorMessage(message) {
    const bubble = element("div", { class: "bubble words", lang: message.language, text: message.text });
    const author = this.words.text(element("span", { class: "author" }), "you");
    const delivery = element("span", { class: "delivery" });
    const foot = element("div", { class: "foot" }, [author, this.time(message), delivery]);
    return element("div", { class: "message visitor" }, [bubble, foot]);
  }

  answer(message) {
    const isPerson = message.role === "counsellor";
    const bubble = element("div", { class: "bubble words", lang: message.language });
    const made = element("div", { class: "message answer" + (isPerson ? " person" : "") });
    const author = element("span", { class: "author" }, isPerson ? [icon("person")] : []);
    author.append(message.author || this.words.say("title"));
    if (isPerson) {
      author.append(" (", this.words.text(element("span"), "person"), ")");
    }
    const head = element("div", { class: "foot" }, [author, this.time(message)]);
    made.append(head, bubble);
    let choices = null;
    (message.parts || []).forEach((part) => {
      if (part.kind === "text") {
        bubble.append(this.nodes(part.html));
      } else if (part.kind === "cards") {
        const ways = { choose: this.actions.choose, markNewWindow: (link) => this.markNewWindow(link) };
        bubble.append(cardList(part.items, this.actions.server, ways));
      } else if (part.kind === "link" && resolved(part.url, this.actions.server)) {
        bubble.append(element("p", { class: "big-link" }, [this.link(part.url, part.title)]));
      } else if (part.kind === "choices" && part.items.length) {
        choices = this.choices(part.items, message.language);
      }
    });
    if (message.text) {
      bubble.textContent = message.text;
    }
    if (message.as_of) {
      bubble.append(element("p", { class: "as-of" }, [icon("clock"), message.as_of]));
    }
    if (message.can_rate) {
      made.append(ratingRow(this.words, made, message, this.actions.rate));
    }
    if (choices) {
      made.append(choices);
    }
    return made;
  }

  choices(items, language) {
    const buttons = items.map((item) =>
      element("li", {}, [
        element("button", { type: "button", class: "chip", text: item.title, onclick: () => this.actions.choose(item) }),
      ])
    );
    // The role is said again because a list without marks is none for some screen readers.
    return element("ul", { class: "choices", role: "list", lang: language }, buttons);
  }

  nodes(html) {
    return nodesFromHtml(html, (link) => this.markNewWindow(link));
  }

  link(address, title) {
    const link = linkTo(resolved(address, this.actions.server), (made) => this.markNewWindow(made));
    link.prepend(title);
    return link;
  }

  markNewWindow(link) {
    const hidden = element("span", { class: "unseen" });
    this.words.bind(hidden, () => {
      hidden.textContent = " " + this.words.say("new_window");
    });
    link.append(element("span", { class: "mark" }, [icon("outside"), hidden]));
  }

  time(message) {
    const moment = new Date(message.at);
    const time = element("time", { datetime: message.at });
    return this.words.bind(time, () => {
      time.textContent = this.words.time(moment);
    });
  }
}
