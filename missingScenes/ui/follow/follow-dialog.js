// The dialog that follows a performer or studio: its rules, their preview, and Unfollow.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { missing, React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const { useCallback, useState } = React;

  /** Show the buttons of the dialog. @param {{state: any, rules: any, onSave: () => unknown, onStop: () => unknown}} props */
  function FollowFooter({ state, onSave, onStop }) {
    const t = kit.useText();
    return h(
      React.Fragment,
      null,
      state.follow && h(kit.ActionButton, { variant: "secondary", onClick: onStop }, t("follow.stop")),
      h(kit.ActionButton, { variant: "primary", onClick: onSave }, t(state.follow ? "follow.save.followed" : "follow.save")),
    );
  }

  /** Show form and preview. @param {{state: any, rules: any, args: any, onRules: (part: any) => void, onBox: (endpoint: string) => void}} props */
  function FollowBody({ state, rules, args, onRules, onBox }) {
    const t = kit.useText();
    const { box, boxes, entity } = state;
    return h(
      React.Fragment,
      null,
      h("p", null, t(box.by_date ? "follow.text.by_date" : "follow.text", { box: box.name })),
      boxes.length > 1 && h("div", { className: "sbk-filters" }, h(kit.Picker, { id: "ms-follow-box", label: t("filter.box"), value: box.endpoint, choices: boxes.map((/** @type {any} */ one) => ({ value: one.endpoint, label: one.name })), onChange: onBox })),
      h("div", { className: "ms-follow" }, h(missing.RulesForm, { kind: entity.kind, rules, whisparrs: state.whisparrs, onChange: onRules }), h(missing.RulesPreview, { args })),
    );
  }

  /** Return the functions that save the rules and stop following; both tell what they did. @param {any} state @param {any} args @param {() => void} onDone */
  function useFollowActions(state, args, onDone) {
    const ui = kit.useUi();
    const t = kit.useText();
    const save = async () => {
      const { is_new: isNew } = await ui.operation("follow_entity", args);
      kit.toast.success(t(isNew ? "follow.saved" : "follow.saved.followed", { name: state.entity.name }));
      onDone();
    };
    const stop = async () => {
      await ui.operation("unfollow", { follow_id: state.follow.id });
      kit.toast.success(t("follow.stopped", { name: state.entity.name }));
      onDone();
    };
    return { save, stop };
  }

  /** Show the dialog for one performer or studio; the kit opens it from the button on Stash's page. @param {{entity: StashBundle.Entity, endpoint?: string, onClose: () => void, onChanged?: () => void}} props */
  function FollowDialog({ entity, endpoint = "", onClose, onChanged }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const [chosen, setChosen] = useState(endpoint);
    const [changes, setChanges] = useState({});
    const asked = { kind: entity.kind, entity_id: entity.id, endpoint: chosen };
    const load = kit.useLoad(JSON.stringify(asked), (signal) => ui.operation("show_follow", asked, { signal }));
    const state = load.data;
    const rules = state && { ...state.rules, ...changes };
    const args = { ...asked, rules };
    const change = useCallback((/** @type {any} */ part) => setChanges((/** @type {any} */ old) => ({ ...old, ...part })), []);
    const { save, stop } = useFollowActions(state, args, () => {
      if (onChanged) onChanged();
      onClose();
    });
    const title = state ? t(state.follow ? "follow.title.followed" : "follow.title", { name: state.entity.name }) : t("follow.open");
    const footer = state && h(FollowFooter, { state, rules, onSave: save, onStop: stop });
    return h(
      kit.Dialog,
      { title, onClose, size: "xl", footer },
      load.error || !state ? h(kit.Pending, { load, text: t("follow.loading"), shape: "form" }) : h(FollowBody, { state, rules, args, onRules: change, onBox: setChosen }),
    );
  }

  /** Show the button that opens the dialog, in the head of the list of a performer or studio. @param {{entity: any, endpoint: string}} props `entity` of an answer of `find_missing` */
  function FollowButton({ entity, endpoint }) {
    const t = kit.useText();
    const ui = kit.useUi();
    const [isOpen, setOpen] = useState(false);
    const [isFollowed, setFollowed] = useState(entity.is_followed);
    const again = async () => {
      const { follow } = await ui.operation("show_follow", { kind: entity.type, entity_id: entity.id, endpoint });
      setFollowed(Boolean(follow));
    };
    if (entity.type === "tag") return null;
    return h(
      React.Fragment,
      null,
      h(Bootstrap.Button, { size: "sm", variant: isFollowed ? "primary" : "secondary", "aria-haspopup": "dialog", onClick: () => setOpen(true) }, h(kit.Icon, { name: "faBell" }), h("span", null, t(isFollowed ? "follow.open.followed" : "follow.open"))),
      isOpen && h(FollowDialog, { entity: { kind: entity.type, id: entity.id }, endpoint, onClose: () => setOpen(false), onChanged: again }),
    );
  }

  Object.assign(missing, { FollowDialog, FollowButton });
})();
