// The Coming up tab: scenes of favorites that the boxes announce, in a calendar or day by day.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { missing, React, h } = kit;
  const { ReactRouterDOM } = kit.api.libraries;
  const { useState } = React;
  const VIEWS = ["calendar", "list"];
  const NARROW = 768; // a calendar has no room for titles there

  /** Show a coming scene; it can be wanted and opened. @param {{scene: any, onOpen: () => void, onChange: (ids: string[], part: any) => void}} props */
  function ComingCard({ scene, onOpen, onChange }) {
    const t = kit.useText();
    return h(kit.Card, {
      title: missing.chooseTitle(scene, t("card.untitled")),
      image: scene.image,
      onOpen,
      itemKey: scene.id,
      badge: kit.formatDuration(scene.duration),
      lines: [scene.studio && scene.studio.name, missing.formatNames(scene.performers || []), h("span", { className: "text-muted" }, scene.box)],
      actions: h(missing.MarkButton, { scene, list: "wanted", endpoint: scene.endpoint, isTold: true, onChange }),
    });
  }

  /** Show the scenes of one day with the day as heading. @param {{group: any, today: string, onOpen: (scene: any) => void, onChange: (ids: string[], part: any) => void}} props */
  function ComingDay({ group, today, onOpen, onChange }) {
    const t = kit.useText();
    const locale = kit.useLocale();
    const days = missing.countDays(group.date, today);
    const label = missing.formatDay(group.date, locale);
    return h(
      "section",
      { className: "ms-day" },
      h("h2", { className: "h5" }, label, " ", days !== null && h("small", { className: "text-muted" }, days === 1 ? t("coming.tomorrow") : t("coming.days", { count: days }))),
      h(kit.CardGrid, { label }, group.scenes.map((/** @type {any} */ scene) => h(ComingCard, { key: scene.id, scene, onOpen: () => onOpen(scene), onChange }))),
    );
  }

  /** Return the view that the address chooses, otherwise the calendar if the window has room for it; with the views to choose from. */
  function useView() {
    const ui = kit.useUi();
    const t = kit.useText();
    const asked = new URLSearchParams(ReactRouterDOM.useLocation().search).get("view") || "";
    const views = VIEWS.map((key) => ({ key, text: t(`coming.view.${key}`), to: `${ui.path}/coming?view=${key}` }));
    return { views, open: VIEWS.includes(asked) ? asked : VIEWS[window.innerWidth < NARROW ? 1 : 0] };
  }

  /** Show coming scenes in the chosen view. @param {{scenes: any[], today: string, onOpen: (scene: any) => void, onChange: (ids: string[], part: any) => void}} props */
  function ComingScenes({ scenes, today, onOpen, onChange }) {
    const t = kit.useText();
    const { views, open } = useView();
    const days = () => missing.groupByDate(scenes).map((/** @type {any} */ group) => h(ComingDay, { key: group.date, group, today, onOpen, onChange }));
    return h(React.Fragment, null, h(kit.Views, { label: t("coming.views"), views, open }), open === VIEWS[0] ? h(missing.ComingCalendar, { scenes, today, onOpen }) : days());
  }

  /** Show the answer of `list_coming`. @param {{data: any, today: string, onChange: (ids: string[], part: any) => void}} props */
  function ComingList({ data, today, onChange }) {
    const t = kit.useText();
    const [opened, setOpened] = useState(/** @type {any} */ (null));
    const box = opened && data.boxes.find((/** @type {any} */ one) => one.endpoint === opened.endpoint);
    const same = opened ? data.scenes.filter((/** @type {any} */ one) => one.endpoint === opened.endpoint) : [];
    const show = (/** @type {string} */ id) => setOpened(same.find((/** @type {any} */ one) => one.id === id));
    return h(
      React.Fragment,
      null,
      Object.entries(data.problems).map(([name, reason]) => h(kit.Notice, { key: name, level: "warning" }, t("coming.problem", { box: name, reason }))),
      data.cut.map((/** @type {string} */ name) => h(kit.Notice, { key: `cut ${name}`, level: "info" }, t("coming.cut", { box: name }))),
      !data.scenes.length && !Object.keys(data.problems).length && h(kit.Empty, { icon: "faCalendar", title: t("coming.none"), text: t("coming.none.text") }),
      data.scenes.length > 0 && h(ComingScenes, { scenes: data.scenes, today, onOpen: setOpened, onChange }),
      box && h(missing.DetailsDialog, { scenes: same, id: opened.id, endpoint: box.endpoint, box, onShow: show, onClose: () => setOpened(null) }),
    );
  }

  function ComingTab() {
    const ui = kit.useUi();
    const [today] = useState(() => missing.readToday(new Date()));
    const load = kit.useLoad(`coming:${today}`, (signal) => ui.operation("list_coming", { today }, { signal }));
    if (load.error || !load.data) return h(kit.Pending, { load, shape: "cards" });
    const { data } = load;
    if (!data.boxes.length) return h(kit.NoBoxes);
    const change = (/** @type {string[]} */ ids, /** @type {any} */ part) =>
      load.setData({ ...data, scenes: data.scenes.map((/** @type {any} */ one) => (ids.includes(one.id) ? { ...one, ...part } : one)) });
    return h(ComingList, { data, today, onChange: change });
  }

  Object.assign(missing, { ComingTab });
})();
