// The lists of wanted and of ignored scenes, with export; where Whisparr is set up, wanted scenes show how far it is.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { missing, React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const { useState } = React;
  const KEEPS = { keeps: true };
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

  /** @param {any} scene */
  function keyOf(scene) {
    return `${scene.endpoint} ${scene.id}`;
  }

  /** The details of a scene on a list; the lists hold scenes of several boxes. @param {{scenes: any[], opened: string, onShow: (key: string) => void}} props */
  function MarkedDetails({ scenes, opened, onShow }) {
    const scene = scenes.find((one) => keyOf(one) === opened);
    if (!scene) return null;
    const siblings = scenes.filter((one) => one.endpoint === scene.endpoint);
    const box = { name: scene.box, url: missing.originOf(scene.url) };
    const show = (/** @type {string} */ id) => onShow(`${scene.endpoint} ${id}`);
    return h(missing.DetailsDialog, { scenes: siblings, id: scene.id, endpoint: scene.endpoint, box, onShow: show, onClose: () => onShow("") }, (/** @type {any} */ one) => h(missing.BoxLink, { scene: one, box: scene.box }));
  }

  /** @param {{scene: any, list: string, status: any, onOpen: (key: string) => void, onGone: () => void, onAdded: any}} props */
  function MarkedCard({ scene, list, status, onOpen, onGone, onAdded }) {
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
      onOpen: () => onOpen(keyOf(scene)),
      badge: missing.formatDuration(scene.duration),
      lines: [missing.describeOrigin(scene), missing.listNames(scene.performers || []), scene.box, h(missing.StatusBadge, { status })],
      actions: h(
        React.Fragment,
        null,
        h(kit.ActionButton, { size: "sm", icon: "faTimes", onClick: takeOff }, t("marked.remove")),
        missing.canTry(status) && h(missing.AddButton, { scene, endpoint: scene.endpoint, status, onAdded }),
        h(missing.BoxLink, { scene, box: scene.box }),
      ),
    });
  }

  /** What Whisparr says about the wanted scenes of one box, and adding all of them that are shown. @param {any} props */
  function AddWanted({ endpoint, scenes, whisparr, task, onAsk }) {
    const t = kit.useText();
    const [chosen, setChosen] = useState(/** @type {any[] | null} */ (null));
    if (!whisparr || whisparr.state !== "ok") return whisparr && whisparr.state === "failed" ? h(missing.WhisparrNotice, { answer: whisparr, onRetry: onAsk }) : null;
    const addable = scenes.filter((/** @type {any} */ one) => (whisparr.statuses[one.id] || {}).can_add);
    return h(
      React.Fragment,
      null,
      h(missing.AddProgress, { task }),
      addable.length > 0 && h("div", { className: "sbk-toolbar" }, h(Bootstrap.Button, { size: "sm", variant: "secondary", disabled: task.isActive, onClick: () => setChosen(addable) }, t("whisparr.add_all", { count: addable.length }))),
      chosen && h(missing.AddDialog, { endpoint, scenes: chosen, isPart: false, task, onClose: () => setChosen(null) }),
    );
  }

  /** The scenes of one box. @param {{endpoint: string, scenes: any[], list: string, onOpen: (key: string) => void, onGone: () => void}} props */
  function MarkedGroup({ endpoint, scenes, list, onOpen, onGone }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const ids = scenes.map((scene) => scene.id);
    const { answer: whisparr, ask, note } = missing.useWhisparr(ui, list === "wanted" ? endpoint : "", ids, "{}");
    const task = kit.useTask("whisparr", { onEnd: ask });
    const statusOf = (/** @type {string} */ id) => (whisparr && whisparr.state === "ok" ? whisparr.statuses[id] : null);
    return h(
      React.Fragment,
      null,
      h(AddWanted, { endpoint, scenes, whisparr, task, onAsk: ask }),
      h(
        kit.CardGrid,
        { label: `${t(`tab.${list}`)}: ${scenes[0].box}` },
        scenes.map((scene) => h(MarkedCard, { key: scene.id, scene, list, status: statusOf(scene.id), onOpen, onGone, onAdded: note })),
      ),
    );
  }

  /** @param {{list: string}} props */
  function Marked({ list }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const [page, setPage] = useState(1);
    const [text, setText] = useState("");
    const [sort, setSort] = useState(SORTS[0]);
    const args = { list, page, page_size: PAGE_SIZE, text, sort };
    const found = kit.useLoad(JSON.stringify(args), (signal) => ui.operation("list_marked", args, { signal }), KEEPS);
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
      h(MarkedCards, { found, list, isSearch: text !== "" }),
      h(kit.Pager, { page, size: PAGE_SIZE, total: count, onPage: setPage }),
    );
  }

  /** @param {{found: any, list: string, isSearch: boolean}} props */
  function MarkedCards({ found, list, isSearch }) {
    const t = kit.useText();
    const [opened, setOpened] = useState("");
    if (found.error) return h(kit.ErrorBox, { error: found.error, onRetry: found.reload });
    if (!found.data) return h(kit.Loading);
    const { scenes, count } = found.data;
    if (!count && isSearch) return h(kit.Empty, { icon: "faFilter", title: t("marked.no_match") });
    if (!count) return h(kit.Empty, { icon: list === "wanted" ? "faBookmark" : "faEyeSlash", title: t(`${list}.none`), text: t(`${list}.none.text`) });
    return h(
      React.Fragment,
      null,
      missing.groupByBox(scenes).map((/** @type {any[]} */ some) => h(MarkedGroup, { key: some[0].endpoint, endpoint: some[0].endpoint, scenes: some, list, onOpen: setOpened, onGone: found.reload })),
      h(MarkedDetails, { scenes, opened, onShow: setOpened }),
    );
  }

  Object.assign(missing, { Wanted: () => h(Marked, { list: "wanted" }), Ignored: () => h(Marked, { list: "ignored" }) });
})();
