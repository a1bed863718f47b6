// The editor of the templates of texts: what they make of some scenes is shown while you type.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { plexSync, React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const { useState } = React;
  const NAMES = ["title", "sort_title", "original_title", "edition", "content_rating", "tagline"];
  const PLACEHOLDERS = /** @type {Record<string, string>} */ ({ title: "{studio}: {title}", sort_title: "{studio} {date} {title}", original_title: "{code}", edition: "{studio}", content_rating: "XXX", tagline: "{studio} ({year})" });
  const VALUES = "{title} {studio} {date} {year} {code} {director} {performers}";

  /** Return the arguments of the operation for edited templates. @param {Record<string, string>} edited */
  function listTemplates(edited) {
    return Object.entries(edited).map(([name, text]) => ({ name, text }));
  }

  /** @param {{name: string, value: string, fault: string, onChange: (text: string) => void}} props */
  function TemplateField({ name, value, fault, onChange }) {
    const t = kit.useText();
    return h(
      Bootstrap.Form.Group,
      { controlId: `s2p-template-${name}`, className: "s2p-field" },
      h(Bootstrap.Form.Label, { className: "small" }, t(`template.${name}`)),
      h(Bootstrap.Form.Control, { size: "sm", className: "text-input", value, placeholder: PLACEHOLDERS[name], isInvalid: Boolean(fault), onChange: (/** @type {any} */ event) => onChange(event.target.value) }),
      fault && h("div", { className: "text-danger small", role: "alert" }, fault),
    );
  }

  /** @param {{answer: any}} props */
  function TemplateSample({ answer }) {
    const t = kit.useText();
    const used = NAMES.filter((name) => answer.templates[name] && !answer.faults[name]);
    if (!used.length) return h("p", { className: "text-muted" }, t("templates.unused"));
    const shown = used.includes("title") ? used : ["title", ...used];
    const columns = [
      { key: "label", title: t("templates.scene"), render: (/** @type {any} */ row) => h(plexSync.SceneName, { id: row.scene_id, label: row.label }) },
      ...shown.map((name) => ({ key: name, title: t(`template.${name}`), className: "sbk-value", render: (/** @type {any} */ row) => row.texts[name] || h("span", { className: "text-muted" }, t("templates.left")) })),
    ];
    return h(kit.Table, { caption: t("templates.title"), columns, rows: answer.scenes, keyOf: (/** @type {any} */ row) => row.scene_id, empty: h("p", { className: "text-muted" }, t("templates.none")) });
  }

  /** Show the templates with what they make of the scenes saved last. */
  function Templates() {
    const ui = kit.useUi();
    const t = kit.useText();
    const [edited, setEdited] = useState(/** @type {Record<string, string>} */ ({}));
    const asked = plexSync.useSettled(JSON.stringify(edited));
    const load = kit.useLoad(`templates ${asked}`, (signal) => ui.operation("templates_try", { templates: listTemplates(JSON.parse(asked)) }, { signal }), { keeps: true });
    const answer = load.data;
    if (!answer) return h(kit.Section, { title: t("templates.title") }, h(kit.Pending, { load }));
    const isEdited = NAMES.some((name) => name in edited);
    const save = async () => {
      const values = Object.fromEntries(Object.entries(edited).map(([name, text]) => [`${name}_template`, text.trim() || null]));
      await ui.operation("settings_save", { values });
      kit.forgetCached(["configuration"]);
      setEdited({});
      load.reload();
      kit.toast.success(t("templates.saved"));
    };
    return h(
      kit.Section,
      { title: t("templates.title") },
      h(
        "div",
        { className: "s2p-block" },
        h("p", { className: "sub-heading" }, t("templates.text", { names: VALUES })),
        h("div", { className: "s2p-templates" }, NAMES.map((name) => h(TemplateField, { key: name, name, value: name in edited ? edited[name] : answer.templates[name], fault: answer.faults[name] || "", onChange: (text) => setEdited({ ...edited, [name]: text }) }))),
        h(
          "div",
          { className: "sbk-actions" },
          h(kit.ActionButton, { size: "sm", variant: "primary", disabled: !isEdited || Object.keys(answer.faults).length > 0, onClick: save }, t("templates.save")),
          isEdited && h("span", { className: "text-muted" }, t("templates.unsaved")),
        ),
        load.error && h(kit.Pending, { load }),
        h("div", { className: "mt-3" }, h(TemplateSample, { answer })),
      ),
    );
  }

  Object.assign(plexSync, { Templates });
})();
