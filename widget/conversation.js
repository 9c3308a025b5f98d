/** One conversation: joins outbox, stream and history, so that no message is lost and none is shown twice. */

import { Outbox } from "./outbox.js";
import { contactOf } from "./session.js";
import { EventStream } from "./stream.js";

/** After so long without a word, a closed widget no longer keeps a stream open. */
const IDLE_MILLISECONDS = 60 * 60 * 1000;

/**
 * @typedef {Object} Screen what the conversation tells to whatever shows it
 * @property {(message: any, isOld: boolean) => void} message
 * @property {(clientId: string, state: string, value: any) => void} delivery
 * @property {(text: string) => void} giveBack a refused text goes back into the box
 * @property {(isTyping: boolean) => void} typing
 * @property {(text: string, language: string) => void} delayed
 * @property {(standing: any) => void} handoff the place in the queue, or who has the conversation, or neither
 * @property {(name: string) => void} personTyping
 * @property {(event: number) => void} personSaw
 * @property {(rating: any) => void} rated
 * @property {(isOld: boolean) => void} restarted
 * @property {(language: string) => void} language
 * @property {(isReachable: boolean) => void} connection
 * @property {(reason: string) => void} ended everything shown goes away
 */

export class Conversation {
  /**
   * @param {import("./api.js").Api} api
   * @param {import("./session.js").Session} session
   * @param {Screen} screen
   */
  constructor(api, session, screen) {
    this.api = api;
    this.session = session;
    this.screen = screen;
    this.contact = "";
    this.isLoading = false;
    this.isPaused = false;
    this.isOnScreen = false;
    this.isExpecting = false;
    this.retry = 0;
    this.answered = {};
    this.outbox = new Outbox(api, session, {
      state: (entry, state, seconds) => {
        this.screen.delivery(entry.client_id, state, seconds);
        this.screen.typing(state === "sending");
        if (state === "waiting") {
          this.screen.connection(false);
        }
      },
      accepted: (entry, answer) => this.accepted(entry, answer),
      refused: (entry, title) => {
        this.screen.typing(false);
        this.screen.delivery(entry.client_id, "refused", title);
        this.screen.giveBack(entry.text || "");
      },
      over: () => this.over(),
    });
    this.stream = new EventStream(api, {
      event: (kind, data, seq) => this.event(kind, data, seq),
      connected: () => {
        this.screen.connection(true);
        this.outbox.hurry();
      },
      lost: () => {
        this.screen.typing(false);
        this.screen.connection(false);
      },
      over: () => this.over(),
      isWanted: () => this.isFollowed(),
    });
  }

  /** Takes up the conversation that this browser keeps, if there is one. */
  resume() {
    const kept = this.session.read();
    if (kept.token && contactOf(kept.token) !== this.contact && !this.isLoading) {
      this.isLoading = true;
      this.api.history().then(
        (history) => this.loaded(kept.token, history),
        (fault) => this.notLoaded(fault)
      );
    } else if (!kept.token && !this.outbox.queue.length) {
      this.takeUpUnsent();
    }
  }

  /** Another tab has changed what the browser keeps. */
  keptElsewhere() {
    const kept = this.session.read();
    if (this.contact && contactOf(kept.token) !== this.contact) {
      this.drop();
      this.outbox.clear();
      this.screen.ended("session_over");
    }
    this.resume();
  }

  /** A message of the visitor: `{text}`, or `{choice, choice_title}`. */
  send(entry) {
    // Another tab may have begun since: then this message goes into its conversation.
    this.resume();
    this.session.keep({ active: Date.now() });
    this.screen.message(shownAtOnce(entry), false);
    this.outbox.add(entry);
  }

  /** The visitor sees the panel or not, the page or not: decides whether a stream is worth its place. */
  watch(isPageVisible, isPanelOpen) {
    this.isPaused = !isPageVisible;
    this.isOnScreen = isPanelOpen;
    this.follow();
  }

  /** A stream that was open before the network went may be dead without a sign: it is opened anew. */
  reconnect() {
    this.stream.close();
    this.hurry();
  }

  /** Whether somebody may see what a stream tells. */
  isFollowed() {
    const isFresh = Date.now() - (this.session.read().active || 0) < IDLE_MILLISECONDS;
    // Whoever waits for a person, or talks to one, is there for them also behind another tab.
    return Boolean(this.contact) && (this.isExpecting || (!this.isPaused && (this.isOnScreen || isFresh)));
  }

  follow() {
    if (this.isFollowed()) {
      this.stream.open();
    } else {
      this.stream.close();
    }
  }

  /** The network is there again, or the visitor wants to try at once. */
  hurry() {
    this.outbox.hurry();
    if (this.retry) {
      clearTimeout(this.retry);
      this.retry = 0;
      this.resume();
    }
    this.follow();
  }

  /** Erases here and on the server. Rejects when the server did not do it; then nothing is erased. */
  erase() {
    return this.api
      .erase()
      .catch((fault) => {
        // A conversation that the server does not know any more is erased already.
        if (fault.status !== 401) {
          throw fault;
        }
      })
      .then(() => this.leave("erased"));
  }

  /** Forgets the conversation in this browser, and shows an empty one. */
  leave(reason) {
    this.drop();
    this.outbox.clear();
    this.session.forget();
    this.screen.ended(reason);
  }

  /** The token opens nothing any more: a new conversation begins, and what was not sent goes there. */
  over() {
    const unsent = this.outbox.queue.slice();
    const language = this.session.read().language;
    this.drop();
    this.session.forget();
    this.screen.ended("session_over");
    if (unsent.length) {
      this.session.keep({ pending: unsent, active: Date.now() });
      if (language) {
        this.session.keep({ language: language });
      }
      unsent.forEach((entry) => this.screen.message(shownAtOnce(entry), false));
    }
  }

  drop() {
    this.contact = "";
    this.stream.close();
    this.stream.last = 0;
    this.screen.typing(false);
    this.setStanding({ state: null });
  }

  setStanding(standing) {
    this.isExpecting = Boolean(standing.state);
    this.screen.handoff(standing);
  }

  accepted(entry, answer) {
    this.screen.delivery(entry.client_id, "sent", null);
    // A message that arrived at an earlier try may have its answer already.
    if (this.answered[answer.message_id]) {
      this.screen.typing(false);
    }
    this.screen.connection(true);
    const token = this.session.read().token;
    if (token && !this.contact && !this.isLoading) {
      this.contact = contactOf(token);
    }
    this.follow();
  }

  loaded(token, history) {
    this.isLoading = false;
    this.contact = contactOf(token);
    history.events.forEach((event) => this.event(event.kind, event.data, event.seq, true));
    this.stream.last = Math.max(this.stream.last, history.last_event || 0);
    this.screen.connection(true);
    this.takeUpUnsent();
    this.follow();
  }

  notLoaded(fault) {
    this.isLoading = false;
    if (fault.status === 401) {
      this.outbox.restore();
      this.over();
      this.outbox.work();
      return;
    }
    this.screen.connection(false);
    this.retry = setTimeout(() => {
      this.retry = 0;
      this.resume();
    }, Math.max(5, fault.waitSeconds || 0) * 1000);
  }

  takeUpUnsent() {
    const unsent = this.outbox.restore();
    unsent.forEach((entry) => this.screen.message(shownAtOnce(entry), true));
    this.outbox.work();
  }

  event(kind, data, seq, isOld) {
    if (seq && !isOld) {
      this.session.keep({ active: Date.now() });
    }
    if (kind === "message") {
      if (data.role !== "visitor") {
        this.answered[data.in_reply_to] = true;
        this.screen.typing(false);
      }
      this.screen.message(Object.assign({ seq: seq }, data), Boolean(isOld));
    } else if (kind === "typing") {
      this.screen.typing(Boolean(data.on));
    } else if (kind === "delayed") {
      this.screen.delayed(data.text, data.language);
    } else if (kind === "handoff") {
      this.setStanding(data);
      this.follow();
    } else if (kind === "person_typing") {
      this.screen.personTyping(data.name);
    } else if (kind === "person_saw") {
      this.screen.personSaw(data.event);
    } else if (kind === "rating") {
      this.screen.rated(data);
    } else if (kind === "restarted") {
      this.screen.restarted(Boolean(isOld));
    } else if (kind === "language" && !isOld) {
      this.screen.language(data.language);
    } else if (kind === "erased") {
      this.leave("erased");
    }
  }
}

/** The visitor's words as the server will tell them later, known by the same client id. */
function shownAtOnce(entry) {
  return {
    role: "visitor",
    client_id: entry.client_id,
    text: entry.text || entry.choice_title || entry.choice,
    language: entry.language,
    at: entry.at || new Date().toISOString(),
  };
}
