/** One message as Messenger shows it: text, button template, carousel, picture or sticker. */

import { button, make } from "./elements.js";
import { word } from "./words.js";

/**
 * @param {object} line of the thread
 * @param {{tap: function(object): void, unsend: function(object): void}} acts
 */
export function bubble(line, acts) {
  const row = make("div", `row-of ${line.author === "person" ? "mine" : "theirs"}`);
  row.dataset.mid = line.mid;
  row.dataset.author = line.author;
  const payload = line.body.attachment?.payload ?? {};
  if (line.is_gone) row.append(make("p", "bubble gone", word("gone")));
  else if (payload.elements) row.append(carousel(payload.elements, acts));
  else if (payload.buttons) row.append(withButtons(payload, acts));
  else row.append(...simple(line));
  if (line.author === "person" && line.body.mid && !line.is_gone) {
    row.prepend(button("unsend", word("unsend"), () => acts.unsend(line)));
  }
  return row;
}

function simple(line) {
  const shown = [];
  for (const one of line.body.attachments ?? []) {
    const sign = one.type === "sticker" ? "👍" : "🖼️";
    const picture = make("p", `bubble picture ${one.type}`, sign);
    picture.setAttribute("role", "img");
    picture.setAttribute("aria-label", word(one.type === "sticker" ? "sticker" : "picture"));
    shown.push(picture);
  }
  const words = line.body.text ?? line.body.title;
  if (words) shown.push(make("p", "bubble", ...linked(words)));
  return shown;
}

function withButtons(payload, acts) {
  const card = make("div", "card");
  card.append(make("p", "words", ...linked(payload.text)), ...payload.buttons.map((one) => action(one, acts)));
  return card;
}

function carousel(elements, acts) {
  const strip = make("div", "carousel");
  strip.tabIndex = 0;
  for (const one of elements) {
    const card = make("div", "card", make("p", "name", one.title));
    if (one.subtitle) card.append(make("p", "words", one.subtitle));
    card.append(...(one.buttons ?? []).map((each) => action(each, acts)));
    strip.append(card);
  }
  return strip;
}

function action(one, acts) {
  if (one.type === "postback") return button("action", one.title, () => acts.tap(one));
  const link = make("a", "action", one.title);
  link.href = one.type === "phone_number" ? `tel:${one.payload}` : one.url;
  link.target = "_blank";
  link.rel = "noopener noreferrer";
  return link;
}

/** Addresses in a text become links, as on a phone. */
function linked(words) {
  return words.split(/(https?:\/\/[^\s]*[^\s.,;:!?)])/).map((part, number) => {
    if (number % 2 === 0) return part;
    const link = make("a", "", part);
    link.href = part;
    link.target = "_blank";
    link.rel = "noopener noreferrer";
    return link;
  });
}
