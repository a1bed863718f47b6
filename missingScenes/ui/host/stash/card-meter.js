// The completeness on a card of a performer or studio. All cards of a page are counted with one call.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { React, h } = kit;
  const { useEffect, useState } = React;
  const MOST = 500; // of one call; a page of Stash has at most 250 cards by default
  const KEEP_MS = 300000;
  const PAUSE_MS = 100;

  const counts = /** @type {Map<string, {count: {owned: number, total: number} | null, at: number}>} */ (new Map());
  const wanted = /** @type {Set<string>} */ (new Set());
  const counted = kit.makeSignal();
  let isWaiting = false;

  /** Return the part of the keys that is about one kind, as ids. @param {string[]} keys @param {string} kind */
  function listIds(keys, kind) {
    return keys.filter((key) => key.startsWith(`${kind} `)).map((key) => key.slice(kind.length + 1));
  }

  /** Ask for the counts of all cards that wait; a card whose count cannot be read shows none. @param {StashBundle.Ui} ui */
  async function askForCounts(ui) {
    isWaiting = false;
    const keys = [...wanted].slice(0, MOST);
    keys.forEach((key) => wanted.delete(key));
    const answer = await kit.askPlugin(ui, "card_counts", { performers: listIds(keys, "performer"), studios: listIds(keys, "studio") }).catch(() => ({ performers: {}, studios: {} }));
    for (const key of keys) {
      const [kind, id] = key.split(" ");
      counts.set(key, { count: answer[`${kind}s`][id] || null, at: Date.now() });
    }
    counted.emit(keys.length);
    if (wanted.size) wantCounts(ui);
  }

  /** Ask once all cards of this page have said what they want: React mounts them in several steps. @param {StashBundle.Ui} ui */
  function wantCounts(ui) {
    if (isWaiting) return;
    isWaiting = true;
    window.setTimeout(() => void askForCounts(ui), PAUSE_MS);
  }

  /** Return the count of a card, undefined while it is not known. @param {StashBundle.Ui} ui @param {string} key */
  function useCount(ui, key) {
    const [, setRound] = useState(0);
    useEffect(() => {
      const known = counts.get(key);
      if (!known || Date.now() - known.at > KEEP_MS) {
        wanted.add(key);
        wantCounts(ui);
      }
      return counted.listen(() => setRound((/** @type {number} */ round) => round + 1));
    }, [ui, key]);
    const known = counts.get(key);
    return known && known.count;
  }

  /** Show how many of the scenes of a performer or studio are in the library; nothing without a count. @param {{kind: string, id: string}} props */
  function CardMeter({ kind, id }) {
    const t = kit.useText();
    const count = useCount(kit.useUi(), `${kind} ${id}`);
    if (!count || !count.total) return null;
    const label = t("meter.label", count);
    const width = `${Math.floor((100 * count.owned) / count.total)}%`;
    return h("span", { className: "ms-meter", role: "img", "aria-label": label, title: label }, `${count.owned}/${count.total}`, h("span", { className: "ms-meter-track" }, h("span", { className: "ms-meter-bar", style: { width } })));
  }

  Object.assign(kit, { CardMeter });
})();
