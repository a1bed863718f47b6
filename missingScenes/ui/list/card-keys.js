// The keyboard on the cards: arrows move the focus, letters press the buttons of the focused card.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { missing, React } = kit;
  const { useEffect, useLayoutEffect, useRef } = React;

  /** All cards that the page or dialog around these shows, in groups. @param {HTMLElement} grid */
  function listGrids(grid) {
    const ours = grid.closest(".sbk");
    return /** @type {HTMLElement[]} */ (ours ? [...ours.querySelectorAll(".sbk-grid")] : [grid]);
  }

  /**
   * Whether keys mean these cards: the focus is on them, or on our page or dialog around them or nowhere in particular, where
   * the first group answers. Another dialog in front, Stash's own bars, and tabs, which have their own arrows, keep theirs.
   * @param {HTMLElement} grid
   * @param {EventTarget | null} target
   */
  function isForGrid(grid, target) {
    if (!(target instanceof HTMLElement)) return false;
    const ours = grid.closest(".sbk");
    const isAround = target.contains(grid) || Boolean(ours && ours.contains(target) && !target.closest('[role="tablist"]'));
    return isAround && (grid.contains(target) || (!target.closest(".sbk-grid") && listGrids(grid)[0] === grid));
  }

  /** The place of the card that has the focus, -1 for none. @param {HTMLElement} grid */
  function findCurrent(grid) {
    return [...grid.children].findIndex((card) => card.contains(document.activeElement));
  }

  /** The card of the next or former group that an arrow reaches over the edge. @param {HTMLElement} grid @param {string} key */
  function findNeighborCard(grid, key) {
    const grids = listGrids(grid);
    const step = missing.chooseGroupStep(key);
    const beyond = step && grids[grids.indexOf(grid) + step];
    const card = beyond && (step > 0 ? beyond.firstElementChild : beyond.lastElementChild);
    return card instanceof HTMLElement ? card : null;
  }

  /** @param {HTMLElement} grid @param {any} command @param {number} index */
  function moveFocus(grid, command, index) {
    const cards = /** @type {HTMLElement[]} */ ([...grid.children]);
    const next = missing.moveIndex(command.key, index, cards.length, missing.countColumns(cards.map((card) => card.offsetTop)));
    if (next < 0) return -1;
    const beyond = next === index && !command.isRange ? findNeighborCard(grid, command.key) : null;
    (beyond || cards[next]).focus();
    return next;
  }

  /**
   * Presses what the card names in `aria-keyshortcuts`, so that a key does exactly what the button does.
   * @param {Element | undefined} card
   * @param {string} key
   */
  function pressButton(card, key) {
    const button = card && card.querySelector(`[aria-keyshortcuts="${key}"]`);
    if (button instanceof HTMLElement) button.click();
    return Boolean(button);
  }

  /**
   * What a command does; false when it does nothing here, so that Stash may use the key.
   * @param {HTMLElement} grid
   * @param {any} command
   * @param {any} tools
   */
  function runCommand(grid, command, { ids, selection, onOpen, onHelp }) {
    const index = findCurrent(grid);
    const id = ids[index];
    if (command.kind === "help") onHelp();
    else if (command.kind === "move") {
      const next = moveFocus(grid, command, index);
      if (command.isRange && id !== undefined && next >= 0) {
        selection.change(id, true, false);
        selection.change(ids[next], true, true);
      }
      return next >= 0;
    } else if (id === undefined) return false;
    else if (command.kind === "press") return pressButton(grid.children[index], command.key);
    else if (command.kind === "open") onOpen(id);
    else selection.change(id, !selection.selected.has(id), command.isRange);
    return true;
  }

  /**
   * When the card that has the focus leaves the list, the one in its place gets it: who works through a list by keyboard
   * need not begin anew.
   * @param {{current: HTMLElement | null}} grid
   * @param {string} key changes with the cards
   */
  function useKeptFocus(grid, key) {
    const place = useRef(-1);
    useEffect(() => {
      const node = grid.current;
      if (!node) return undefined;
      const note = () => void (place.current = findCurrent(node));
      // Without another place the focus went because its card did.
      const leave = (/** @type {FocusEvent} */ event) => void (event.relatedTarget && (place.current = -1));
      node.addEventListener("focusin", note);
      node.addEventListener("focusout", leave);
      return () => {
        node.removeEventListener("focusin", note);
        node.removeEventListener("focusout", leave);
      };
    }, [grid]);
    useLayoutEffect(() => {
      const cards = grid.current ? grid.current.children : [];
      const next = cards[Math.min(place.current, cards.length - 1)];
      if (next instanceof HTMLElement && document.activeElement === document.body) next.focus();
    }, [grid, key]);
  }

  /**
   * Listens for keys while the cards are shown. In front of Stash's own shortcuts, which would act on the page behind.
   * @param {{ids: string[], selection: StashBundle.Selection, onOpen: (id: string) => void, onHelp: () => void}} tools
   */
  function useCardKeys(tools) {
    const grid = useRef(/** @type {HTMLElement | null} */ (null));
    const latest = useRef(tools);
    latest.current = tools;
    useKeptFocus(grid, tools.ids.join(" "));
    useEffect(() => {
      const hear = (/** @type {KeyboardEvent} */ event) => {
        if (!grid.current || !isForGrid(grid.current, event.target)) return;
        const command = missing.readKey(event);
        if (!command || !runCommand(grid.current, command, latest.current)) return;
        event.preventDefault();
        event.stopPropagation();
      };
      document.addEventListener("keydown", hear, true);
      return () => document.removeEventListener("keydown", hear, true);
    }, []);
    return grid;
  }

  /** In the details the same letters press the same buttons, and the arrows go from scene to scene. */
  function useDetailKeys() {
    useEffect(() => {
      const hear = (/** @type {KeyboardEvent} */ event) => {
        const dialog = event.target instanceof Element ? event.target.closest(".modal") : null;
        const command = dialog && dialog.querySelector(".ms-details") ? missing.readKey(event) : null;
        if (!command || !["move", "press"].includes(command.kind) || !pressButton(/** @type {Element} */ (dialog), command.key)) return;
        event.preventDefault();
        event.stopPropagation();
      };
      document.addEventListener("keydown", hear, true);
      return () => document.removeEventListener("keydown", hear, true);
    }, []);
  }

  Object.assign(missing, { useCardKeys, useDetailKeys });
})();
