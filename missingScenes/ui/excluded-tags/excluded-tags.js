// The picker of excluded tags. A box's tag id is stored, so that a renamed tag stays excluded.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { missing, React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const { useCallback, useState } = React;
  const BOXES_QUERY = "query StashBoxes { configuration { general { stashBoxes { endpoint name } } } }";

  /** Return the excluded tags with the functions that add and remove one; one change at a time. @param {(tags: any[]) => void} [onChanged] */
  function useExcludedTags(onChanged) {
    const ui = kit.useUi();
    const load = kit.useLoad("excluded", (signal) => ui.operation("excluded_tags", {}, { signal }));
    const tags = load.data ? load.data.tags : [];
    const change = kit.useAction(async (/** @type {any[]} */ next) => {
      const answer = await ui.operation("exclude_tags", { tags: next });
      load.setData(answer);
      kit.forgetCached(["configuration"]);
      if (onChanged) onChanged(answer.tags);
    });
    return {
      ...load,
      tags,
      isBusy: change.isBusy,
      add: (/** @type {any} */ tag) => change.run([...tags, tag]),
      remove: (/** @type {any} */ tag) => change.run(tags.filter((/** @type {any} */ one) => one.id !== tag.id)),
    };
  }

  /** @param {{excluded: any}} props */
  function ExcludedTagChips({ excluded }) {
    const t = kit.useText();
    if (!excluded.tags.length) return h("p", { className: "text-muted" }, t("excluded.none"));
    return h(
      "ul",
      { className: "ms-chips", "aria-label": t("excluded.title") },
      excluded.tags.map((/** @type {any} */ tag) =>
        h(
          "li",
          { key: tag.id, className: "tag-item badge badge-secondary" },
          tag.name,
          h(Bootstrap.Button, { variant: "secondary", size: "sm", disabled: excluded.isBusy, title: t("excluded.remove", { name: tag.name }), "aria-label": t("excluded.remove", { name: tag.name }), onClick: () => excluded.remove(tag) }, h(kit.Icon, { name: "faTimes" })),
        ),
      ),
    );
  }

  /** @param {{found: any, excluded: any, text: string}} props */
  function TagHits({ found, excluded, text }) {
    const t = kit.useText();
    if (!text) return null;
    if (found.error || !found.data) return h(kit.Pending, { load: found });
    const known = new Set(excluded.tags.map((/** @type {any} */ tag) => tag.id));
    const choices = found.data.tags.filter((/** @type {any} */ tag) => !known.has(tag.id));
    if (!choices.length) return h("p", { className: "text-muted", role: "status" }, t("excluded.no_match", { text }));
    return h(
      "div",
      { className: "ms-chips", role: "group", "aria-label": t("excluded.choices") },
      choices.map((/** @type {any} */ tag) =>
        h(Bootstrap.Button, { key: tag.id, size: "sm", variant: "secondary", disabled: excluded.isBusy, onClick: () => excluded.add(tag), "aria-label": t("excluded.add", { name: tag.name }) }, h(kit.Icon, { name: "faPlus" }), h("span", null, tag.name)),
      ),
    );
  }

  /** Show a search for tags of one box. @param {{id: string, excluded: any, boxes: any[]}} props */
  function TagSearch({ id, excluded, boxes }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const [text, setText] = useState("");
    const [endpoint, setEndpoint] = useState(boxes[0].endpoint);
    const isAsking = text.trim() !== "";
    const found = kit.useLoad(`tags:${endpoint}:${text}`, (signal) => (isAsking ? ui.operation("search_tags", { endpoint, text }, { signal }) : Promise.resolve({ tags: [] })));
    const search = useCallback((/** @type {string} */ value) => setText(value), []);
    return h(
      React.Fragment,
      null,
      h(
        "div",
        { className: "sbk-filters ms-tag-search" },
        h(kit.Field, { id, label: t("excluded.search"), type: "search", value: text, placeholder: t("excluded.placeholder"), onChange: search }),
        boxes.length > 1 && h(kit.Picker, { id: `${id}-box`, label: t("filter.box"), value: endpoint, choices: boxes.map((box) => ({ value: box.endpoint, label: box.name })), onChange: setEndpoint }),
      ),
      h(TagHits, { found, excluded, text: isAsking ? text.trim() : "" }),
    );
  }

  /** Show the excluded tags, and a search that adds more. @param {{id: string, excluded: any}} props */
  function TagPicker({ id, excluded }) {
    const boxes = kit.useLoad("boxes", async (signal) => (await kit.graphql(BOXES_QUERY, {}, { signal })).configuration.general.stashBoxes);
    const broken = [excluded, boxes].find((load) => load.error);
    if (broken) return h(kit.ErrorBox, { error: broken.error, onRetry: broken.reload });
    if (!excluded.data || !boxes.data) return h(kit.Loading);
    const search = boxes.data.length ? h(TagSearch, { id, excluded, boxes: boxes.data }) : h(kit.NoBoxes);
    return h("div", { className: "ms-tags" }, h(ExcludedTagChips, { excluded }), search);
  }

  /** Show the picker in a dialog; the filter bar opens it. @param {{onClose: () => void, onChanged: () => void}} props `onChanged`: called on closing after a change */
  function ExcludedTagsDialog({ onClose, onChanged }) {
    const t = kit.useText();
    const [isChanged, setChanged] = useState(false);
    const excluded = useExcludedTags(() => setChanged(true));
    const close = () => {
      onClose();
      if (isChanged) onChanged();
    };
    const done = h(Bootstrap.Button, { variant: "primary", disabled: excluded.isBusy, onClick: close }, t("excluded.done"));
    return h(kit.Dialog, { title: t("excluded.title"), onClose: close, footer: done, isBusy: excluded.isBusy }, h("p", null, t("excluded.text")), h(TagPicker, { id: "ms-excluded-search", excluded }));
  }

  /** Show the picker as the field of the setting excludedTags; start.js registers it. @param {StashBundle.FieldProps} props */
  function ExcludedTagsField({ id, save }) {
    const excluded = useExcludedTags((tags) => save(tags.map((tag) => tag.id).join(", ") || null));
    return h(TagPicker, { id, excluded });
  }

  Object.assign(missing, { useExcludedTags, TagPicker, ExcludedTagsDialog, ExcludedTagsField });
})();
