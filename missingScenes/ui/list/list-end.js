// The end of the list: loading, a failed page, a pause of the box, or the next page.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { missing, React, h } = kit;
  const { Bootstrap } = kit.api.libraries;
  const { useEffect, useRef, useState } = React;

  /** Show the seconds left of a box's pause, and call `onEnd` after it. @param {{seconds: number, box: string, onEnd: () => void}} props */
  function PauseNotice({ seconds, box, onEnd }) {
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

  /** Show what comes after the last answer: a pause, a retry, the next page, or the end. @param {{found: any, box: string}} props */
  function NextStep({ found, box }) {
    const t = kit.useText();
    const { answer, scenes } = found.list;
    if (answer.state === "waiting") return h(PauseNotice, { key: answer.cursor, seconds: answer.retry_after || 1, box, onEnd: found.more });
    if (answer.state === "partial" || answer.state === "failed") return h(FailedPage, { answer, onRetry: found.more });
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
      scenes.length < missing.MOST_CARDS && h(kit.ActionButton, { variant: "link", onClick: found.loadAll, title: t("list.all.title", { most: missing.MOST_CARDS }) }, t("list.load_all")),
      h("span", { className: "text-muted" }, answer.message),
    );
  }

  /** Show that a page is loading, with a stop button while all pages are loaded. @param {{found: any, box: string}} props */
  function PageLoading({ found, box }) {
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

  /** Show the end of the list: loading, an error, or the next step. @param {{found: any, box: string}} props */
  function ListEnd({ found, box }) {
    if (found.isLoading) return h(PageLoading, { found, box });
    if (found.error) return h(kit.ErrorBox, { error: found.error, onRetry: found.more });
    return h(NextStep, { found, box });
  }

  /** Show the error of a page; its retry goes on where the list ends. @param {{answer: any, onRetry: () => void}} props */
  function FailedPage({ answer, onRetry }) {
    const t = kit.useText();
    return h(
      kit.Notice,
      { level: "danger", title: answer.state === "partial" ? t("list.partial") : undefined },
      h("div", null, answer.message),
      answer.next_step && h("div", { className: "sbk-next-step" }, answer.next_step),
      h("div", { className: "sbk-actions" }, h(kit.ActionButton, { size: "sm", onClick: onRetry }, t("list.retry"))),
    );
  }

  Object.assign(missing, { ListEnd });
})();
