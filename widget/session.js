/** What this browser keeps: nothing before the first message is sent; then the token, unsent messages, the language. */

/**
 * @typedef {Object} Kept
 * @property {string} [token] opens the conversation
 * @property {string} [language] chosen by the visitor in the widget
 * @property {number} [seen] the last event that the visitor has had before their eyes
 * @property {number} [active] when something last happened, in milliseconds
 * @property {Array<any>} [pending] messages that the server has not acknowledged
 */

export class Session {
  /** @param {string} server conversations of two servers on one site stay apart */
  constructor(server) {
    this.key = "faqbot:" + server;
    /** @type {Kept} */
    this.memory = {};
    this.isBlocked = false;
  }

  /**
   * What is kept, as another tab may have changed it meanwhile.
   * @returns {Kept}
   */
  read() {
    if (!this.isBlocked) {
      try {
        const raw = window.localStorage.getItem(this.key);
        const kept = raw ? JSON.parse(raw) : {};
        this.memory = kept && typeof kept === "object" ? kept : {};
      } catch (fault) {
        // Blocked storage, or words that are not ours: what this page remembers has to do.
        this.isBlocked = !(fault instanceof SyntaxError);
      }
    }
    return this.memory;
  }

  /**
   * Keeps these fields beside what is there.
   * @param {Kept} fields
   */
  keep(fields) {
    this.memory = Object.assign({}, this.read(), fields);
    if (!this.isBlocked) {
      try {
        window.localStorage.setItem(this.key, JSON.stringify(this.memory));
      } catch (fault) {
        this.isBlocked = true;
      }
    }
  }

  /** The server has given a fresh token for the conversation that this one opened. */
  renew(token, fresh) {
    if (fresh && token === this.read().token) {
      this.keep({ token: fresh });
    }
  }

  /** Whether there is a conversation, or one about to begin, to keep something for. */
  hasBegun() {
    const kept = this.read();
    return Boolean(kept.token || (kept.pending && kept.pending.length));
  }

  /** Forgets everything. */
  forget() {
    this.memory = {};
    try {
      window.localStorage.removeItem(this.key);
    } catch (fault) {
      this.isBlocked = true;
    }
  }

  /** Remembers a message until the server has it. */
  addPending(entry) {
    const others = (this.read().pending || []).filter((one) => one.client_id !== entry.client_id);
    this.keep({ pending: others.concat([entry]) });
  }

  /** The server has this message, or has refused it. */
  removePending(clientId) {
    const pending = this.read().pending || [];
    this.keep({ pending: pending.filter((one) => one.client_id !== clientId) });
  }
}

/**
 * Whose conversation a token opens: it stays the same when the token is renewed. Empty without a token.
 * @param {string|undefined} token
 * @returns {string}
 */
export function contactOf(token) {
  try {
    const claims = (token || "").split(".")[1].replace(/-/g, "+").replace(/_/g, "/");
    return JSON.parse(window.atob(claims)).sub || token;
  } catch (fault) {
    // Not a token of ours: the server will say so.
    return token || "";
  }
}

/**
 * An id for a message that no other message has.
 * @returns {string}
 */
export function newClientId() {
  const bytes = window.crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => (256 + byte).toString(16).slice(1)).join("");
}
