// The lists of wanted and of ignored scenes, with export.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { missing, React, h } = kit;
  const { useState } = React;
  const PAGE_SIZE = 24;
  const FORMATS = ["csv", "json", "links"];
  const SORTS = ["added", "date", "title"];

  /** @param {{list: string}} props */
  function ExportButtons({ list }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const save = (/** @type {string} */ format) => async () => kit.saveFile(await ui.operation("export_marked", { list, format }));
    const buttons = FORMATS.map((format) => h(kit.ActionButton, { key: format, size: "sm", icon: "faFileExport", onClick: save(format) }, t(`export.${format}`)));
    return h(React.Fragment, null, buttons);
  }

  /** @param {{scene: any, list: string, onGone: () => void}} props */
  function MarkedCard({ scene, list, onGone }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const takeOff = async () => {
      await missing.markScenes(ui, list, false, scene.endpoint, [scene]);
      kit.toast.success(t("marked.removed"));
      onGone();
    };
    return h(kit.Card, {
      title: missing.titleOf(scene, t("card.untitled")),
      image: scene.image,
      href: scene.url,
      badge: missing.formatDuration(scene.duration),
      lines: [missing.describeOrigin(scene), missing.listNames(scene.performers || []), scene.box],
      actions: h(kit.ActionButton, { size: "sm", icon: "faTimes", onClick: takeOff }, t("marked.remove")),
    });
  }

  /** @param {{list: string}} props */
  function Marked({ list }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const [page, setPage] = useState(1);
    const [text, setText] = useState("");
    const [sort, setSort] = useState(SORTS[0]);
    const args = { list, page, page_size: PAGE_SIZE, text, sort };
    const found = kit.useLoad(JSON.stringify(args), (signal) => ui.operation("list_marked", args, { signal }));
    const search = React.useCallback((/** @type {string} */ value) => {
      setText(value);
      setPage(1);
    }, []);
    const count = found.data ? found.data.count : 0;
    return h(
      React.Fragment,
      null,
      h(
        "div",
        { className: "sbk-filters" },
        h(kit.Field, { id: `ms-${list}-text`, label: t("filter.text"), type: "search", value: text, onChange: search }),
        h(kit.Picker, { id: `ms-${list}-sort`, label: t("filter.sort"), value: sort, choices: SORTS.map((value) => ({ value, label: t(`marked.sort.${value}`) })), onChange: setSort }),
        count > 0 && h(ExportButtons, { list }),
      ),
      h(MarkedCards, { found, list }),
      h(kit.Pager, { page, size: PAGE_SIZE, total: count, onPage: setPage }),
    );
  }

  /** @param {{found: any, list: string}} props */
  function MarkedCards({ found, list }) {
    const t = kit.useText();
    if (found.error) return h(kit.ErrorBox, { error: found.error, onRetry: found.reload });
    if (!found.data) return h(kit.Loading);
    const { scenes, count } = found.data;
    if (!count) return h(kit.Empty, { icon: list === "wanted" ? "faBookmark" : "faEyeSlash", title: t(`${list}.none`), text: t(`${list}.none.text`) });
    return h(
      kit.CardGrid,
      { label: t(`tab.${list}`) },
      scenes.map((/** @type {any} */ scene) => h(MarkedCard, { key: `${scene.endpoint} ${scene.id}`, scene, list, onGone: found.reload })),
    );
  }

  Object.assign(missing, { Wanted: () => h(Marked, { list: "wanted" }), Ignored: () => h(Marked, { list: "ignored" }) });
})();
