/** Thumbs up and down under an answer, and the comment that may follow. */

import { element, empty } from "./elements.js";
import { icon } from "./icons.js";

const LONGEST_COMMENT = 500;

let commentNumber = 0;

/**
 * The row under one answer.
 * @param {import("./words.js").Words} words
 * @param {HTMLElement} answer told by an event `rated` when another tab rates
 * @param {any} message
 * @param {(id: string, value: string, comment?: string) => Promise<any>} rate rejects when it was not kept
 * @returns {HTMLElement}
 */
export function ratingRow(words, answer, message, rate) {
  const up = thumb(words, "up", "helpful");
  const down = thumb(words, "down", "not_helpful");
  const below = element("div", { class: "rating-below" });
  const show = (value) => {
    up.setAttribute("aria-pressed", String(value === "up"));
    down.setAttribute("aria-pressed", String(value === "down"));
  };
  const vote = (value) => {
    show(value);
    rate(message.id, value).then(
      () => askForComment(words, below, value, (text) => rate(message.id, value, text)),
      () => {
        show(null);
        say(words, below, "not_now");
      }
    );
  };
  up.addEventListener("click", () => vote("up"));
  down.addEventListener("click", () => vote("down"));
  answer.addEventListener("rated", (event) => show(event["detail"]));
  show(message.rating);
  // Its own live region, off: the row belongs to the answer, and the log should not read it out.
  return element("div", { class: "rating" }, [element("div", { class: "thumbs" }, [up, down]), below]);
}

function thumb(words, name, key) {
  const button = element("button", { type: "button", class: "thumb" }, [icon(name)]);
  return words.bind(button, () => {
    button.setAttribute("aria-label", words.say(key));
    button.setAttribute("title", words.say(key));
  });
}

function askForComment(words, below, value, send) {
  commentNumber += 1;
  const id = "comment-" + commentNumber;
  const box = element("textarea", { id: id, rows: "2", maxlength: LONGEST_COMMENT });
  const label = words.text(element("label", { for: id }), value === "down" ? "comment" : "comment_up");
  const done = words.text(element("button", { type: "submit", class: "small-button" }), "comment_send");
  const no = words.text(element("button", { type: "button", class: "link-button" }), "comment_no");
  const form = element("form", { class: "comment" }, [label, box, element("div", {}, [done, no])]);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = box.value.trim();
    if (!text) {
      box.focus();
      return;
    }
    send(text).then(
      () => finish(words, below),
      () => form.append(words.text(element("p", { class: "fault", role: "alert" }), "not_now"))
    );
  });
  no.addEventListener("click", () => finish(words, below));
  say(words, below, "rating_thanks");
  below.append(form);
  form.scrollIntoView({ block: "nearest" });
}

/** Thanks, and the keyboard goes back to the thumb that was pressed. */
function finish(words, below) {
  say(words, below, "rating_thanks");
  const pressed = below.parentNode.querySelector('[aria-pressed="true"]');
  if (pressed) {
    pressed.focus();
  }
}

function say(words, below, key) {
  empty(below);
  below.append(words.text(element("p", { role: "status" }), key));
}
