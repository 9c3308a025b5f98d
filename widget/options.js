/** What a site says by attributes, script and page, read when it is needed, so that a change counts at once. */

import { OWN_LANGUAGE_NAMES } from "./words.js";

/** The script that runs now, when it is not a module; modules are looked for by their name. */
const RUNNING_SCRIPT = /** @type {any} */ (document.currentScript);

/**
 * The address of the server's door: the attribute `server`, else where the script came from.
 * @param {Element} host
 * @returns {string} with a slash at the end
 */
export function serverAddress(host) {
  const given = host.getAttribute("server");
  if (given) {
    return new URL(given.replace(/\/*$/, "/"), document.baseURI).href;
  }
  const scripts = Array.from(document.querySelectorAll("script[src]")).map((one) => /** @type {any} */ (one).src);
  const own = scripts.filter((address) => /\/widget\/faq-bot[^/]*\.js([?#]|$)/.test(address))[0];
  const source = (RUNNING_SCRIPT && RUNNING_SCRIPT.src) || own || document.baseURI;
  return new URL("../", source).href.split(/[?#]/)[0];
}

/**
 * The language to begin in: the attribute, else the page's, else the browser's, else French.
 * @param {Element} host
 * @returns {string}
 */
export function firstLanguage(host) {
  const wishes = [host.getAttribute("language"), document.documentElement.lang].concat(
    Array.from(navigator.languages || [navigator.language])
  );
  return wishes.map(spokenLanguage).filter(Boolean)[0] || "fr";
}

/**
 * The code of a language that is spoken here, from a tag such as `nl-BE`; empty for others.
 * @param {string|null} tag
 * @returns {string}
 */
export function spokenLanguage(tag) {
  const code = (tag || "").slice(0, 2).toLowerCase();
  return code in OWN_LANGUAGE_NAMES ? code : "";
}

/**
 * An attribute, first the one for the language, as `greeting-nl` before `greeting`.
 * @param {Element} host
 * @param {string} name
 * @param {string} language
 * @returns {string|null}
 */
export function attributeIn(host, name, language) {
  return host.getAttribute(name + "-" + language) || host.getAttribute(name);
}

/**
 * A site's own words in a language: the attribute `texts` (JSON by language), and title and greeting.
 * @param {Element} host
 * @param {string} language
 * @returns {Object<string, string>}
 */
export function customTexts(host, language) {
  const own = Object.assign({}, readJson(host.getAttribute("texts"), {})[language]);
  const title = attributeIn(host, "title", language);
  const greeting = attributeIn(host, "greeting", language);
  if (title) {
    own.title = title;
  }
  if (greeting) {
    own.greeting = greeting;
  }
  return own;
}

/**
 * The starters that a site gives for the page: JSON of `{id, title}` or of questions, or questions with `|` between,
 * or JSON with such a list for each kind of page; null for none.
 * @param {Element} host
 * @param {string} language
 * @param {string} page
 * @returns {Array<{id: string, title: string}>|null}
 */
export function customStarters(host, language, page) {
  const given = attributeIn(host, "starters", language);
  if (given === null) {
    return null;
  }
  let listed = /^\s*[[{]/.test(given) ? readJson(given, []) : given.split("|");
  if (!Array.isArray(listed)) {
    listed = listed[Object.keys(listed).filter((pattern) => fits(pattern, page))[0]];
  }
  if (!Array.isArray(listed)) {
    return null;
  }
  return listed
    .map((one) => (typeof one === "string" ? { id: "", title: one.trim() } : one))
    .filter((one) => one && one.title);
}

/**
 * The path of the page that the visitor sees, without what an address may carry behind a question mark.
 * @returns {string}
 */
export function pagePath() {
  return window.location.pathname.slice(0, 300);
}

/** Whether a path is one of a kind of pages, as `/fr/emploi*`; as the server reads them. */
function fits(pattern, page) {
  const parts = pattern.split("*").map((part) => readable(part).replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp("^" + parts.join("[^]*") + "$", "i").test(readable(page));
}

function readable(path) {
  try {
    return decodeURI(path);
  } catch (fault) {
    return path;
  }
}

function readJson(text, otherwise) {
  try {
    return JSON.parse(text || "") || otherwise;
  } catch (fault) {
    return otherwise;
  }
}
