// The offer to back up Stash's database before many changes are written, part of the question before them.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { React, h } = kit;
  const { useState } = React;
  const MEBIBYTE = 1048576;
  const NOTHING = { is_offered: false };

  /**
   * Return the offer and the answer to it: true, false, or null without an offer. Without a query nothing is asked.
   * @param {Record<string, unknown> | null} query the arguments of the operation backup_offer: the plan, or the kind of objects that a task may change
   */
  function useBackup(query) {
    const ui = kit.useUi();
    const [chosen, setChosen] = useState(/** @type {boolean | null} */ (null));
    const load = kit.useLoad(`backup:${JSON.stringify(query)}`, (signal) => (query ? ui.operation("backup_offer", query, { signal }) : Promise.resolve(NOTHING)));
    const offer = load.data && load.data.is_offered ? load.data : null;
    const answer = offer ? (chosen === null ? Boolean(offer.is_ticked) : chosen) : null;
    return { offer, answer, error: load.error, isReady: Boolean(load.data || load.error), choose: setChosen };
  }

  /** Show the checkbox of the offer, with where the copy goes and when the last one was made; nothing without an offer. @param {{backup: ReturnType<typeof useBackup>}} props */
  function BackupOffer({ backup }) {
    const t = kit.useText();
    const { offer, answer, error } = backup;
    if (error) return h(kit.Notice, { level: "warning", title: t("backup.unknown") }, h(kit.ErrorBox, { error }));
    if (!offer) return null;
    const size = offer.size ? t("backup.size", { size: Math.ceil(offer.size / MEBIBYTE) }) : "";
    const last = offer.last ? h(React.Fragment, null, t("backup.last"), " ", h(kit.FromNow, { moment: offer.last }), ".") : t("backup.none");
    return h(
      "div",
      { className: "sbk-backup" },
      h(kit.Tick, { id: "sbk-backup", label: t("backup.offer"), isOn: answer, onChange: backup.choose }),
      h("div", { className: "small text-muted" }, last, " ", t("backup.text", { folder: offer.folder, size })),
      !offer.has_pictures && h("div", { className: "small text-muted" }, t("backup.pictures")),
    );
  }

  Object.assign(kit, { useBackup, BackupOffer });
})();
