// The Coming up tab: scenes of favorites that the boxes announce, day by day.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { missing, React, h } = kit;
  const { useState } = React;

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
      !data.scenes.length && !Object.keys(data.problems).length && h(kit.Empty, { icon: "faCalendar", title: t("coming.none"), text: t("coming.none.text") }),
      missing.groupByDate(data.scenes).map((/** @type {any} */ group) => h(ComingDay, { key: group.date, group, today, onOpen: setOpened, onChange })),
      box && h(missing.DetailsDialog, { scenes: same, id: opened.id, endpoint: box.endpoint, box, onShow: show, onClose: () => setOpened(null) }),
    );
  }

  function ComingTab() {
    const ui = kit.useUi();
    const [today] = useState(() => missing.readToday(new Date()));
    const load = kit.useLoad(`coming:${today}`, (signal) => ui.operation("list_coming", { today }, { signal }));
    if (load.error || !load.data) return h(kit.Pending, { load, shape: "cards" });
    const { data } = load;
    const change = (/** @type {string[]} */ ids, /** @type {any} */ part) =>
      load.setData({ ...data, scenes: data.scenes.map((/** @type {any} */ one) => (ids.includes(one.id) ? { ...one, ...part } : one)) });
    return h(ComingList, { data, today, onChange: change });
  }

  Object.assign(missing, { ComingTab });
})();
