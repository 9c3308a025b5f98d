/** The colours: ours, or a site's with the contrast of texts kept at 4.5:1 by itself. */

const LIGHT = {
  ink: "#1B1B2F",
  muted: "#55576B",
  paper: "#FFFFFF",
  mist: "#F3F4FA",
  primary: "#2F3E9E",
  person: "#0B6E6E",
  danger: "#B3261E",
  line: "#767A94",
};

const DARK = {
  ink: "#ECEDF7",
  muted: "#A9ABC4",
  paper: "#14152B",
  mist: "#22244A",
  primary: "#B9C2FF",
  person: "#7FD8D2",
  danger: "#FFB4AB",
  line: "#7C80A6",
};

/** WCAG 1.4.3. */
const LEAST_CONTRAST = 4.5;

/**
 * All colours by name for one scheme. `primary` is shown on paper and on mist, and carries `on-primary`.
 * @param {boolean} isDark
 * @param {number[]|null} wish a site's colour as [red, green, blue], or null
 * @returns {Object<string, string>}
 */
export function palette(isDark, wish) {
  const colours = Object.assign({}, isDark ? DARK : LIGHT);
  if (wish) {
    colours.primary = hexOf(readableOn(wish, rgbOfHex(colours.mist), isDark));
  }
  colours["on-primary"] = textOn(rgbOfHex(colours.primary));
  return colours;
}

/**
 * The contrast of two colours by the formula of WCAG, from 1 to 21.
 * @param {number[]} one
 * @param {number[]} other
 * @returns {number}
 */
export function contrast(one, other) {
  const lights = [luminance(one), luminance(other)];
  return (Math.max(lights[0], lights[1]) + 0.05) / (Math.min(lights[0], lights[1]) + 0.05);
}

/**
 * Reads any colour that CSS knows. Null when CSS does not know it.
 * @param {string|null} colour
 * @param {Element} place an element of the document, in which the colour is tried
 * @returns {number[]|null}
 */
export function readColour(colour, place) {
  if (!colour) {
    return null;
  }
  const probe = document.createElement("span");
  probe.style.color = colour;
  if (!probe.style.color) {
    return null;
  }
  place.append(probe);
  const computed = getComputedStyle(probe).color;
  probe.remove();
  const found = /^rgba?\((\d+), (\d+), (\d+)/.exec(computed);
  return found ? found.slice(1, 4).map(Number) : null;
}

/** White, our ink or black: the first that can be read on the colour. */
function textOn(colour) {
  const candidates = ["#FFFFFF", DARK.paper, "#000000"];
  return candidates.filter((text) => contrast(rgbOfHex(text), colour) >= LEAST_CONTRAST)[0];
}

/** The colour moved towards black, or towards white at night, until it can be read on the ground. */
function readableOn(colour, ground, isDark) {
  const end = isDark ? 255 : 0;
  let moved = colour;
  for (let step = 1; step <= 20 && contrast(moved, ground) < LEAST_CONTRAST; step += 1) {
    moved = colour.map((part) => Math.round(part + ((end - part) * step) / 20));
  }
  return moved;
}

function luminance(colour) {
  const parts = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
  });
  return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
}

function rgbOfHex(hex) {
  return [1, 3, 5].map((start) => parseInt(hex.slice(start, start + 2), 16));
}

function hexOf(colour) {
  return "#" + colour.map((part) => (256 + part).toString(16).slice(1)).join("");
}
