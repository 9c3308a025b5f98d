/** The requests to the server's door, each with a time limit, and the faults that they can end in. */

/** A request that did not succeed. `isRetryable` says whether the same request can help later. */
export class RequestFault extends Error {
  /**
   * @param {{status?: number, code?: string, title?: string, isRetryable: boolean, waitSeconds?: number}} facts
   */
  constructor(facts) {
    super(facts.code || "no_answer");
    this.status = facts.status || 0;
    this.code = facts.code || "no_answer";
    this.title = facts.title || "";
    this.isRetryable = facts.isRetryable;
    this.waitSeconds = facts.waitSeconds || 0;
  }
}

export class Api {
  /**
   * @param {string} server the address of the door, with a slash at the end
   * @param {import("./session.js").Session} session
   */
  constructor(server, session) {
    this.server = server;
    this.session = session;
    /** In which words a refusal is told. */
    this.language = "";
  }

  /** What is shown before the first message. Stores nothing, sends no token. */
  start(language, page) {
    const query = "?language=" + encodeURIComponent(language) + "&page=" + encodeURIComponent(page);
    return this.json("GET", "chat/start" + query, { isPublic: true, cache: "default" });
  }

  /** Hands over one message; resolves once the server has stored it. */
  send(entry) {
    return this.json("POST", "chat/messages", { body: entry });
  }

  history() {
    return this.json("GET", "chat/history", {});
  }

  rate(messageId, value, comment) {
    const body = comment ? { value: value, comment: comment } : { value: value };
    return this.json("PUT", "chat/messages/" + encodeURIComponent(messageId) + "/rating", { body: body });
  }

  /** The visitor is writing to the counsellor. */
  typing() {
    return this.json("POST", "chat/typing", {});
  }

  /** The visitor has all events up to this one before their eyes. */
  seen(event) {
    return this.json("POST", "chat/seen", { body: { event: event } });
  }

  restart(clientId) {
    return this.json("POST", "chat/restart", { body: { client_id: clientId } });
  }

  erase() {
    return this.json("DELETE", "chat", {});
  }

  /** The conversation as a file. */
  transcript(language) {
    return this.fetch("GET", "chat/transcript?language=" + language, {}).then((response) => response.blob());
  }

  /** The stream of events after one of them. No time limit: the reader watches the heartbeat. */
  events(after, signal) {
    return this.fetch("GET", "chat/events", { headers: { "Last-Event-ID": String(after) }, signal: signal });
  }

  json(method, path, options) {
    return this.fetch(method, path, options).then((response) => (response.status === 204 ? {} : response.json()));
  }

  fetch(method, path, options) {
    const headers = Object.assign({}, options.headers);
    const token = options.isPublic ? null : this.session.read().token;
    if (token) {
      headers.Authorization = "Bearer " + token;
    }
    if (this.language) {
      headers["Accept-Language"] = this.language;
    }
    if (options.body) {
      headers["Content-Type"] = "application/json";
    }
    const limit = new AbortController();
    const timer = options.signal ? 0 : setTimeout(() => limit.abort(), 15000);
    return fetch(this.server + path, {
      method: method,
      headers: headers,
      body: options.body ? JSON.stringify(options.body) : undefined,
      cache: options.cache || "no-store",
      credentials: "omit",
      signal: options.signal || limit.signal,
    })
      .then(
        (response) => {
          this.session.renew(token, response.headers.get("Faqbot-Token"));
          return response.ok ? response : faultOf(response);
        },
        () => Promise.reject(new RequestFault({ isRetryable: true }))
      )
      .then(
        (result) => {
          clearTimeout(timer);
          return result;
        },
        (fault) => {
          clearTimeout(timer);
          throw fault;
        }
      );
  }
}

function faultOf(response) {
  return response
    .json()
    .catch(() => ({}))
    .then((problem) => {
      const status = response.status;
      throw new RequestFault({
        status: status,
        code: problem.code,
        title: problem.title,
        isRetryable: problem.retryable === true || status >= 500 || status === 408 || status === 429,
        waitSeconds: Number(response.headers.get("Retry-After")) || 0,
      });
    });
}
