/** Runs the widget: joins what is shown with the conversation, and tells the host page what happens. */

import { Api } from "./api.js";
import { Conversation } from "./conversation.js";
import { askToConfirm } from "./confirm.js";
import { Launcher } from "./launcher.js";
import { attributeIn, customStarters, customTexts, firstLanguage, pagePath, spokenLanguage } from "./options.js";
import { Panel } from "./panel.js";
import { Person } from "./person.js";
import { Session, newClientId } from "./session.js";
import { OWN_LANGUAGE_NAMES, Words } from "./words.js";

export class Chat {
  /**
   * @param {HTMLElement} host the custom element, for its attributes and events
   * @param {string} server
   * @param {(isReady: boolean) => void} onReady whether the widget can be shown, or the site's own contact ways
   */
  constructor(host, server, onReady) {
    this.host = host;
    this.onReady = onReady;
    this.session = new Session(server);
    this.api = new Api(server, this.session);
    this.words = new Words();
    this.language = this.session.read().language || firstLanguage(host);
    this.beginning = null;
    this.isOpen = false;
    this.isEmpty = true;
    this.cameFrom = null;
    this.failedStarts = 0;
    this.person = new Person(this.words, this.api);
    this.conversation = new Conversation(this.api, this.session, this.screen());
    this.launcher = new Launcher(this.words, () => this.open(true));
    const actions = {
      server: server,
      close: () => this.close(),
      chooseLanguage: (code) => this.setLanguage(code, true),
      send: (text) => this.send({ text: text }),
      write: () => this.person.typing(),
      choose: (item) => this.choose(item),
      retry: () => this.conversation.hurry(),
      rate: (id, value, comment) => this.rate(id, value, comment),
      human: () => this.choose({ id: "human", title: this.words.say("human") }),
      restart: () => this.restart(),
      download: () => this.download(),
      erase: () => this.erase(),
      privacy: () => attributeIn(host, "privacy", this.language) || (this.beginning && this.beginning.privacy_url),
      hasConversation: () => this.session.hasBegun(),
    };
    this.panel = new Panel(this.words, actions, this.person);
  }

  /** Asks the server for greeting and words; tries again, ever more slowly, until they are there. */
  begin() {
    if (this.beginning || this.isBeginning) {
      return;
    }
    this.isBeginning = true;
    this.fetchStart(this.language).then(
      (start) => {
        this.isBeginning = false;
        this.take(start);
        this.onReady(true);
        this.conversation.resume();
        this.tell("ready", { language: this.language });
      },
      () => {
        this.isBeginning = false;
        this.onReady(false);
        this.failedStarts += 1;
        setTimeout(() => this.host.isConnected && this.begin(), Math.min(60, Math.pow(2, this.failedStarts)) * 1000);
      }
    );
  }

  fetchStart(language) {
    const page = pagePath();
    return this.api.start(language, page).then((start) => Object.assign(start, { page: page }));
  }

  /** Takes words and greeting in a language; a thread that has begun stays as it is. */
  take(start) {
    this.beginning = start;
    this.language = start.language;
    this.api.language = start.language;
    this.panel.composer.mostCharacters = start.max_characters || 1000;
    this.words.change(start.language, start.texts, customTexts(this.host, start.language));
    this.panel.node.lang = start.language;
    this.launcher.node.lang = start.language;
    this.panel.log.showNotices(start.notices || [], start.language);
    if (this.isEmpty) {
      this.panel.log.clear();
      this.greet();
    }
  }

  greet() {
    const start = this.beginning;
    const own = this.words.custom.greeting;
    const starters = customStarters(this.host, this.language, start.page) || start.starters || [];
    this.panel.log.add({
      role: "bot",
      language: start.language,
      author: this.words.say("title"),
      at: new Date().toISOString(),
      text: own,
      parts: (own ? [] : [{ kind: "text", html: start.greeting_html }]).concat({ kind: "choices", items: starters }),
    });
  }

  /** @param {boolean} byVisitor only then the keyboard is taken into the panel */
  open(byVisitor) {
    if (this.isOpen || !this.beginning) {
      return;
    }
    this.isOpen = true;
    const active = document.activeElement;
    this.cameFrom = active && active !== document.body && active !== this.host ? active : null;
    this.panel.node.hidden = false;
    this.launcher.node.hidden = true;
    // Notices stand at the top, and come first for somebody who has not written yet.
    if (!this.isEmpty) {
      this.panel.log.scrollTo(this.panel.log.node.lastChild);
    }
    this.panel.composer.changed();
    this.panel.sayConsent();
    this.fit();
    if (byVisitor) {
      this.panel.focus();
    }
    this.launcher.setUnread(0);
    this.seeAll();
    this.watch();
    this.followPage();
    // What was there before the panel opened is not news.
    setTimeout(() => this.panel.log.setAnnounced(this.isOpen), 300);
    this.tell("open", {});
  }

  /** A site may change its page without loading it: then other questions come first. */
  followPage() {
    const begun = this.beginning;
    if (this.isEmpty && begun.page !== pagePath()) {
      this.fetchStart(this.language).then(
        (start) => this.isEmpty && this.beginning === begun && this.take(start),
        () => null
      );
    }
  }

  close() {
    if (!this.isOpen) {
      return;
    }
    this.isOpen = false;
    this.panel.menu.close(false);
    this.panel.log.setAnnounced(false);
    this.panel.node.hidden = true;
    this.launcher.node.hidden = false;
    this.fit();
    (this.cameFrom && this.cameFrom.isConnected ? this.cameFrom : this.launcher.button).focus();
    this.cameFrom = null;
    this.watch();
    this.tell("close", {});
  }

  /** A question in words, or a choice with its title. */
  send(content) {
    if (!this.beginning) {
      return;
    }
    this.isEmpty = false;
    this.conversation.send(Object.assign({ client_id: newClientId(), language: this.language, page: pagePath() }, content));
    this.panel.sayConsent();
    if (this.session.isBlocked && !this.hasSaidMemory) {
      this.hasSaidMemory = true;
      this.panel.log.addLine("memory_only");
    }
  }

  choose(item) {
    this.panel.focusAfterChoice();
    if (item.id && item.id.indexOf("language:") === 0) {
      this.setLanguage(spokenLanguage(item.id.slice(9)), true);
    } else {
      this.send(item.id ? { choice: item.id, choice_title: item.title } : { text: item.title });
    }
  }

  /**
   * Goes on in another language, in the same thread.
   * @param {string} language
   * @param {boolean} isChosen the bot is to go on in it too, not only the frame around the thread
   */
  setLanguage(language, isChosen) {
    if (!this.beginning) {
      this.language = language;
      return Promise.resolve();
    }
    const hasBegun = this.session.hasBegun();
    if (language === this.language && !(isChosen && hasBegun && language !== this.words.language)) {
      return Promise.resolve();
    }
    return this.fetchStart(language).then(
      (start) => {
        this.take(start);
        if (isChosen && hasBegun) {
          this.session.keep({ language: language });
          this.send({ choice: "language:" + language, choice_title: OWN_LANGUAGE_NAMES[language] });
        }
        this.tell("language", { language: language });
      },
      () => this.panel.log.addLine("not_now")
    );
  }

  rate(id, value, comment) {
    return this.api.rate(id, value, comment).then(() => this.tell("rating", { id: id, value: value }));
  }

  restart() {
    this.api.restart(newClientId()).catch((fault) => this.notDone(fault));
  }

  download() {
    this.api.transcript(this.language).then(
      (file) => {
        const link = document.createElement("a");
        link.href = URL.createObjectURL(file);
        link.download = this.words.say("file_name");
        link.click();
        setTimeout(() => URL.revokeObjectURL(link.href), 10000);
      },
      (fault) => this.notDone(fault)
    );
  }

  erase() {
    const keys = { question: "erase_question", explained: "erase_explained", yes: "erase_yes", no: "erase_no" };
    return askToConfirm(this.words, this.panel.node, keys).then((isSure) => {
      this.panel.menu.button.focus();
      return isSure ? this.conversation.erase().catch((fault) => this.notDone(fault)) : null;
    });
  }

  notDone(fault) {
    if (fault.status === 401) {
      this.conversation.over();
    } else {
      this.panel.log.addLine("not_now");
    }
  }

  /** Whether page and panel are before somebody's eyes decides about the stream. */
  watch() {
    this.conversation.watch(!document.hidden, this.isOpen);
    if (!document.hidden) {
      this.seeAll();
    }
  }

  seeAll() {
    if (this.isOpen && !document.hidden && this.session.read().token) {
      this.session.keep({ seen: Math.max(this.conversation.stream.last, this.session.read().seen || 0) });
      this.person.seen(this.conversation.stream.last);
    }
  }

  /** Set by the element: how the panel fits the window. */
  fit() {}

  /** @returns {import("./conversation.js").Screen} */
  screen() {
    return {
      message: (message, isOld) => this.showMessage(message, isOld),
      delivery: (clientId, state, value) => this.panel.log.setDelivery(clientId, state, value),
      giveBack: (text) => this.panel.composer.giveBack(text),
      // While a counsellor has the conversation, a message that is being sent promises no answer of the bot.
      typing: (isTyping) => (isTyping && this.person.isTalking() ? null : this.panel.setTyping(isTyping)),
      handoff: (standing) => this.showStanding(standing),
      personTyping: (name) => this.panel.showPersonTyping(name),
      personSaw: (event) => this.panel.log.setSeen(event),
      delayed: (text, language) => this.panel.showDelay(text, language),
      rated: (rating) => this.panel.log.setRating(rating.message_id || rating.id, rating.value || rating.rating),
      restarted: () => {
        this.panel.log.addLine("started_again");
        this.greet();
        this.panel.log.scrollTo(this.panel.log.node.lastChild);
      },
      language: (language) => {
        if (spokenLanguage(language) && language !== this.language) {
          this.setLanguage(language, false);
        }
      },
      connection: (isReachable) => this.showConnection(isReachable),
      ended: (reason) => this.ended(reason),
    };
  }

  showMessage(message, isOld) {
    this.isEmpty = false;
    const made = this.panel.log.add(message);
    if (!made) {
      return;
    }
    this.panel.log.scrollTo(made);
    this.panel.sayConsent();
    if (message.role !== "visitor") {
      const seen = this.session.read().seen || 0;
      if (!this.isOpen && message.seq > seen) {
        this.launcher.setUnread(this.launcher.unread + 1);
      }
      if (!isOld) {
        this.seeAll();
      }
    }
    if (!isOld) {
      this.tell("message", { id: message.id, role: message.role, language: message.language, topic: message.topic });
    }
  }

  showStanding(standing) {
    this.panel.log.keepEnd(() => this.person.show(standing));
    if (this.person.isTalking()) {
      this.panel.log.setSeen(standing.saw || 0);
      this.seeAll();
    }
  }

  /** The browser has a network again; whether the server answers through it is seen at once. */
  backOnline() {
    this.showConnection(true);
    this.conversation.reconnect();
  }

  showConnection(isReachable) {
    const key = navigator.onLine === false ? "offline" : "no_server";
    this.panel.setBanner(isReachable ? null : key);
  }

  ended(reason) {
    this.isEmpty = true;
    this.launcher.setUnread(0);
    this.panel.log.clear();
    this.panel.setBanner(null);
    if (reason) {
      this.panel.log.addLine(reason);
    }
    this.greet();
    this.panel.sayConsent();
    if (reason === "erased") {
      this.tell("erased", {});
    }
  }

  tell(name, detail) {
    this.host.dispatchEvent(new CustomEvent("faqbot:" + name, { detail: detail, bubbles: true, composed: true }));
  }
}
