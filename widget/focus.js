/** Keeps the keyboard inside what is modal. */

const FOCUSABLE = 'a[href], button:not([disabled]), textarea, [tabindex="0"]';

/**
 * Turns Tab around at the two ends of a container.
 * @param {KeyboardEvent} event
 * @param {Element} container
 * @param {Element|null} active what has the keyboard now
 */
export function keepTabInside(event, container, active) {
  if (event.key !== "Tab") {
    return;
  }
  const stops = Array.from(container.querySelectorAll(FOCUSABLE)).filter((stop) => stop.getClientRects().length > 0);
  if (!stops.length) {
    return;
  }
  const first = stops[0];
  const last = stops[stops.length - 1];
  const isOutside = !active || !container.contains(active);
  if (event.shiftKey && (active === first || isOutside || stops.indexOf(active) < 0)) {
    event.preventDefault();
    last.focus();
  } else if (!event.shiftKey && (active === last || isOutside)) {
    event.preventDefault();
    first.focus();
  }
}

/** Whether a finger is the main way to point: then focus in a text box would bring up the keys on the screen. */
export function isTouched() {
  return window.matchMedia("(pointer: coarse)").matches;
}
