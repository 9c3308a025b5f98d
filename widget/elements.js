/** Makes elements without markup, so that no word of a visitor is ever read as HTML. */

/**
 * An element with properties and children. Of the properties, `class`, `text` and `on…` are special;
 * the others are attributes, and those that are null, undefined or false are left out.
 * @param {string} name
 * @param {Object<string, any>} [properties]
 * @param {Array<Node|string|null>} [children]
 * @returns {any}
 */
export function element(name, properties, children) {
  const made = document.createElement(name);
  const given = properties || {};
  Object.keys(given).forEach((key) => {
    const value = given[key];
    if (key === "class") {
      made.className = value;
    } else if (key === "text") {
      made.textContent = value;
    } else if (key.slice(0, 2) === "on") {
      made.addEventListener(key.slice(2), value);
    } else if (value !== null && value !== undefined && value !== false) {
      made.setAttribute(key, value === true ? "" : String(value));
    }
  });
  (children || []).forEach((child) => {
    if (child !== null) {
      made.append(child);
    }
  });
  return made;
}

/**
 * Removes all children.
 * @param {Node} node
 */
export function empty(node) {
  while (node.firstChild) {
    node.removeChild(node.firstChild);
  }
}

/**
 * An address that may be followed, or null: https, http, mailto and tel only.
 * @param {any} address
 * @returns {string|null}
 */
export function safeAddress(address) {
  if (typeof address !== "string" || !address) {
    return null;
  }
  try {
    const url = new URL(address, document.baseURI);
    return ["https:", "http:", "mailto:", "tel:"].indexOf(url.protocol) >= 0 ? url.href : null;
  } catch (fault) {
    return null;
  }
}
