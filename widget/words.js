/** Every word that the widget shows, in the language of the moment; what is on screen changes with the language. */

/** The server's keys begin with this; a site's own texts may leave it out. */
const PREFIX = "widget_";

const LOCALES = { fr: "fr-BE", nl: "nl-BE", en: "en-GB" };

/** The languages by code, each in its own words. */
export const OWN_LANGUAGE_NAMES = { fr: "Français", nl: "Nederlands", en: "English" };

export class Words {
  constructor() {
    this.language = "fr";
    this.texts = {};
    this.custom = {};
    this.bound = [];
  }

  /**
   * Takes other texts and says again what is bound.
   * @param {string} language
   * @param {Object<string, string>} texts from the server
   * @param {Object<string, string>} custom a site's own, by key with or without the prefix
   */
  change(language, texts, custom) {
    this.language = language;
    this.texts = texts;
    this.custom = custom;
    this.bound = this.bound.filter((one) => one.node.isConnected);
    this.bound.forEach((one) => one.apply());
  }

  /**
   * One text, with %names filled in.
   * @param {string} key
   * @param {Object<string, any>} [values]
   * @returns {string}
   */
  say(key, values) {
    let text = this.custom[key] || this.custom[PREFIX + key] || this.texts[PREFIX + key] || "";
    Object.keys(values || {}).forEach((name) => {
      text = text.split("%" + name).join(String(values[name]));
    });
    return text;
  }

  /**
   * Runs `apply` now, and again at each change of language for as long as the node is on the page.
   * @param {any} node
   * @param {() => void} apply
   * @returns {any} the node
   */
  bind(node, apply) {
    apply();
    this.bound.push({ node: node, apply: apply });
    return node;
  }

  /** Binds the words inside a node. */
  text(node, key) {
    return this.bind(node, () => {
      node.textContent = this.say(key);
    });
  }

  /** Binds the name that assistive technology gives to a node. */
  label(node, key) {
    return this.bind(node, () => node.setAttribute("aria-label", this.say(key)));
  }

  /** A time of day as it is written in the language. */
  time(moment) {
    const hour = moment.getHours();
    return this.say("time", {
      hour24: hour,
      hour12: hour % 12 || 12,
      minute: (100 + moment.getMinutes()).toString().slice(1),
      half: hour < 12 ? "am" : "pm",
    });
  }

  /** A day as it is written in the language. */
  day(moment) {
    return moment.toLocaleDateString(LOCALES[this.language], { weekday: "long", day: "numeric", month: "long" });
  }

  /** A whole number as it is written in the language. */
  number(value) {
    return value.toLocaleString(LOCALES[this.language]);
  }
}
