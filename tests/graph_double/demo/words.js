/** The page's own words, in the language of the profile that was chosen. */

const all = await (await fetch("/demo/words.json")).json();
let language = "fr";

/** @param {string} locale as in nl_BE */
export function speak(locale) {
  language = ["fr", "nl", "en"].includes(locale.slice(0, 2)) ? locale.slice(0, 2) : "en";
  document.documentElement.lang = language;
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = word(element.dataset.word);
}

/** @param {string} key */
export const word = (key) => all[key][language];
