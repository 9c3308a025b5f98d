/** What the page asks of the double: `/control` and the stream of changes. */

/**
 * @param {string} method
 * @param {string} path under /control
 * @param {object} given
 */
export async function control(method, path, given = undefined) {
  const body = given === undefined ? undefined : JSON.stringify(given);
  const answer = await fetch(`/control/${path}`, { method, body });
  if (!answer.ok) throw new Error((await answer.json()).fault);
  return answer.json();
}

/** Calls back with every change of this person's thread, until the returned function is called. */
export function listen(psid, change) {
  const stream = new EventSource(`/demo/events?psid=${psid}`);
  stream.onmessage = (event) => change(JSON.parse(event.data));
  return () => stream.close();
}
