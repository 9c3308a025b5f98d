/** Reads server-sent events with fetch, because only fetch can send a token in a header; opens again by itself. */

import { RequestFault } from "./api.js";

/** The server says something at least every 15 seconds. */
const SILENCE_MILLISECONDS = 40000;

const LONGEST_WAIT_SECONDS = 30;

export class EventStream {
  /**
   * @param {import("./api.js").Api} api
   * @param {{event: Function, connected: Function, lost: Function, over: Function, isWanted: Function}} watcher
   */
  constructor(api, watcher) {
    this.api = api;
    this.watcher = watcher;
    this.isWanted = false;
    this.last = 0;
    this.failures = 0;
    this.abort = null;
    this.timer = 0;
  }

  /** Opens the stream if it is not open, without waiting for the end of a pause. */
  open() {
    if (!this.isWanted || this.timer) {
      clearTimeout(this.timer);
      this.timer = 0;
      this.isWanted = true;
      this.connect();
    }
  }

  close() {
    this.isWanted = false;
    clearTimeout(this.timer);
    this.timer = 0;
    if (this.abort) {
      this.abort.abort();
      this.abort = null;
    }
  }

  connect() {
    const abort = new AbortController();
    this.abort = abort;
    this.api
      .events(this.last, abort.signal)
      .then((response) => {
        if (this.abort === abort) {
          this.failures = 0;
          this.watcher.connected();
          return this.read(response, abort);
        }
        return null;
      })
      .catch((fault) => fault)
      .then((fault) => {
        if (this.abort === abort && this.isWanted) {
          this.abort = null;
          this.ended(fault);
        }
      });
  }

  ended(fault) {
    if (fault instanceof RequestFault && fault.status === 401) {
      this.isWanted = false;
      this.watcher.over();
      return;
    }
    this.failures += 1;
    if (this.failures > 1) {
      this.watcher.lost();
    }
    const asked = fault instanceof RequestFault ? fault.waitSeconds : 0;
    const seconds = Math.max(asked, Math.min(LONGEST_WAIT_SECONDS, Math.pow(2, this.failures - 1) / 2));
    // A little chance keeps all visitors from coming back in the same instant.
    this.timer = setTimeout(() => {
      this.timer = 0;
      // The server ends a stream that was idle; nobody may look at the widget any more.
      if (this.watcher.isWanted()) {
        this.connect();
      } else {
        this.isWanted = false;
      }
    }, seconds * (800 + Math.random() * 400));
  }

  read(response, abort) {
    const reader = response.body.getReader();
    const decoder = new TextDecoder();
    const parser = new EventParser((event) => {
      if (this.abort === abort) {
        this.take(event);
      }
    });
    let silence = 0;
    const watch = () => {
      clearTimeout(silence);
      silence = setTimeout(() => abort.abort(), SILENCE_MILLISECONDS);
    };
    const next = () => {
      watch();
      return reader.read().then((piece) => {
        if (piece.done) {
          return null;
        }
        parser.feed(decoder.decode(piece.value, { stream: true }));
        return next();
      });
    };
    return next().then(
      () => clearTimeout(silence),
      () => clearTimeout(silence)
    );
  }

  /** An event with a number that was there already is not told twice. */
  take(event) {
    const seq = event.id ? Number(event.id) : 0;
    if (seq && seq <= this.last) {
      return;
    }
    this.last = seq || this.last;
    let data = {};
    try {
      data = JSON.parse(event.data);
    } catch (fault) {
      return;
    }
    this.watcher.event(event.kind, data, seq);
  }
}

/** Cuts the text of a stream into events; a piece may end anywhere. */
export class EventParser {
  /** @param {(event: {id: string, kind: string, data: string}) => void} onEvent */
  constructor(onEvent) {
    this.onEvent = onEvent;
    this.rest = "";
    this.event = { id: "", kind: "message", data: "" };
  }

  feed(text) {
    // A carriage return at the end may be half of a line end: it waits for the next piece.
    const all = this.rest + text;
    const whole = all.endsWith("\r") ? all.slice(0, -1) : all;
    const lines = whole.split(/\r\n|\n|\r/);
    this.rest = lines.pop() + all.slice(whole.length);
    lines.forEach((line) => this.line(line));
  }

  line(line) {
    if (line === "") {
      if (this.event.data) {
        this.onEvent(this.event);
      }
      this.event = { id: "", kind: "message", data: "" };
      return;
    }
    const colon = line.indexOf(":");
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (field === "data") {
      this.event.data += (this.event.data ? "\n" : "") + value;
    } else if (field === "event") {
      this.event.kind = value;
    } else if (field === "id") {
      this.event.id = value;
    }
  }
}
