/** The phone: start screen, conversation, quick replies that vanish, menu, typing dots, seen mark. */

import { control } from "./api.js";
import { bubble } from "./bubbles.js";
import { button, make } from "./elements.js";
import { word } from "./words.js";

const $ = (id) => document.getElementById(id);

export class Phone {
  constructor() {
    this.person = this.page = null;
    this.ref = "";
    $("composer").addEventListener("submit", (event) => this.#send(event));
    $("like").addEventListener("click", () => this.#do("attachment", { type: "sticker" }));
    $("picture").addEventListener("click", () => this.#do("attachment", { type: "image" }));
    $("box").addEventListener("input", () => this.#showSend());
    $("menu-button").addEventListener("click", () => this.#toggleMenu());
    $("start").addEventListener("click", () => this.#start());
  }

  /** Show the thread as it is now. */
  show(person, page) {
    this.person = person;
    this.page = page;
    $("page-name").textContent = page.name;
    for (const [id, key] of [["like", "sticker"], ["picture", "picture"], ["send", "send"], ["box", "message"],
      ["menu-button", "menu"], ["log", "conversation"]]) $(id).setAttribute("aria-label", word(key));
    const log = $("log");
    const lines = person.lines.map((line) => bubble(line, this.#acts()));
    log.replaceChildren(...(lines.length ? lines : [this.#welcome()]));
    if (lines.length) this.#mark(log, person);
    if (person.is_typed_to) log.append(this.#dots());
    this.#quickReplies(person.lines.at(-1));
    this.#controls(lines.length === 0);
    log.scrollTop = lines.length ? log.scrollHeight : 0;
  }

  #acts() {
    return {
      tap: (one) => this.#do("postback", { title: one.title, payload: one.payload }),
      unsend: (line) => this.#do("unsend", { mid: line.mid }),
    };
  }

  #welcome() {
    const greeting = ofLocale(this.page.profile.greeting, this.person.locale)?.text ?? "";
    const words = greeting.replaceAll("{{user_first_name}}", this.person.first_name);
    const screen = make("div", "welcome", make("span", "avatar large"), make("h2", "", this.page.name), make("p", "", words));
    const breakers = ofLocale(this.page.profile.ice_breakers, this.person.locale)?.call_to_actions ?? [];
    const list = make("div", "breakers");
    for (const one of breakers) list.append(button("breaker", one.question, () => this.#start(one)));
    screen.append(list);
    return screen;
  }

  /** Get Started, or a question of the start screen; a link that somebody came by goes with it. */
  #start(question = null) {
    const ref = this.ref ? { ref: this.ref } : {};
    if (question) return this.#do("postback", { title: question.question, payload: question.payload, ...ref });
    return this.#do("get_started", { title: word("get_started"), ...ref });
  }

  #controls(isNew) {
    const profile = this.page.profile;
    const hasQuestions = Boolean(ofLocale(profile.ice_breakers, this.person.locale));
    const waits = isNew && !hasQuestions && Boolean(profile.get_started);
    $("start").textContent = word("get_started");
    $("start").hidden = !waits;
    $("composer").hidden = waits;
    $("menu-button").hidden = !ofLocale(profile.persistent_menu, this.person.locale);
    $("menu").hidden = true;
    $("menu-button").setAttribute("aria-expanded", "false");
    this.#showSend();
  }

  #quickReplies(last) {
    const replies = last?.author === "app" ? (last.body.quick_replies ?? []) : [];
    const tap = (one) => () => this.#do("tap", { title: one.title, payload: one.payload });
    $("quick").replaceChildren(...replies.map((one) => button("reply", one.title, tap(one))));
  }

  /** Under the last message of the person: seen by the page, or only sent. */
  #mark(log, person) {
    const mine = person.lines.filter((line) => line.author === "person").at(-1);
    if (!mine || person.lines.at(-1) !== mine) return;
    log.append(make("p", "mark", word(person.page_seen_until >= mine.at ? "seen" : "sent")));
  }

  #dots() {
    const dots = make("p", "bubble dots", make("span"), make("span"), make("span"));
    dots.setAttribute("aria-label", word("typing"));
    return make("div", "row-of theirs", dots);
  }

  #toggleMenu() {
    const menu = $("menu");
    const items = ofLocale(this.page.profile.persistent_menu, this.person.locale)?.call_to_actions ?? [];
    menu.hidden = !menu.hidden;
    $("menu-button").setAttribute("aria-expanded", String(!menu.hidden));
    menu.replaceChildren(...items.map((one) => this.#menuItem(one)));
    menu.querySelector("button, a")?.focus();
  }

  #menuItem(one) {
    if (one.type === "postback") return button("item", one.title, () => this.#acts().tap(one));
    const link = make("a", "item", one.title);
    link.href = one.url;
    link.target = "_blank";
    link.rel = "noopener noreferrer";
    return link;
  }

  #showSend() {
    const isEmpty = !$("box").value.trim();
    $("send").hidden = isEmpty;
    $("like").hidden = !isEmpty;
  }

  #send(event) {
    event.preventDefault();
    const words = $("box").value.trim();
    $("box").value = "";
    if (words) this.#do("text", { text: words });
  }

  #do(what, given) {
    return control("POST", `people/${this.person.psid}/${what}`, given);
  }
}

/** The part of a profile that somebody sees. Messenger itself speaks one Dutch and one French, also to Belgians. */
function ofLocale(parts, locale) {
  const spoken = (one) => one.locale ?? "default";
  return parts?.find((one) => spoken(one) === locale)
    ?? parts?.find((one) => spoken(one).slice(0, 3) === locale.slice(0, 3))
    ?? parts?.find((one) => spoken(one) === "default");
}
