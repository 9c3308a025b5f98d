/** The look: tokens as custom properties, set by the element; works under a strict Content-Security-Policy. */

import { LAYOUT } from "./layout.js";

const MESSAGES = `
.log { flex: 1 1 auto; min-height: 6em; overflow-y: auto; padding: 12px 16px; position: relative; overscroll-behavior: contain; }
.notice { border: 1px solid var(--line); border-left: 4px solid #FFC94D; border-radius: 8px; padding: 8px 12px; margin: 0 0 12px; }
.notice-title { font-weight: 600; }
.line { text-align: center; color: var(--muted); font-size: 0.875em; margin: 12px 0; }
.message { margin: 0 0 16px; }
.foot { color: var(--muted); font-size: 0.875em; }
.foot > * + * { margin-left: 8px; }
.author { font-weight: 600; }
.bubble { display: inline-block; vertical-align: top; max-width: 100%; border-radius: 12px; padding: 8px 12px; background: var(--mist); border: 1px solid transparent; }
.answer .bubble { border-bottom-left-radius: 2px; margin-top: 2px; }
.visitor { text-align: right; padding-left: 40px; }
.visitor .bubble { text-align: left; background: var(--primary); color: var(--on-primary); border-bottom-right-radius: 2px; white-space: pre-wrap; }
.person .author { color: var(--person); }
.person .bubble { border-left: 4px solid var(--person); }
.words { overflow-wrap: break-word; word-wrap: break-word; word-break: break-word; }
.words p + p, .words ul + p, .words ol + p, .words ul, .words ol, .words p + .cards, .big-link, .as-of { margin-top: 8px; }
.words ul, .words ol { padding-left: 1.4em; }
.words ul { list-style: disc; }
.words ol { list-style: decimal; }
.words li { margin: 4px 0; }
.words .cards, .words .card-ways { padding: 0; list-style: none; }
.words .card { border: 1px solid var(--line); border-radius: 8px; padding: 8px 12px; margin: 0 0 8px; background: var(--paper); }
.words .card:last-child, .words .card-ways li { margin-bottom: 0; }
.words .card p, .words .card-ways { margin-top: 0; }
.card-title { font-weight: 600; }
.card p + p { color: var(--muted); font-size: 0.875em; }
.card-mark { display: inline-block; padding: 0 6px; border-radius: 6px; background: #FFC94D; color: #1B1B2F; font-size: 0.875em; }
.words .card-ways li { display: inline-block; margin: 0 16px 0 0; }
.card-ways a, .card-ways .link-button { display: inline-block; min-height: 44px; line-height: 44px; padding: 0; text-align: left; }
.big-link a { font-weight: 600; }
.as-of { color: var(--muted); font-size: 0.875em; }
.mark { white-space: nowrap; }
.mark .icon { width: 0.85em; height: 0.85em; margin-left: 3px; }
.choices { margin-top: 8px; }
.choices li { display: inline-block; max-width: 100%; margin: 0 8px 8px 0; vertical-align: top; }
.chip { min-height: 44px; max-width: 100%; padding: 8px 14px; border: 1px solid var(--primary); border-radius: 8px; background: var(--paper); color: var(--primary); text-align: left; }
.chip:hover { background: var(--primary); color: var(--on-primary); }
.thumbs { margin: 4px 0 4px -8px; }
.thumb { min-width: 44px; min-height: 44px; border-radius: 8px; color: var(--muted); }
.thumb:hover { color: var(--primary); background: var(--mist); }
.thumb[aria-pressed="true"] { color: var(--on-primary); background: var(--primary); }
.thumb[aria-pressed="true"] .icon path { fill: currentColor; }
.thumb + .thumb { margin-left: 4px; }
.rating-below { color: var(--muted); font-size: 0.875em; }
.comment label { display: block; color: var(--ink); margin: 4px 0; }
.comment textarea { width: 100%; resize: vertical; }
.typing { flex: none; padding: 4px 16px 8px; color: var(--muted); font-size: 0.875em; }
.typing.idle { height: 0; padding: 0; overflow: hidden; }
.dots span { display: inline-block; width: 8px; height: 8px; margin-right: 4px; border-radius: 50%; background: var(--muted); border: 1px solid transparent; animation: dot 1.2s infinite; }
.dots span:nth-child(2) { animation-delay: 0.2s; }
.dots span:nth-child(3) { animation-delay: 0.4s; }
@keyframes dot { 0%, 60%, 100% { opacity: 0.35; } 30% { opacity: 1; } }
.typing-words { margin-left: 4px; }
`;

const CONTROLS = `
a { color: var(--primary); text-decoration: underline; cursor: pointer; }
button { font: inherit; color: inherit; background: transparent; border: 1px solid transparent; margin: 0; padding: 0; cursor: pointer; -webkit-appearance: none; appearance: none; }
textarea { font: inherit; color: var(--ink); background: var(--paper); border: 1px solid var(--line); border-radius: 8px; padding: 9px 12px; margin: 0; display: block; -webkit-appearance: none; appearance: none; }
textarea::placeholder { color: var(--muted); opacity: 1; }
a:focus, button:focus, textarea:focus, .log:focus, .title:focus { outline: 3px solid #FFC94D; outline-offset: 2px; box-shadow: 0 0 0 2px #1B1B2F; }
.log:focus { outline-offset: -3px; box-shadow: inset 0 0 0 5px #1B1B2F; }
a:focus:not(:focus-visible), button:focus:not(:focus-visible), .log:focus:not(:focus-visible), .title:focus:not(:focus-visible) { outline: none; box-shadow: none; }
.icon { width: 1.25em; height: 1.25em; vertical-align: -0.25em; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
.fault { color: var(--danger); }
.fault .icon, .seen .icon, .standing .icon, .notice-title .icon, .as-of .icon, .banner .icon, .author .icon { width: 1em; height: 1em; margin-right: 4px; vertical-align: -0.12em; }
.link-button { color: var(--primary); text-decoration: underline; min-height: 44px; padding: 0 8px; }
.small-button { min-height: 44px; padding: 4px 14px; border-radius: 8px; background: var(--primary); color: var(--on-primary); border-color: var(--primary); margin: 8px 0 0; }
.small-button.quiet { background: var(--paper); color: var(--primary); }
.small-button.danger { background: var(--danger); border-color: var(--danger); color: var(--paper); margin-left: 8px; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip: rect(0 0 0 0); white-space: nowrap; }
@media (prefers-reduced-motion: reduce) { *, *::before { animation: none !important; transition: none !important; } }
@media (forced-colors: active) {
  .panel, .bubble, .launcher, .card, .card-mark, .chip, .small-button, .send, .badge, .confirm-dialog, .menu, .dots span { border: 1px solid CanvasText; }
  .dots span { background: CanvasText; }
  .person .bubble { border-left: 4px double CanvasText; }
  a:focus, button:focus, textarea:focus, .log:focus, .title:focus { outline-color: Highlight; }
  button[aria-pressed="true"] { forced-color-adjust: none; background: Highlight; color: HighlightText; }
  .menu [aria-disabled="true"] { color: GrayText; }
}
@media print { .wrap { display: none; } }
`;

/**
 * Puts the styles into a shadow root: as a constructed sheet, which no policy forbids, or as a style element with the
 * site's nonce where the browser has none.
 * @param {ShadowRoot} root
 * @param {string|null} nonce
 */
export function addStyles(root, nonce) {
  const css = LAYOUT + MESSAGES + CONTROLS;
  if ("adoptedStyleSheets" in root) {
    try {
      const sheet = new CSSStyleSheet();
      sheet["replaceSync"](css);
      root["adoptedStyleSheets"] = [sheet];
      return;
    } catch (fault) {
      // A browser that knows the name but cannot construct a sheet takes the other way.
    }
  }
  const style = document.createElement("style");
  if (nonce) {
    style.setAttribute("nonce", nonce);
  }
  style.textContent = css;
  root.insertBefore(style, root.firstChild);
}
