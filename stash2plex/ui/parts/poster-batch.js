// Posters of many items in few operations: the rows of a list ask one by one, and what they ask for at the same time is read together.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { plexSync, React } = kit;
  const { useEffect, useState } = React;
  const MOST = 25; // as the operation allows
  /** @typedef {(picture: any) => void} Tell */
  const waiting = /** @type {Map<string, Tell[]>} */ (new Map());

  /** Read these posters and tell those who wait for them. @param {StashBundle.Ui} ui @param {[string, Tell[]][]} asked */
  async function readPosters(ui, asked) {
    const tell = (/** @type {(key: string) => any} */ find) => asked.forEach(([key, ones]) => ones.forEach((one) => one(find(key))));
    try {
      const { pictures, problems = {} } = await ui.operation("plex_pictures", { rating_keys: asked.map(([key]) => key), picture: "poster" });
      tell((key) => pictures[key] || (problems[key] ? { problem: problems[key] } : null));
    } catch (error) {
      tell(() => ({ problem: kit.asKitError(error).message }));
    }
  }

  /** Read all posters that are waited for, some at a time. @param {StashBundle.Ui} ui */
  async function readWaiting(ui) {
    const asked = [...waiting];
    waiting.clear();
    for (let at = 0; at < asked.length; at += MOST) await readPosters(ui, asked.slice(at, at + MOST));
  }

  /** Ask for a poster; the first who asks starts the reading, after all of the same moment have asked. @param {StashBundle.Ui} ui @param {string} key @param {Tell} tell */
  function askForPoster(ui, key, tell) {
    if (!waiting.size) void Promise.resolve().then(() => readWaiting(ui));
    waiting.set(key, [...(waiting.get(key) || []), tell]);
  }

  /** Return the poster of an item in Plex as `plex_pictures` gives it: undefined while it is read, null if there is none. @param {string | undefined} key the rating key, undefined for no item */
  function usePoster(key) {
    const ui = kit.useUi();
    const isMounted = kit.useIsMounted();
    const [picture, setPicture] = useState(/** @type {any} */ (undefined));
    useEffect(() => {
      if (key) askForPoster(ui, key, (found) => isMounted.current && setPicture(found));
    }, [ui, key, isMounted]);
    return picture;
  }

  Object.assign(plexSync, { usePoster });
})();
