// The review: per performer or site what is yours beside what each box says, why it is written or not, and a tick for each.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { performers, React, h } = kit;
  const { Bootstrap, ReactRouterDOM } = kit.api.libraries;
  const { useRef, useState } = React;
  const { core } = performers;
  const PAGE_SIZE = 10;
  const KEEPS = { keeps: true };
  const FIXED = ["parent_id", "stash_ids"]; // these are linked, not copied

  /** One value in the table. @param {{field: string, value: any, label: string}} props */
  function Value({ field, value, label }) {
    const t = kit.useText();
    if (field === "image" && value) return h(performers.Picture, { src: String(value), alt: label });
    const text = performers.showValue(t, field, value);
    return text === null ? h("span", { className: "text-muted" }, t("value.empty")) : h("span", { className: "sbk-value" }, text);
  }

  /** What would become of a field, with a tick per change. @param {{item: any, field: any, isOpen: boolean, onTick: (changes: any[], isOn: boolean) => void}} props */
  function Fate({ item, field, isOpen, onTick }) {
    const t = kit.useText();
    const name = performers.nameField(t, field.field);
    const rule = field.policy ? t("review.rule", { rule: performers.namePolicy(t, field.field, field.policy) }) : "";
    return h(
      React.Fragment,
      null,
      (field.changes || []).map((/** @type {any} */ change) => {
        const value = performers.showValue(t, field.field, change.action === "remove" ? change.before : change.after) || "";
        const label = `${item.label}, ${name}: ${value}`;
        const canTick = isOpen && change.outcome === "planned";
        return h(
          "div",
          { key: change.id, className: "ps-change" },
          canTick && h(kit.SelectBox, { label, isOn: change.selected, onChange: (/** @type {boolean} */ isOn) => onTick([change], isOn) }),
          h("span", null, t(`change.${change.action}`, { value: field.field === "image" ? t("value.picture") : value })),
          change.outcome !== "planned" && h("span", { className: "text-muted small" }, ` ${t(`outcome.${change.outcome}`)}${change.message ? `: ${change.message}` : ""}`),
        );
      }),
      field.why && h("div", { className: "text-muted small" }, field.why),
      field.lock && h("div", { className: "small ps-state" }, h(kit.Icon, { name: "faLock" }), t(`lock.${field.lock}`)),
      !field.lock && rule && h("div", { className: "text-muted small" }, rule),
    );
  }

  /** What a box says, and taking it over what is there. @param {{item: any, field: any, offer: any, onTaken: () => void}} props */
  function Offer({ item, field, offer, onTaken }) {
    const ui = kit.useUi();
    const t = kit.useText();
    if (!offer) return null;
    const name = performers.nameField(t, field.field);
    const isSame = field.field !== "image" && performers.showValue(t, field.field, offer.value) === performers.showValue(t, field.field, field.value);
    const isPlanned = (field.changes || []).some((/** @type {any} */ one) => one.outcome === "planned" && one.source === offer.endpoint);
    const canTake = item.local && !isSame && !isPlanned && !FIXED.includes(field.field);
    const take = async () => {
      kit.toast.success(`${name}: ${(await ui.operation("take_value", { kind: item.item.kind, id: item.item.id, field: field.field, endpoint: offer.endpoint })).message}`);
      performers.forgetEntities();
      onTaken();
    };
    return h(
      React.Fragment,
      null,
      h(Value, { field: field.field, value: offer.value, label: offer.box }),
      canTake && h(kit.ActionButton, { size: "sm", variant: "link", className: "ps-take", title: t("review.take.text"), "aria-label": t("review.take.label", { field: name, box: offer.box }), onClick: take }, t("review.take")),
    );
  }

  /** @param {{item: any, isOpen: boolean, onTick: (changes: any[], isOn: boolean) => void, onTaken: () => void}} props */
  function Fields({ item, isOpen, onTick, onTaken }) {
    const t = kit.useText();
    const boxes = item.sources.map((/** @type {any} */ one) => one.box);
    const offerOf = (/** @type {any} */ field, /** @type {string} */ box) => (field.offers || []).find((/** @type {any} */ one) => one.box === box);
    const columns = [
      { key: "field", title: t("history.field"), className: "ps-field", render: (/** @type {any} */ field) => performers.nameField(t, field.field) },
      { key: "value", title: t("review.yours"), render: (/** @type {any} */ field) => h(Value, { field: field.field, value: field.value, label: t("review.yours") }) },
      ...boxes.map((/** @type {string} */ box) => ({
        key: `at ${box}`,
        title: box,
        render: (/** @type {any} */ field) => h(Offer, { item, field, offer: offerOf(field, box), onTaken }),
      })),
      { key: "fate", title: t("review.fate"), className: "ps-fate", render: (/** @type {any} */ field) => h(Fate, { item: item.item, field, isOpen, onTick }) },
    ];
    return h(kit.Table, { caption: item.item.label, columns, rows: item.fields, keyOf: (/** @type {any} */ field) => field.field });
  }

  /** The record of each box, so that one sees that it is the same person. @param {{item: any}} props */
  function Faces({ item }) {
    const t = kit.useText();
    const faces = [{ ...item.local, box: null }, ...item.sources.map((/** @type {any} */ one) => ({ ...one, kind: item.item.kind, evidence: one.state === "found" ? [] : [t(`remote.${one.state}`)] }))];
    return h("div", { className: "ps-people" }, faces.map((one, index) => h(performers.PersonCard, { key: index, person: one })));
  }

  /** @param {{item: any, isOpen: boolean, onTick: (item: any, changes: any[], isOn: boolean) => void, onTaken: () => void}} props */
  function ReviewItem({ item, isOpen, onTick, onTaken }) {
    const t = kit.useText();
    const { label } = item.item;
    const ticks = core.describeTicks(core.listChanges(item));
    const tick = (/** @type {any[]} */ changes, /** @type {boolean} */ isOn) => onTick(item, changes, isOn);
    const isShown = item.outcome && item.outcome !== "planned";
    return h(
      "section",
      { className: "ps-panel", "aria-label": label },
      h(
        "div",
        { className: "ps-item-head" },
        isOpen && ticks.open.length > 0 && h(kit.SelectBox, { label: t("review.tick_item", { name: label }), isOn: ticks.state === "all", isMixed: ticks.state === "some", onChange: (/** @type {boolean} */ isOn) => tick(ticks.open, isOn) }),
        h("h4", null, h(performers.EntityLink, { kind: item.item.kind, id: item.item.id }, label)),
        isShown && h(Bootstrap.Badge, { variant: "secondary" }, t(`outcome.${item.outcome}`)),
      ),
      item.message && h("p", { className: "text-muted" }, item.message),
      h(Faces, { item }),
      item.fields.length > 0 && h(Fields, { item, isOpen, onTick: tick, onTaken }),
    );
  }

  /**
   * The ticks: shown at once, kept by the plugin one after the other.
   * @param {StashBundle.Loaded} review
   */
  function useTicks(review) {
    const ui = kit.useUi();
    const queue = useRef(Promise.resolve());
    const save = kit.useAction(async (/** @type {any} */ args) => {
      try {
        await ui.operation("plan_select", args);
      } catch (error) {
        review.reload();
        throw error;
      }
    });
    const send = (/** @type {any} */ args) => {
      queue.current = queue.current.then(() => save.run({ plan_id: review.data.plan_id, ...args }));
      return queue.current;
    };
    const tick = (/** @type {any} */ item, /** @type {any[]} */ changes, /** @type {boolean} */ isOn) => {
      const only = new Set(changes.filter((one) => one.selected !== isOn).map((one) => String(one.id)));
      const items = review.data.items.map((/** @type {any} */ one) => (one === item ? core.tickChanges(one, only, isOn) : one));
      review.setData({ ...review.data, items, selected: review.data.selected + (isOn ? only.size : -only.size) });
      void send({ selected: isOn, only: [...only] });
    };
    const tickAll = async (/** @type {boolean} */ isOn) => {
      await send({ selected: isOn });
      review.reload();
    };
    return { tick, tickAll };
  }

  /** @param {{data: any, ticks: any, onApply: () => void}} props */
  function ReviewBar({ data, ticks, onApply }) {
    const t = kit.useText();
    return h(
      "div",
      { className: "sbk-selection-bar ps-review-bar" },
      h("span", { role: "status" }, t("plan.ticked", { count: data.selected, total: data.changes })),
      h(kit.ActionButton, { size: "sm", className: "minimal", disabled: data.selected === data.changes, onClick: () => ticks.tickAll(true) }, t("plan.tick_all")),
      h(kit.ActionButton, { size: "sm", className: "minimal", disabled: data.selected === 0, onClick: () => ticks.tickAll(false) }, t("plan.tick_none")),
      h(Bootstrap.Button, { variant: "primary", disabled: data.selected === 0, onClick: onApply }, t("plan.apply", { count: data.selected })),
    );
  }

  /** Ticks for a whole field, on all pages. @param {{planId: string, version: number, onTicked: () => void}} props */
  function WholeFields({ planId, version, onTicked }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const found = kit.useLoad(`fields ${planId} ${version}`, (signal) => ui.operation("review_fields", { plan_id: planId }, { signal }), KEEPS);
    const tick = async (/** @type {string} */ field, /** @type {boolean} */ selected) => {
      found.setData(await ui.operation("review_tick", { plan_id: planId, field, selected }));
      onTicked();
    };
    if (found.error) return h(kit.ErrorBox, { error: found.error, onRetry: found.reload });
    const button = (/** @type {any} */ row) => {
      const isOn = row.selected > 0;
      const label = t(isOn ? "review.whole.off" : "review.whole.on", { field: performers.nameField(t, row.field), count: row.count });
      return h(kit.ActionButton, { key: row.field, size: "sm", variant: isOn ? "primary" : "secondary", "aria-pressed": isOn, "aria-label": label, title: label, onClick: () => tick(row.field, !isOn) }, `${performers.nameField(t, row.field)} ${row.selected}/${row.count}`);
    };
    return h("div", { className: "ps-chips mb-3", role: "group", "aria-label": t("review.whole") }, h("span", { className: "text-muted small" }, t("review.whole")), (found.data ? found.data.fields : []).map(button));
  }

  /** What applying came to. @param {{run: StashBundle.Run, onUndone: () => void}} props */
  function Applied({ run, onUndone }) {
    const t = kit.useText();
    return h(
      kit.Notice,
      { level: kit.chooseLevel(run.state), title: t(`task.phase.${run.state}`) },
      h(performers.Sum, { totals: run.totals }),
      run.message && h("div", null, run.message),
      h("div", { className: "sbk-actions" }, h(kit.UndoButton, { run, onDone: onUndone })),
    );
  }

  /** Applies what is ticked: at once when it is little, else as a task. @param {StashBundle.Loaded} review */
  function useApply(review) {
    const ui = kit.useUi();
    const [run, setRun] = useState(/** @type {any} */ (null));
    const planId = review.data ? review.data.plan_id : "";
    const finish = () => {
      performers.forgetEntities();
      review.reload();
    };
    const task = kit.useTask(`review-${planId}`, { onEnd: finish });
    const apply = async () => {
      const answer = await ui.operation("plan_apply", { plan_id: planId });
      if (answer.job_id) return task.adopt({ jobId: answer.job_id, runToken: answer.run_token, title: review.data.title });
      setRun(answer.run);
      return finish();
    };
    return { run, task, apply };
  }

  /** Whether a task applies the plan, or has just done so and the page is about to say it. @param {StashBundle.TaskState} task @param {StashBundle.Loaded} review */
  function isApplying(task, review) {
    return task.isActive || (Boolean(task.run) && review.isLoading);
  }

  /** @param {{planId: string | null, kind?: string}} props */
  function ReviewPanel({ planId, kind }) {
    const ui = kit.useUi();
    const t = kit.useText();
    const locale = kit.useLocale();
    const [page, setPage] = useState(1);
    const [isAsking, setAsking] = useState(false);
    const query = { ...(planId && { plan_id: planId }), ...(kind && { kind }), page, page_size: PAGE_SIZE };
    const review = kit.useLoad(JSON.stringify(query), (signal) => ui.operation("review", query, { signal }), KEEPS);
    const ticks = useTicks(review);
    const { run, task, apply } = useApply(review);
    const render = (/** @type {any} */ data) => {
      if (!data.plan_id) return h(kit.Empty, { icon: "faEye", title: t("review.none"), text: t("review.none.text") }, h(performers.TabLink, { tab: "sync" }, t("attention.go.sync")));
      const isOpen = data.state === "open" && !isApplying(task, review);
      return h(
        React.Fragment,
        null,
        h("p", { className: "text-muted" }, t("review.head", { title: data.title, moment: kit.formatMoment(data.made_at, locale), count: data.count })),
        run && h(Applied, { run, onUndone: review.reload }),
        h(kit.TaskProgress, { task }, h(performers.Outcome, { task, onUndone: review.reload })),
        isOpen && data.changes > 0 && h(ReviewBar, { data, ticks, onApply: () => setAsking(true) }),
        isOpen && data.count > 1 && h(WholeFields, { planId: data.plan_id, version: data.selected, onTicked: review.reload }),
        data.count === 0 && h(kit.Empty, { title: t("review.nothing"), text: t("review.nothing.text") }),
        data.items.map((/** @type {any} */ item) => h(ReviewItem, { key: `${item.item.kind} ${item.item.id}`, item, isOpen, onTick: ticks.tick, onTaken: review.reload })),
        h(kit.Pager, { page, size: PAGE_SIZE, total: data.count, onPage: setPage }),
        isAsking && h(kit.ConfirmDialog, { title: t("plan.apply_title"), confirmText: t("plan.confirm"), onConfirm: apply, onClose: () => setAsking(false) }, h("p", null, t("plan.apply_text", { count: data.selected })), h("p", { className: "text-muted" }, t("plan.undo_hint"))),
      );
    };
    return h(performers.Found, { found: review, children: render });
  }

  function Review() {
    const t = kit.useText();
    const { search } = ReactRouterDOM.useLocation();
    const planId = new URLSearchParams(search).get("plan");
    const [kind, setKind] = useState("performer");
    if (planId) return h(ReviewPanel, { key: planId, planId });
    const choices = ["performer", "studio"].map((value) => ({ value, label: t(`report.${value}`) }));
    return h(
      React.Fragment,
      null,
      h("div", { className: "sbk-filters" }, h(kit.Picker, { id: "ps-review-kind", label: t("review.newest"), value: kind, choices, onChange: setKind })),
      h(ReviewPanel, { key: kind, planId: null, kind }),
    );
  }

  Object.assign(performers, { Review, ReviewPanel });
})();
