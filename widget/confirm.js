/** Asks before something cannot be undone. */

import { element } from "./elements.js";
import { keepTabInside } from "./focus.js";

/**
 * Shows a question over the panel; the safe answer has the keyboard first.
 * @param {import("./words.js").Words} words
 * @param {HTMLElement} panel
 * @param {{question: string, explained: string, yes: string, no: string}} keys
 * @returns {Promise<boolean>} whether the answer was yes
 */
export function askToConfirm(words, panel, keys) {
  return new Promise((resolve) => {
    const question = words.text(element("h3", { id: "confirm-question" }), keys.question);
    const explained = words.text(element("p", { id: "confirm-explained" }), keys.explained);
    const no = words.text(element("button", { type: "button", class: "small-button quiet" }), keys.no);
    const yes = words.text(element("button", { type: "button", class: "small-button danger" }), keys.yes);
    const dialog = element(
      "div",
      {
        class: "confirm-dialog",
        role: "alertdialog",
        "aria-modal": "true",
        "aria-labelledby": "confirm-question",
        "aria-describedby": "confirm-explained",
      },
      [question, explained, element("div", { class: "confirm-buttons" }, [no, yes])]
    );
    const curtain = element("div", { class: "curtain" }, [dialog]);
    const finish = (answer) => {
      curtain.remove();
      resolve(answer);
    };
    no.addEventListener("click", () => finish(false));
    yes.addEventListener("click", () => finish(true));
    curtain.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Escape") {
        finish(false);
      }
      const root = /** @type {ShadowRoot} */ (panel.getRootNode());
      keepTabInside(event, dialog, root.activeElement);
    });
    panel.append(curtain);
    no.focus();
  });
}
