/** Makes elements; what people and the bot say is only ever set as text. */

/**
 * @param {string} tag
 * @param {string} kind its class
 * @param {...(Node|string)} content
 */
export function make(tag, kind = "", ...content) {
  const element = document.createElement(tag);
  if (kind) element.className = kind;
  element.append(...content);
  return element;
}

/** A button that calls when it is pressed. */
export function button(kind, title, press) {
  const made = make("button", kind, title);
  made.type = "button";
  made.addEventListener("click", press);
  return made;
}

/** Fill a select with pairs of value and title. */
export function fill(select, pairs) {
  const chosen = select.value;
  select.replaceChildren(...pairs.map(([value, title]) => new Option(title, value)));
  if (pairs.some(([value]) => value === chosen)) select.value = chosen;
}
