// The heartbeat: a visible page of Stash lets the plugins do what is due, one plugin a minute at most.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { useEffect } = kit.React;
  const MINUTE = 60000;
  const LONGEST = 3600000; // a plugin that is due later than this had its clock set back
  const NO_NOTICES = { notices: [], pending: 0 };

  /** Return the last beat of a plugin in any tab of this browser. @param {StashBundle.Ui} ui @returns {{due: number, beat: StashBundle.Heartbeat}} */
  function readLastBeat(ui) {
    const kept = kit.readMemory(`stash-bundle:${ui.id}:beat`, true);
    return kept && kept.due <= Date.now() + LONGEST ? kept : { due: 0, beat: NO_NOTICES };
  }

  /** Return what the bundle's icon shows of a beat. @param {StashBundle.Ui} ui @param {StashBundle.Heartbeat} beat */
  function readSigns(ui, beat) {
    const count = (beat.notices || []).filter((notice) => notice.level !== "info").length;
    return { attention: count, says: kit.describeSigns(ui, count, ui.member.isWorking) };
  }

  /** Take over a beat and tell the bundle what it found. @param {StashBundle.Ui} ui @param {StashBundle.Heartbeat} beat @param {number} due */
  function takeBeat(ui, beat, due) {
    ui.keptDue = due;
    ui.beats.emit(beat);
    kit.tellBundle(ui.member, { ...readSigns(ui, beat), due });
  }

  /** Return true if this plugin's turn has come: it is due, no other is more overdue, and none had a turn within a minute. @param {StashBundle.Ui} ui */
  function isTurn(ui) {
    const now = Date.now();
    const { due } = ui.member;
    const isFree = Math.abs(now - kit.bundle.beatAt) >= MINUTE - 1000;
    return due <= now && isFree && kit.bundle.plugins.every((/** @type {StashBundle.Member} */ other) => due <= other.due);
  }

  /** Call the heartbeat if it is this plugin's turn; other tabs see that it was called. @param {StashBundle.Ui} ui */
  async function beatIfDue(ui) {
    const kept = readLastBeat(ui);
    if (kept.due > ui.keptDue) takeBeat(ui, kept.beat, kept.due); // another tab called it
    if (!isTurn(ui)) return;
    const name = `stash-bundle:${ui.id}:beat`;
    const now = Date.now();
    kit.bundle.beatAt = now;
    ui.member.due = now + MINUTE;
    ui.keptDue = ui.member.due;
    kit.writeMemory(name, { ...kept, due: ui.keptDue }, true);
    const beat = await kit.askPlugin(ui, "heartbeat").catch((/** @type {Error} */ error) => ({ ...NO_NOTICES, error })); // nobody asked for the call, so an error is only kept
    const due = now + (ui.isPageOpen ? MINUTE : Math.max(MINUTE, 1000 * (beat.again_in || 0)));
    kit.writeMemory(name, { due, beat: { notices: beat.notices, pending: beat.pending }, signs: readSigns(ui, beat) }, true);
    takeBeat(ui, beat, due);
  }

  /** Let the heartbeat be due once a minute while the plugin's page is open; return the function that ends this. @param {StashBundle.Ui} ui */
  function openPage(ui) {
    ui.isPageOpen = true;
    ui.member.due = Math.min(ui.member.due, Date.now() + MINUTE);
    return () => void (ui.isPageOpen = false);
  }

  /** Run the plugin's heartbeat while the host is mounted. */
  function Heartbeat() {
    const ui = kit.useUi();
    useEffect(() => {
      if (!ui.hasHeartbeat) return undefined;
      const { due, beat } = readLastBeat(ui);
      takeBeat(ui, due > Date.now() ? beat : NO_NOTICES, due);
      const isLate = Date.now() - ui.startedAt >= MINUTE; // the tab was hidden, or this script took its time
      const stop = kit.clock.every(MINUTE / 1000, () => void beatIfDue(ui), isLate ? 0 : MINUTE / 1000);
      return () => {
        stop();
        ui.member.due = Infinity;
      };
    }, [ui]);
    return null;
  }

  Object.assign(kit, { openPage, Heartbeat });
})();
