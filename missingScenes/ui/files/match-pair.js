// A local file and the scene of the box that it is, side by side: pictures, lengths, what proves it, and the fingerprints.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { missing, React, h } = kit;

  /** Show the fingerprints of both sides, folded: the sentence above says what they prove. @param {{evidence: any, box: string}} props */
  function Prints({ evidence, box }) {
    const t = kit.useText();
    const line = (/** @type {string} */ side, /** @type {string} */ hash) => hash && h("div", null, `${side}: `, h("code", null, `${evidence.by} ${hash}`));
    return h("details", { className: "small text-muted" }, h("summary", null, t("details.prints")), line(t("files.local"), evidence.local_hash), line(box, evidence.box_hash));
  }

  /** Show a match as the operations `file_matches` and `file_match` return it. @param {{match: any}} props */
  function MatchPair({ match }) {
    const t = kit.useText();
    const { Link } = kit.api.libraries.ReactRouterDOM;
    const { scene, local, evidence } = match;
    const title = missing.chooseTitle(scene, t("card.untitled"));
    return h(
      React.Fragment,
      null,
      h(
        kit.SceneSides,
        null,
        h(kit.SceneSide, {
          side: t("files.local"),
          title: h(Link, { to: `/scenes/${local.id}` }, local.title || local.path),
          image: local.image,
          length: kit.formatDuration(evidence.local_duration),
          lines: [h("div", { className: "text-muted text-truncate", title: local.path }, local.path)],
        }),
        h(kit.SceneSide, {
          side: match.box,
          title: scene.url ? h(kit.OutLink, { href: scene.url }, title) : title,
          image: scene.image,
          length: kit.formatDuration(evidence.box_duration),
          lines: [[scene.date, scene.studio].filter(Boolean).join(" · ")],
        }),
      ),
      h("p", { className: evidence.doubt ? "text-warning" : "text-success" }, h(kit.Icon, { name: evidence.doubt ? "faCircleQuestion" : "faCircleCheck" }), " ", t(missing.chooseProofText(evidence), { count: evidence.distance })),
      h(Prints, { evidence, box: match.box }),
    );
  }

  /** Show both sides above the change of an opened item of a plan that links files. @param {{changes: StashBundle.ChangeRow[]}} props */
  function PlannedPair({ changes }) {
    const pair = (/** @type {any} */ args) => h(LoadedPair, { key: JSON.stringify(args), args });
    return h(React.Fragment, null, missing.listPlannedMatches(changes).map(pair));
  }

  /** @param {{args: any}} props */
  function LoadedPair({ args }) {
    const ui = kit.useUi();
    const load = kit.useLoad(JSON.stringify(args), (signal) => ui.operation("file_match", args, { signal }));
    if (load.error || !load.data) return h(kit.Pending, { load, lines: 4 });
    return load.data.match && h(MatchPair, { match: load.data.match });
  }

  Object.assign(missing, { MatchPair, PlannedPair });
})();
