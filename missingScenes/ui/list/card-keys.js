// The keyboard on the cards: arrows move the focus, letters press the buttons of the focused card.
(function () {
  "use strict";
  const kit = window.StashBundleKit;
  const { missing, React } = kit;
  const { useEffect, useLayoutEffect, useRef } = React;
  const isInSequence = kit.makeSequences();

  /** Return the command of a key, null for none and for a letter within a sequence of Stash's, such as "g i". @param {KeyboardEvent} event */
  function readCommand(event) {
    const command = missing.readKey(event);
    return isInSequence(event, command !== null) ? null : command;
  }

  /** Return all grids of cards in the same page or dialog. @param {HTMLElement} grid */
  function listGrids(grid) {
    const ours = grid.closest(".sbk");
    return /** @type {HTMLElement[]} */ (ours ? [...ours.querySelectorAll(".sbk-grid")] : [grid]);
  }

  /**
   * Return true if keys are meant for this grid: the focus is in it; or it is in our page or dialog outside any grid, or nowhere, and
   * this grid is the first. Other dialogs, Stash's own bars and our tabs keep their keys.
   * @param {HTMLElement} grid
   * @param {EventTarget | null} target
   */
  function isForGrid(grid, target) {
    if (!(target instanceof HTMLElement)) return false;
    const ours = grid.closest(".sbk");
    const isAround = target.contains(grid) || Boolean(ours && ours.contains(target) && !target.closest('[role="tablist"]'));
    return isAround && (grid.contains(target) || (!target.closest(".sbk-grid") && listGrids(grid)[0] === grid));
  }

  /** Return the index of the card that has the focus, -1 for none. @param {HTMLElement} grid */
  function findCurrent(grid) {
    return [...grid.children].findIndex((card) => card.contains(document.activeElement));
  }

  /** Return the card of the next or former grid that an arrow reaches over the edge. @param {HTMLElement} grid @param {string} key */
  function findNeighborCard(grid, key) {
    const grids = listGrids(grid);
    const step = missing.chooseGroupStep(key);
    const beyond = step && grids[grids.indexOf(grid) + step];
    const card = beyond && (step > 0 ? beyond.firstElementChild : beyond.lastElementChild);
    return card instanceof HTMLElement ? card : null;
  }

  /** Move the focus by an arrow and return the index of the next card, -1 for none. @param {HTMLElement} grid @param {any} command @param {number} index */
  function moveFocus(grid, command, index) {
    const cards = /** @type {HTMLElement[]} */ ([...grid.children]);
    const next = missing.moveIndex(command.key, index, cards.length, missing.countColumns(cards.map((card) => card.offsetTop)));
    if (next < 0) return -1;
    const beyond = next === index && !command.isRange ? findNeighborCard(grid, command.key) : null;
    (beyond || cards[next]).focus();
    return next;
  }

  /**
   * Click the button that names a key in `aria-keyshortcuts`, so that the key does what the button does; return false if there is none.
   * @param {Element | undefined} card
   * @param {string} key
   */
  function pressButton(card, key) {
    const button = card && card.querySelector(`[aria-keyshortcuts="${key}"]`);
    if (button instanceof HTMLElement) button.click();
    return Boolean(button);
  }

  /**
   * Run the command of a key; return false if it does nothing here, so that Stash may use the key.
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
   * Keep the focus in its place when the focused card leaves the list, so that keyboard users can go on with the next card.
   * @param {{current: HTMLElement | null}} grid
   * @param {string} key a text that changes with the cards
   */
  function useKeptFocus(grid, key) {
    const place = useRef(-1);
    useEffect(() => {
      const node = grid.current;
      if (!node) return undefined;
      const note = () => void (place.current = findCurrent(node));
      // The focus has no new target if its card was removed.
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
   * Handle keys while the cards are shown, before Stash's own shortcuts; return the ref for the grid.
   * @param {{ids: string[], selection: StashBundle.Selection, onOpen: (id: string) => void, onHelp: () => void}} tools
   */
  function useCardKeys(tools) {
    const grid = useRef(/** @type {HTMLElement | null} */ (null));
    const latest = useRef(tools);
    latest.current = tools;
    useKeptFocus(grid, tools.ids.join(" "));
    useEffect(() => {
      const onKey = (/** @type {KeyboardEvent} */ event) => {
        const command = readCommand(event);
        if (!command || !grid.current || !isForGrid(grid.current, event.target)) return;
        if (!runCommand(grid.current, command, latest.current)) return;
        event.preventDefault();
        event.stopPropagation();
      };
      document.addEventListener("keydown", onKey, true);
      return () => document.removeEventListener("keydown", onKey, true);
    }, []);
    return grid;
  }

  /** Handle the same letters in the details of a scene; arrows go to the next scene. */
  function useDetailKeys() {
    useEffect(() => {
      const onKey = (/** @type {KeyboardEvent} */ event) => {
        const given = readCommand(event);
        const dialog = event.target instanceof Element ? event.target.closest(".modal") : null;
        const command = dialog && dialog.querySelector(".ms-details") ? given : null;
        if (!command || !["move", "press"].includes(command.kind) || !pressButton(/** @type {Element} */ (dialog), command.key)) return;
        event.preventDefault();
        event.stopPropagation();
      };
      document.addEventListener("keydown", onKey, true);
      return () => document.removeEventListener("keydown", onKey, true);
    }, []);
  }

  Object.assign(missing, { useCardKeys, useDetailKeys });
})();
