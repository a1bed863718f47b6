// The growing list: asks page by page, keeps what it has when a page fails, and says what it knows.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { missing, React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const { useCallback, useEffect, useRef, useState } = React;
  // "Load all" stops here: a page of more cards is slow, and nobody reads it.
  const MOST_CARDS = 2000;

  /**
   * The list for one question. A new question starts a new list; what still comes in for the old one is dropped.
   * @param {StashBundle.Ui} ui
   * @param {StashBundle.Values} question
   */
  function useMissingList(ui, question) {
    const key = JSON.stringify(question);
    const [state, setState] = useState(/** @type {any} */ ({ key, list: missing.EMPTY, error: null, isLoading: true }));
    const abort = useRef(/** @type {AbortController | null} */ (null));

    const load = useCallback(
      async (/** @type {any} */ list) => {
        if (abort.current) abort.current.abort();
        const control = new AbortController();
        abort.current = control;
        const settle = (/** @type {any} */ part) => control.signal.aborted || setState({ key, list, error: null, isLoading: false, ...part });
        setState({ key, list, error: null, isLoading: true });
        const cursor = list.answer ? list.answer.cursor : null;
        try {
          const answer = await ui.operation("find_missing", { ...JSON.parse(key), ...(cursor ? { cursor } : {}) }, { signal: control.signal });
          settle({ list: missing.addAnswer(list, answer) });
        } catch (error) {
          settle({ error });
        }
      },
      [ui, key],
    );

    useEffect(() => {
      load(missing.EMPTY);
      return () => abort.current?.abort();
    }, [load]);

    const current = state.key === key ? state : { key, list: missing.EMPTY, error: null, isLoading: true };
    const { list } = current;
    const more = useCallback(() => load(list), [load, list]);
    const rest = useLoadAll(current, more);
    const edit = (/** @type {(list: any) => any} */ change) => setState((/** @type {any} */ old) => (old.key === key ? { ...old, list: change(old.list) } : old));
    return {
      ...current,
      ...rest,
      more,
      reload: useCallback(() => load(missing.EMPTY), [load]),
      change: (/** @type {string[]} */ ids, /** @type {any} */ part) => edit((one) => missing.changeScenes(one, ids, part)),
      drop: (/** @type {string} */ id) => edit((one) => missing.dropScene(one, id)),
    };
  }

  /**
   * Loads page after page until the end, a failure, or somebody stops it.
   * @param {any} current
   * @param {() => void} more
   */
  function useLoadAll(current, more) {
    const [loadingKey, setLoadingKey] = useState("");
    const { answer, scenes } = current.list;
    const isLoadingAll = loadingKey === current.key && scenes.length < MOST_CARDS && missing.hasMore(answer) && !current.error;
    const isNext = isLoadingAll && !current.isLoading && answer.state === "more";
    useEffect(() => {
      if (isNext) more();
    }, [isNext, more]);
    return {
      isLoadingAll,
      loadAll: () => setLoadingKey(current.key),
      stopLoading: () => setLoadingKey(""),
    };
  }

  /** Goes on by itself when the box's pause is over. @param {{seconds: number, box: string, onEnd: () => void}} props */
  function Waiting({ seconds, box, onEnd }) {
    const t = kit.useText();
    const [left, setLeft] = useState(Math.max(1, Math.ceil(seconds)));
    const end = useRef(onEnd);
    end.current = onEnd;
    useEffect(() => {
      const deadline = Date.now() + left * 1000;
      return kit.clock.every(1, () => {
        const rest = Math.ceil((deadline - Date.now()) / 1000);
        setLeft(Math.max(rest, 0));
        if (rest <= 0) end.current();
      });
      // eslint-disable-next-line react-hooks/exhaustive-deps -- the deadline is set once, when the pause begins
    }, []);
    return h(kit.Notice, { level: "warning" }, t("list.waiting", { box, seconds: left }));
  }

  /** Why scenes are hidden; where something can be done about it, the reason leads there. @param {{hidden: any, onReason: any}} props */
  function HiddenReasons({ hidden, onReason }) {
    const t = kit.useText();
    const reasons = missing.listHidden(hidden).map((/** @type {any} */ [reason, count]) => {
      const text = t(`hidden.${reason}`, { count });
      const act = onReason && onReason[reason];
      if (!act) return h("span", { key: reason }, text);
      return h(Bootstrap.Button, { key: reason, variant: "link", size: "sm", className: "ms-reason", title: t(`hidden.${reason}.open`), onClick: act }, text);
    });
    return h("small", { className: "ms-reasons" }, reasons);
  }

  /** @param {{figures: any, isPart: boolean, box: string, onReason?: any}} props `isPart`: the box has more of this than it lists here */
  function Figures({ figures, isPart, box, onReason }) {
    const t = kit.useText();
    const hiddenCount = missing.countHidden(figures.hidden);
    return h(
      "div",
      { className: "ms-figures", role: "status" },
      h("strong", null, t("figures.missing", { count: figures.missing })),
      h("span", null, t("figures.owned", { count: figures.owned })),
      hiddenCount > 0 && h("span", null, t("figures.hidden", { count: hiddenCount }), " ", h(HiddenReasons, { hidden: figures.hidden, onReason })),
      h("span", null, t(isPart ? "figures.total.part" : "figures.total", { count: figures.total, box })),
      figures.scanned < figures.total && h("span", { className: "text-muted" }, t("figures.scanned", { count: figures.scanned, total: figures.total })),
    );
  }

  /** What an answer without scenes means; never "nothing is missing" unless everything was looked at. @param {{answer: any}} props */
  function NoScenes({ answer }) {
    const t = kit.useText();
    const { figures } = answer;
    const box = answer.box ? answer.box.name : "";
    if (!missing.isComplete(answer)) return h(kit.Empty, { title: t("list.so_far"), text: answer.message });
    const hidden = missing.countHidden(figures.hidden);
    if (hidden) return h(kit.Empty, { icon: "faFilter", title: t("list.none.filtered"), text: answer.message || t("list.none.filtered.text", { hidden }) });
    if (!answer.lists_all) return h(kit.Empty, { icon: "faCheck", title: t("list.none.part"), text: t("list.none.part.text", { box }) });
    if (!figures.total) return h(kit.Empty, { icon: "faInbox", title: t("list.none.box", { box }), text: answer.message });
    return h(kit.Empty, { icon: "faCheck", title: t("list.none"), text: t("list.none.text", { total: figures.total, box }) });
  }

  /** What the box's last answer asks for: a pause, another try, the next page. @param {{found: any, box: string}} props */
  function Continuation({ found, box }) {
    const t = kit.useText();
    const { answer, scenes } = found.list;
    if (answer.state === "waiting") return h(Waiting, { key: answer.cursor, seconds: answer.retry_after || 1, box, onEnd: found.more });
    if (answer.state === "partial" || answer.state === "failed") return h(Trouble, { answer, onRetry: found.more });
    if (missing.hasMore(answer)) return h(MoreButtons, { found });
    return scenes.length > 0 ? h("p", { className: "text-muted text-center" }, t(answer.lists_all ? "list.all" : "list.all.part")) : null;
  }

  /** @param {{found: any}} props */
  function MoreButtons({ found }) {
    const t = kit.useText();
    const { answer, scenes } = found.list;
    return h(
      "div",
      { className: "ms-more" },
      h(kit.ActionButton, { onClick: found.more }, t("list.more")),
      scenes.length < MOST_CARDS && h(kit.ActionButton, { variant: "link", onClick: found.loadAll, title: t("list.all.title", { most: MOST_CARDS }) }, t("list.load_all")),
      h("span", { className: "text-muted" }, answer.message),
    );
  }

  /** Asking for the next page; all pages can be stopped. @param {{found: any, box: string}} props */
  function Asking({ found, box }) {
    const t = kit.useText();
    const { answer } = found.list;
    const text = answer && answer.message ? `${t("list.loading", { box })} ${answer.message}` : t("list.loading", { box });
    return h(
      "div",
      { className: "ms-more" },
      h(kit.Loading, { text: box ? text : t("list.loading.first") }),
      found.isLoadingAll && h(Bootstrap.Button, { size: "sm", variant: "secondary", onClick: found.stopLoading }, t("task.cancel")),
    );
  }

  /** The end of the list: loading, failed, or what comes next. @param {{found: any, box: string}} props */
  function ListEnd({ found, box }) {
    if (found.isLoading) return h(Asking, { found, box });
    if (found.error) return h(kit.ErrorBox, { error: found.error, onRetry: found.more });
    return h(Continuation, { found, box });
  }

  /** A page that failed: what was reached stays, and Retry goes on from there. @param {{answer: any, onRetry: () => void}} props */
  function Trouble({ answer, onRetry }) {
    const t = kit.useText();
    return h(
      kit.Notice,
      { level: "danger", title: answer.state === "partial" ? t("list.partial") : undefined },
      h("div", null, answer.message),
      answer.next_step && h("div", { className: "sbk-next-step" }, answer.next_step),
      h("div", { className: "sbk-actions" }, h(kit.ActionButton, { size: "sm", onClick: onRetry }, t("list.retry"))),
    );
  }

  /** Why there is no list at all, with the next step. @param {{answer: any, onRetry: () => void}} props */
  function NoList({ answer, onRetry }) {
    const t = kit.useText();
    return h(kit.Empty, { icon: "faUnlink", title: answer.message, text: answer.next_step }, h(kit.ActionButton, { size: "sm", onClick: onRetry }, t("state.retry")));
  }

  const LISTING = ["complete", "more", "partial", "waiting"];

  /** What was found, with its figures. @param {{found: any, onReason?: any}} props */
  function Found({ found, onReason }) {
    const t = kit.useText();
    const { answer, scenes } = found.list;
    const { box, entity } = answer;
    return h(
      React.Fragment,
      null,
      h(Figures, { figures: answer.figures, isPart: !answer.lists_all, box: box.name, onReason }),
      !box.has_whisparr && box.whisparr_hint && h("p", { className: "text-muted small" }, box.whisparr_hint),
      h(missing.SceneGrid, { scenes, box, entity, label: t("list.label"), isPart: missing.hasMore(answer), onChange: found.change, onDrop: found.drop, onStale: found.reload }),
      !scenes.length && !found.isLoading && h(NoScenes, { answer }),
    );
  }

  /** The whole list, or why there is none. @param {{found: any, onReason?: any}} props `onReason`: what to do about scenes hidden for a reason */
  function MissingList({ found, onReason }) {
    const { list, isLoading } = found;
    const { answer } = list;
    if (!answer) return h(ListEnd, { found, box: "" });
    const isListing = LISTING.includes(answer.state);
    const isImpossible = !isListing && answer.state !== "failed";
    if (isImpossible && !isLoading) return h(NoList, { answer, onRetry: found.reload });
    return h(
      React.Fragment,
      null,
      (answer.notices || []).map((/** @type {string} */ notice) => h(kit.Notice, { key: notice, level: "info" }, notice)),
      isListing && h(Found, { found, onReason }),
      h(ListEnd, { found, box: answer.box ? answer.box.name : "" }),
    );
  }

  Object.assign(missing, { useMissingList, MissingList });
})();
