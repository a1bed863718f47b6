// A local file and the scene of the box that it is, side by side: pictures, lengths, hashes, and what proves it.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { missing, React, h } = kit;

  /** Return the line with a length and a hash. @param {number} duration @param {string} by @param {string} hash */
  function formatPrint(duration, by, hash) {
    return [kit.formatDuration(duration), `${by} ${hash}`].filter(Boolean).join(" · ");
  }

  /** Show a match as the operations `file_matches` and `file_match` return it. @param {{match: any}} props */
  function MatchPair({ match }) {
    const t = kit.useText();
    const { Link } = kit.api.libraries.ReactRouterDOM;
    const { scene, local, evidence } = match;
    const title = missing.chooseTitle(scene, t("card.untitled"));
    return h(
      "div",
      null,
      h(
        kit.SceneSides,
        null,
        h(kit.SceneSide, { side: t("files.local"), title: h(Link, { to: `/scenes/${local.id}` }, local.title || local.path), image: kit.makePicturePath(local.image), lines: [formatPrint(evidence.local_duration, evidence.by, evidence.local_hash), local.path] }),
        h(kit.SceneSide, {
          side: match.box,
          title: scene.url ? h(kit.OutLink, { href: scene.url }, title) : title,
          image: scene.image,
          lines: [formatPrint(evidence.box_duration, evidence.by, evidence.box_hash), [scene.date, scene.studio].filter(Boolean).join(" · ")],
        }),
      ),
      h("p", { className: evidence.doubt ? "text-warning" : "text-muted" }, t(missing.chooseProofText(evidence), { count: evidence.distance })),
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
