/** Rebuilds the HTML of an answer from an allow-list. The server has sanitised it already; this is the second lock. */

import { element, safeAddress } from "./elements.js";

/** Elements of answers, and the names under which they are shown. Others lose their tags and keep their words. */
const ALLOWED = {
  P: "p",
  BR: "br",
  STRONG: "strong",
  B: "strong",
  EM: "em",
  I: "em",
  UL: "ul",
  OL: "ol",
  LI: "li",
  A: "a",
};

/** Elements that are dropped with all they hold. */
const DROPPED = /^(SCRIPT|STYLE|TEMPLATE|IFRAME|OBJECT|EMBED|NOSCRIPT|TEXTAREA|SELECT|TITLE|MATH|SVG)$/i;

let policy = null;

/**
 * The nodes of an answer, ready to be put into the page.
 * @param {string} html
 * @param {(link: HTMLElement) => void} onLink called for each link that opens a new window
 * @returns {DocumentFragment}
 */
export function nodesFromHtml(html, onLink) {
  const fragment = document.createDocumentFragment();
  const parsed = new DOMParser().parseFromString(trusted(String(html)), "text/html");
  copyChildren(parsed.body, fragment, onLink);
  return fragment;
}

/**
 * A link; one to another page opens a new window and says so.
 * @param {string} address
 * @param {(link: HTMLElement) => void} onLink
 * @returns {HTMLElement}
 */
export function linkTo(address, onLink) {
  const leavesPage = /^https?:/.test(address);
  const link = element("a", {
    href: address,
    target: leavesPage ? "_blank" : null,
    rel: leavesPage ? "noopener noreferrer" : null,
  });
  if (leavesPage) {
    onLink(link);
  }
  return link;
}

function copyChildren(source, target, onLink) {
  source.childNodes.forEach((node) => {
    if (node.nodeType === Node.TEXT_NODE) {
      target.append(node.textContent);
    } else if (node.nodeType === Node.ELEMENT_NODE && !DROPPED.test(node.nodeName)) {
      const copy = copyOf(node, onLink);
      if (copy) {
        // What a link opens is said after its words.
        const mark = copy.firstChild;
        copyChildren(node, copy, onLink);
        if (mark) {
          copy.append(mark);
        }
        target.append(copy);
      } else {
        copyChildren(node, target, onLink);
      }
    }
  });
}

function copyOf(node, onLink) {
  const name = ALLOWED[node.nodeName];
  if (name !== "a") {
    return name ? element(name) : null;
  }
  const address = safeAddress(node.getAttribute("href"));
  return address ? linkTo(address, onLink) : null;
}

/** Sites that demand Trusted Types allow the policy by its name, `faq-bot`. */
function trusted(html) {
  const types = window["trustedTypes"];
  if (!types) {
    return html;
  }
  if (!policy) {
    policy = types.createPolicy("faq-bot", { createHTML: (text) => text });
  }
  return policy.createHTML(html);
}
