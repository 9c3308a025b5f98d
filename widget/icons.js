/** The small set of icons, drawn for the project on a grid of 24. They are decoration: words stand beside or in the label. */

const PATHS = {
  chat: "M4 5h16v11H11l-5 4v-4H4z M8 9h8 M8 12h5",
  close: "M6 6l12 12 M18 6L6 18",
  menu: "M5 7h14 M5 12h14 M5 17h14",
  send: "M4 12h14 M12 5l7 7-7 7",
  up: "M4 11h3v9H4z M7 12l4-8c2 0 3 1 3 3l-1 3h6l-2 9-2 1H7",
  down: "M4 13h3V4H4z M7 12l4 8c2 0 3-1 3-3l-1-3h6l-2-9-2-1H7",
  below: "M12 5v14 M6 13l6 6 6-6",
  tick: "M5 13l4 4L19 7",
  alert: "M12 4l9 16H3z M12 10v4 M12 17v.5",
  clock: "M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18z M12 7v5l3 3",
  outside: "M10 5H5v14h14v-5 M14 4h6v6 M20 4l-9 9",
  person: "M12 4a4 4 0 1 0 0 8a4 4 0 0 0 0-8z M4 21c0-5 3-7 8-7s8 2 8 7",
};

const SVG = "http://www.w3.org/2000/svg";

/**
 * An icon in the colour of the text around it.
 * @param {string} name
 * @returns {SVGElement}
 */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("focusable", "false");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}
