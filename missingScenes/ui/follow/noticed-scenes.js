// The scenes of the Following tab that stash-boxes told of: those of the favorites that the user has there.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { missing, React, h } = kit;

  /** Show the scenes that one box told of. @param {{scenes: any[], onChanged: () => void}} props */
  function NoticedGroup({ scenes, onChanged }) {
    const t = kit.useText();
    const { endpoint, box: name, url } = scenes[0];
    const label = t("following.noticed", { count: scenes.length, box: name });
    const box = { endpoint, name, url: missing.findOrigin(url), has_whisparr: true };
    return h(
      "section",
      { className: "ms-noticed" },
      h("div", { className: "ms-following-head" }, h("h2", { className: "h5" }, label)),
      h(missing.SceneGrid, { scenes, box, label, onChange: onChanged, onDrop: onChanged, onStale: onChanged }),
    );
  }

  /** Show what the boxes told, box by box. @param {{data: any, onChanged: () => void}} props `data`: the answer of `list_follows` */
  function NoticedScenes({ data, onChanged }) {
    const groups = missing.groupByBox(data.noticed);
    return h(
      React.Fragment,
      null,
      groups.map((/** @type {any[]} */ scenes) => h(NoticedGroup, { key: scenes[0].endpoint, scenes, onChanged })),
    );
  }

  Object.assign(missing, { NoticedScenes });
})();
