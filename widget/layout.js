/**
 * Where things stand: launcher, panel, header, foot. `full` is the whole screen of a phone. What holds words is measured
 * in em, so that it grows with the size of text that a visitor has set in the browser.
 */

export const LAYOUT = `
:host { display: block; }
[hidden] { display: none !important; }
.wrap { all: initial; font: 400 1em/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; font-size: medium; color: var(--ink); position: fixed; z-index: var(--faq-bot-layer, 2147483000); right: var(--faq-bot-side, 20px); bottom: var(--faq-bot-bottom, 20px); direction: ltr; text-align: left; -webkit-text-size-adjust: 100%; font-variant-numeric: tabular-nums; }
.wrap.left { right: auto; left: var(--faq-bot-side, 20px); }
.wrap *, .wrap *::before { box-sizing: border-box; }
p, h2, h3, ul, ol { margin: 0; padding: 0; font-size: 1em; font-weight: inherit; }
ul { list-style: none; }
.launcher { position: relative; display: block; width: 60px; height: 60px; border-radius: 50%; background: var(--primary); color: var(--on-primary); border: 2px solid var(--paper); box-shadow: 0 2px 10px rgba(20, 21, 43, 0.4); }
.launcher .icon { width: 28px; height: 28px; vertical-align: middle; }
.badge { position: absolute; top: -6px; right: -6px; min-width: 24px; padding: 0 6px; border-radius: 1em; background: #FFC94D; color: #1B1B2F; border: 1px solid #1B1B2F; font-size: 0.875em; font-weight: 600; line-height: 22px; line-height: max(22px, 1.4em); text-align: center; }
.panel { display: flex; flex-direction: column; position: relative; width: 23.75em; height: 40em; max-width: calc(100vw - 40px); max-height: calc(100vh - 40px); background: var(--paper); border: 1px solid var(--line); border-radius: 12px; box-shadow: 0 8px 32px rgba(20, 21, 43, 0.3); overflow: hidden; animation: rise 0.15s ease-out; }
@keyframes rise { from { opacity: 0; transform: translateY(12px); } to { opacity: 1; transform: none; } }
.full .panel { position: fixed; top: 0; left: 0; right: 0; bottom: 0; width: auto; height: auto; max-width: none; max-height: none; border: 0; border-radius: 0; overflow-y: auto; }
.head { flex: none; display: flex; flex-wrap: wrap; align-items: center; padding: 8px 8px 8px 16px; background: var(--primary); color: var(--on-primary); }
.names { flex: 1 1 5em; min-width: 0; line-height: 1.25; }
.title { font-weight: 600; font-size: 1.125em; overflow-wrap: break-word; }
.role { font-size: 0.875em; }
.tools, .languages { display: flex; flex: none; }
.tools { margin-left: auto; }
.language, .head-button { min-width: 44px; min-height: 44px; border-radius: 8px; font-size: 0.875em; }
.full .head { padding-left: 12px; }
.language[aria-pressed="true"] { font-weight: 600; text-decoration: underline; text-underline-offset: 4px; text-decoration-thickness: 2px; border-color: currentColor; }
.language:hover, .head-button:hover { border-color: currentColor; }
.head-button { font-size: 1em; }
.menu-place { position: relative; flex: none; }
.menu { position: absolute; top: 100%; right: -44px; z-index: 2; width: 17em; max-width: calc(100vw - 24px); padding: 4px; background: var(--paper); color: var(--ink); border: 1px solid var(--line); border-radius: 8px; box-shadow: 0 4px 16px rgba(20, 21, 43, 0.3); }
.menu > * { display: block; width: 100%; min-height: 44px; padding: 10px 12px; border-radius: 6px; color: var(--ink); text-align: left; text-decoration: none; }
.menu > *:hover { background: var(--mist); }
.menu [aria-disabled="true"] { color: var(--muted); cursor: not-allowed; font-style: italic; }
.banner { flex: none; padding: 8px 16px; background: #FFC94D; color: #1B1B2F; font-size: 0.875em; }
.banner:empty { display: none; }
/* Over the log, so that nothing moves under a finger when it comes and goes; what is under it fades, so that nobody takes
   half a line for the end. */
.below { flex: none; height: 0; position: relative; z-index: 1; text-align: center; }
.below::before { content: ""; position: absolute; left: 0; right: 0; bottom: 0; height: 80px; pointer-events: none; background: linear-gradient(transparent, var(--paper) 75%); }
.below-button { position: absolute; bottom: 8px; left: 50%; transform: translateX(-50%); min-height: 44px; padding: 4px 16px; border-radius: 22px; border-radius: max(22px, 1.4em); background: var(--paper); color: var(--primary); border-color: var(--primary); font-size: 0.875em; font-weight: 600; white-space: nowrap; }
.below-button .icon { width: 1em; height: 1em; margin-right: 4px; vertical-align: -0.12em; }
.standing-place { flex: none; position: relative; }
.standing { padding: 8px 16px; border-bottom: 1px solid var(--line); background: var(--mist); font-size: 0.875em; font-weight: 600; }
.standing.talking { color: var(--person); }
.consent { flex: none; padding: 8px 16px; color: var(--muted); font-size: 0.875em; }
.composer { flex: none; padding: 8px 12px 12px; border-top: 1px solid var(--mist); }
.box-row { display: flex; align-items: flex-end; }
.box-row textarea { flex: 1 1 auto; min-width: 0; min-height: 44px; resize: none; }
.send { flex: none; min-width: 44px; min-height: 44px; margin-left: 8px; border-radius: 8px; background: var(--primary); color: var(--on-primary); }
.counter, .composer .fault { font-size: 0.875em; margin: 0 0 4px; }
.counter { color: var(--muted); text-align: right; }
.counter:empty, .composer .fault:empty { display: none; }
.curtain { position: absolute; top: 0; left: 0; right: 0; bottom: 0; z-index: 3; display: flex; align-items: center; justify-content: center; padding: 16px; background: rgba(20, 21, 43, 0.6); overflow: auto; }
.confirm-dialog { padding: 16px; max-width: 20em; max-height: 100%; overflow: auto; background: var(--paper); border: 1px solid var(--line); border-radius: 12px; }
.confirm-dialog h3 { font-weight: 600; margin: 0 0 8px; }
.confirm-buttons { margin-top: 8px; text-align: right; }
`;
