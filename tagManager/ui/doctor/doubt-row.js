// A doubted link: the scene of the library, the linked record and the one that it probably is, the reasons, and the actions.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { tagging, React, h } = kit;
  const { Link } = kit.api.libraries.ReactRouterDOM;
  const ICONS = { swap: "faRightLeft", relink: "faLink", choose: "faSearch", unlink: "faLinkSlash", right: "faCheck", doubt: "faUndo" };

  /** Show a record of a box. @param {{side: string, record: any, untitled: string}} props */
  function RecordSide({ side, record, untitled }) {
    const t = kit.useText();
    const title = record.title || record.code || untitled;
    const lines = [[record.date, record.studio].filter(Boolean).join(" · "), tagging.describeMatch(record.match, t)];
    return h(kit.SceneSide, { side, title: h(kit.OutLink, { href: record.url }, title), image: record.image, length: kit.formatDuration(record.duration), lines });
  }

  /** Show the scene of the library. @param {{scene: any}} props */
  function LocalSide({ scene }) {
    const t = kit.useText();
    const lengths = scene.lengths.map(kit.formatDuration).filter(Boolean).join(", ");
    return h(kit.SceneSide, { side: t("doctor.local"), title: h(Link, { to: `/scenes/${scene.id}` }, scene.title || scene.path), image: scene.image, length: lengths, lines: [...tagging.listHashes(scene.hashes), scene.path] });
  }

  /** Return the text of a reason. @param {any} reason @param {string} box @param {StashBundle.Translate} t @param {string} [more] */
  function tellReason(reason, box, t, more) {
    const values = { ...reason, box, count: reason.distance || 0, local: kit.formatDuration(reason.local), length: kit.formatDuration(reason.box), here: reason.here || 0, votes: reason.votes || 0 };
    const doubt = reason.doubt ? ` ${t(`doctor.but.${reason.doubt}`)}` : "";
    return [t(tagging.chooseReasonText(reason), values) + doubt, more].filter(Boolean).join(" ");
  }

  /** Link the other scenes of the library that have the same link. @param {{scenes: number[]}} props */
  function SharingScenes({ scenes }) {
    const t = kit.useText();
    return h("span", null, " ", scenes.map((id, index) => h(React.Fragment, { key: id }, index > 0 && ", ", h(Link, { to: `/scenes/${id}` }, t("doctor.scene", { id })))));
  }

  /** Show why a link is doubted. @param {{row: any}} props */
  function Reasons({ row }) {
    const t = kit.useText();
    const line = (/** @type {any} */ reason) => h("li", { key: reason.code }, tellReason(reason, row.box, t), reason.scenes && h(SharingScenes, { scenes: reason.scenes }));
    return h("ul", { className: "tm-reasons" }, row.reasons.map(line));
  }

  /** Tell on a scene's page that a link is doubtful, and lead to the Link doctor. @param {{doubt: any, entity: StashBundle.Entity}} props */
  function DoubtNotice({ doubt, entity }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const level = tagging.rateDoubt(doubt.score);
    const title = h(React.Fragment, null, t(`doctor.level.${level}`), " ", h(kit.OutLink, { href: doubt.url }, t("doctor.linked_to", { box: doubt.box, title: doubt.title || doubt.remote_id })));
    return h(kit.Notice, { level: level === "strong" ? "warning" : "info", title }, h(Reasons, { row: doubt }), h(Link, { to: `${ui.path}/doctor?scene=${entity.id}` }, t("doctor.open")));
  }

  /** Show the actions of a row, or why there are none. @param {{row: any, run: (action: string) => Promise<void>}} props */
  function DoubtActions({ row, run }) {
    const t = kit.useText();
    const name = row.scene.title || row.scene.path;
    if (row.state !== "open") return h("p", { className: "text-muted mb-0" }, t(`doctor.state.${row.state}`));
    const button = (/** @type {string} */ action, /** @type {number} */ place) =>
      h(kit.ActionButton, { key: action, size: "sm", variant: place ? "secondary" : "primary", icon: /** @type {any} */ (ICONS)[action], onClick: () => run(action), "aria-label": `${t(`doctor.do.${action}`)}: ${name}` }, t(`doctor.do.${action}`));
    return h("div", { className: "sbk-actions" }, tagging.listActions(row).map(button), row.added_tags > 0 && h("span", { className: "text-muted small" }, t("doctor.added_tags", { count: row.added_tags, box: row.box })));
  }

  /** Show one doubted link. @param {{row: any, run: (action: string) => Promise<void>}} props */
  function DoubtRow({ row, run }) {
    const t = kit.useText();
    const level = tagging.rateDoubt(row.score);
    return h(
      "li",
      { className: "card tm-doubt" },
      h("div", { className: `tm-score tm-${level}` }, h("strong", null, t(`doctor.level.${level}`)), ` ${t("doctor.score", { score: row.score })}`),
      h(
        kit.SceneSides,
        null,
        h(LocalSide, { scene: row.scene }),
        h(RecordSide, { side: t("doctor.linked", { box: row.box }), record: row.remote, untitled: row.remote.id }),
        row.target && h(RecordSide, { side: t("doctor.target", { box: row.box }), record: row.target, untitled: row.target.id }),
      ),
      h(Reasons, { row }),
      h(DoubtActions, { row, run }),
    );
  }

  Object.assign(tagging, { tellReason, DoubtNotice, DoubtRow, RecordSide });
})();
