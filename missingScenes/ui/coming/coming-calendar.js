// The calendar of the Coming up tab: one month with its scenes on their days.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { missing, React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const { useState } = React;

  /** Show a scene on its day; it opens the details. @param {{scene: any, onOpen: (scene: any) => void}} props */
  function Entry({ scene, onOpen }) {
    const t = kit.useText();
    const title = missing.chooseTitle(scene, t("card.untitled"));
    const names = [title, scene.studio && scene.studio.name, missing.formatNames(scene.performers || [])].filter(Boolean);
    return h(
      "button",
      { type: "button", className: "ms-entry", title: names.join("\n"), onClick: () => onOpen(scene) },
      h(kit.RemoteImage, { src: scene.image, alt: "", className: "ms-entry-picture", fallback: h("span", { className: "ms-entry-picture sbk-no-image" }, h(kit.Icon, { name: "faImage" })) }),
      h("span", { className: "ms-entry-text" }, scene.wanted && h(kit.Icon, { name: "faBookmark" }), title),
      h("span", { className: "ms-entry-text text-muted" }, scene.studio && scene.studio.name),
    );
  }

  /** Show a day. @param {{day: string, isOutside: boolean, isToday: boolean, scenes: any[], onOpen: (scene: any) => void}} props */
  function DayCell({ day, isOutside, isToday, scenes, onOpen }) {
    return h(
      "td",
      { className: `${isOutside ? "ms-outside" : ""} ${isToday ? "ms-today" : ""}`, "aria-current": isToday ? "date" : undefined },
      h("span", { className: "ms-date" }, Number(day.slice(8))),
      scenes.map((scene) => h(Entry, { key: scene.id, scene, onOpen })),
    );
  }

  /** Show a month as a table of weeks. @param {{month: string, today: string, byDay: Record<string, any[]>, onOpen: (scene: any) => void}} props */
  function Month({ month, today, byDay, onOpen }) {
    const locale = kit.useLocale();
    const weeks = missing.makeWeeks(month, missing.findFirstDay(locale));
    const name = (/** @type {string} */ day, /** @type {"long" | "short"} */ weekday) => new Date(day).toLocaleDateString(locale, { weekday, timeZone: "UTC" });
    const cell = (/** @type {string} */ day) => {
      const isOutside = !day.startsWith(month);
      return h(DayCell, { key: day, day, isOutside, isToday: day === today, scenes: isOutside ? [] : byDay[day] || [], onOpen });
    };
    return h(
      "table",
      { className: "ms-month" },
      h("caption", { className: "sr-only" }, missing.formatDay(month, locale)),
      h("thead", null, h("tr", null, weeks[0].map((/** @type {string} */ day) => h("th", { key: day, scope: "col", abbr: name(day, "long") }, name(day, "short"))))),
      h("tbody", null, weeks.map((/** @type {string[]} */ days) => h("tr", { key: days[0] }, days.map(cell)))),
    );
  }

  /** Show the name of the month between the buttons that lead to the months with scenes beside it. @param {{months: string[], month: string, count: number, onChoose: (month: string) => void}} props */
  function MonthBar({ months, month, count, onChoose }) {
    const t = kit.useText();
    const at = months.indexOf(month);
    const step = (/** @type {number} */ to, /** @type {string} */ icon, /** @type {string} */ label) =>
      h(Bootstrap.Button, { variant: "secondary", size: "sm", disabled: !months[to], "aria-label": label, title: label, onClick: () => onChoose(months[to]) }, h(kit.Icon, { name: icon }));
    return h(
      "div",
      { className: "ms-month-bar" },
      step(at - 1, "faChevronLeft", t("calendar.earlier")),
      h("h2", { className: "h5", "aria-live": "polite" }, missing.formatDay(month, kit.useLocale())),
      step(at + 1, "faChevronRight", t("calendar.later")),
      h("span", { className: "text-muted" }, t("calendar.count", { count })),
    );
  }

  /** Show coming scenes on the days of a month; first of the month with the next one. @param {{scenes: any[], today: string, onOpen: (scene: any) => void}} props */
  function ComingCalendar({ scenes, today, onOpen }) {
    const t = kit.useText();
    const months = missing.listMonths(scenes, today);
    const [chosen, setChosen] = useState("");
    const month = months.includes(chosen) ? chosen : missing.readMonth(scenes[0].date);
    const { byDay, undated } = missing.splitMonth(scenes, month);
    const count = undated.length + Object.values(byDay).reduce((sum, some) => sum + some.length, 0);
    return h(
      React.Fragment,
      null,
      h(MonthBar, { months, month, count, onChoose: setChosen }),
      h(Month, { month, today, byDay, onOpen }),
      undated.length > 0 && h("section", null, h("h3", { className: "h6" }, t("calendar.undated")), h("div", { className: "ms-undated" }, undated.map((/** @type {any} */ scene) => h(Entry, { key: scene.id, scene, onOpen })))),
    );
  }

  Object.assign(missing, { ComingCalendar });
})();
