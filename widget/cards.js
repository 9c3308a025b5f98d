/** Cards of an answer: a list that a screen reader counts, each with a heading, its lines, its links and its choices. */

import { element, safeAddress } from "./elements.js";
import { linkTo } from "./html.js";

/** As long as the server takes the title of a choice. */
const LONGEST_TITLE = 200;

/**
 * The list of cards. Links and choices carry the card's title for whoever hears them one by one.
 * @param {Array<any>} cards
 * @param {string} server
 * @param {{choose: Function, markNewWindow: (link: HTMLElement) => void}} actions
 * @returns {HTMLElement}
 */
export function cardList(cards, server, actions) {
  const items = cards.map((card) => element("li", { class: "card" }, cardNodes(card, server, actions)));
  return element("ul", { class: "cards", role: "list" }, items);
}

/**
 * An address of an answer: one that begins with a slash is the server's own.
 * @param {any} address
 * @param {string} server with a slash at the end
 * @returns {string|null}
 */
export function resolved(address, server) {
  const isOwn = typeof address === "string" && /^\/(?!\/)/.test(address);
  return safeAddress(isOwn ? server + address.slice(1) : address);
}

function cardNodes(card, server, actions) {
  const address = resolved(card.url, server);
  const words = element("span", { lang: card.language, text: card.title });
  const title = element("h3", { class: "card-title" }, [address ? link(address, words, actions) : words]);
  if (card.mark) {
    title.append(" ", element("span", { class: "card-mark", text: card.mark }));
  }
  const ways = (card.links || []).map((one) => {
    const way = resolved(one.url, server);
    return way && element("li", {}, [link(way, one.title, actions, card)]);
  });
  (card.choices || []).forEach((item) => {
    const full = { id: item.id, title: (item.title + " – " + card.title).slice(0, LONGEST_TITLE) };
    const button = element("button", { type: "button", class: "link-button", onclick: () => actions.choose(full) });
    button.append(item.title, ofCard(card));
    ways.push(element("li", {}, [button]));
  });
  const lines = card.lines.map((line) => element("p", { text: unbroken(line) }));
  const list = ways.some(Boolean) ? element("ul", { class: "card-ways", role: "list" }, ways.filter(Boolean)) : null;
  return [title].concat(lines, [list]);
}

function link(address, words, actions, card) {
  // A calendar is a file: it opens beside the page by itself.
  const isFile = /\.ics(\?|$)/.test(address);
  const made = isFile ? element("a", { href: address }) : linkTo(address, actions.markNewWindow);
  made.insertBefore(element("span", {}, [words, card ? ofCard(card) : null]), made.firstChild);
  return made;
}

/** An hour stays on one line with its sign: "14 h 30", "9.30 u.", "2 pm". */
function unbroken(line) {
  return line.replace(/\d (h( \d\d\b)?|u\.|[ap]m\b)/g, (hour) => hour.replace(/ /g, "\u00a0"));
}

function ofCard(card) {
  return element("span", { class: "unseen", lang: card.language, text: " – " + card.title });
}
