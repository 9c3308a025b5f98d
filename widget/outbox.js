/** Hands messages to the server in order, one at a time, until each is acknowledged or refused. */

const LONGEST_PAUSE_SECONDS = 30;

export class Outbox {
  /**
   * @param {import("./api.js").Api} api
   * @param {import("./session.js").Session} session
   * @param {{state: Function, accepted: Function, refused: Function, over: Function}} watcher
   */
  constructor(api, session, watcher) {
    this.api = api;
    this.session = session;
    this.watcher = watcher;
    this.queue = [];
    this.isWorking = false;
    this.failures = 0;
    this.wake = null;
  }

  /** Takes a message; `client_id` makes it harmless to send it twice. */
  add(entry) {
    this.session.addPending(entry);
    this.queue.push(entry);
    this.work();
  }

  /** Takes up what an earlier page could not send. Gives these messages back, so that they can be shown. */
  restore() {
    const known = this.queue.map((entry) => entry.client_id);
    const found = (this.session.read().pending || []).filter((entry) => known.indexOf(entry.client_id) < 0);
    this.queue = this.queue.concat(found);
    return found;
  }

  /** Drops everything; what is under way is not told any more. */
  clear() {
    this.queue = [];
    this.failures = 0;
    this.hurry();
  }

  /** Ends a pause: the visitor or the network gives a reason to try at once. */
  hurry() {
    if (this.wake) {
      this.wake();
    }
  }

  work() {
    if (this.isWorking || !this.queue.length) {
      return;
    }
    this.isWorking = true;
    this.step(this.queue[0]).then(() => {
      this.isWorking = false;
      this.work();
    });
  }

  step(entry) {
    const token = this.session.read().token;
    this.watcher.state(entry, "sending", 0);
    return this.api.send(entry).then(
      (answer) => {
        if (this.isNext(entry)) {
          this.failures = 0;
          this.queue.shift();
          if (answer.token) {
            this.session.keep({ token: answer.token });
          }
          this.session.removePending(entry.client_id);
          this.watcher.accepted(entry, answer);
        }
      },
      (fault) => (this.isNext(entry) ? this.failed(entry, fault, token) : null)
    );
  }

  isNext(entry) {
    return this.queue[0] === entry;
  }

  failed(entry, fault, token) {
    if (fault.status === 401 && token) {
      // The stream may have noticed first: then a new conversation has begun already.
      if (this.session.read().token === token) {
        this.watcher.over();
      }
      return null;
    }
    if (fault.status === 429) {
      const seconds = fault.waitSeconds || 5;
      this.watcher.state(entry, "slow", seconds);
      return this.pause(seconds);
    }
    if (fault.isRetryable !== false) {
      this.failures += 1;
      this.watcher.state(entry, "waiting", 0);
      return this.pause(Math.min(LONGEST_PAUSE_SECONDS, Math.pow(2, this.failures - 1)));
    }
    this.queue.shift();
    this.session.removePending(entry.client_id);
    this.watcher.refused(entry, fault.title);
    return null;
  }

  pause(seconds) {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.wake(), seconds * 1000);
      this.wake = () => {
        clearTimeout(timer);
        this.wake = null;
        resolve();
      };
    });
  }
}
