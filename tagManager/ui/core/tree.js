// The tree of tags: its rows, the changes a move makes, and circles. Pure.
//
// Tags have any number of parents, so a tag is a row under each of them. A row's key is its path, "1/5/9". Unsaved changes
// are a Map from an edge, "9>5" (tag > parent), to "add" or "remove".
(function (root) {
  "use strict";

  /**
   * @typedef {{order: number[], names: Map<number, string>, parents: Map<number, number[]>}} Tags as Stash has them, by name
   * @typedef {ReadonlyMap<string, "add" | "remove">} Changes
   * @typedef {{names: Map<number, string>, parents: Map<number, number[]>, children: Map<number, number[]>, roots: number[]}} Tree
   * @typedef {{key: string, id: number, parent: number | null, level: number, position: number, size: number, isParent: boolean, isOpen: boolean}} Row
   * @typedef {{id: number, parent: number | null}} Place a tag and the parent it is shown under
   * @typedef {{id: number, parent: number, path: number[]}} Refusal
   */

  /** Returns the rows of `hierarchy_get` as maps. @param {[number, string, number[]][]} rows @returns {Tags} */
  function readTags(rows) {
    return {
      order: rows.map((row) => row[0]),
      names: new Map(rows.map((row) => [row[0], row[1]])),
      parents: new Map(rows.map((row) => [row[0], row[2]])),
    };
  }

  /** Returns the key of an edge in the map of changes. @param {number} tag @param {number} parent */
  function edgeKey(tag, parent) {
    return `${tag}>${parent}`;
  }

  /** Returns the tag and the parent in an edge's key. @param {string} key */
  function readEdge(key) {
    const [tag, parent] = key.split(">").map(Number);
    return { tag, parent };
  }

  /** True if Stash has this edge. @param {Tags} tags @param {number} tag @param {number} parent */
  function hasEdge(tags, tag, parent) {
    return (tags.parents.get(tag) || []).includes(parent);
  }

  /**
   * Returns the changes with one more; an opposite change cancels it.
   * @param {Tags} tags @param {Changes} changes @param {number} tag @param {number} parent @param {boolean} isWanted
   * @returns {Map<string, "add" | "remove">}
   */
  function changeEdge(tags, changes, tag, parent, isWanted) {
    const next = new Map(changes);
    const key = edgeKey(tag, parent);
    next.delete(key);
    if (hasEdge(tags, tag, parent) !== isWanted) next.set(key, isWanted ? "add" : "remove");
    return next;
  }

  /** Returns the parents of all tags after the changes. @param {Tags} tags @param {Changes} changes @returns {Map<number, number[]>} */
  function applyChanges(tags, changes) {
    const parents = new Map(tags.parents);
    for (const [key, kind] of changes) {
      const { tag, parent } = readEdge(key);
      const others = (parents.get(tag) || []).filter((one) => one !== parent);
      if (tags.names.has(tag) && tags.names.has(parent)) parents.set(tag, kind === "add" ? [...others, parent] : others);
    }
    return parents;
  }

  /** Returns the tree after the changes, children sorted by name. @param {Tags} tags @param {Changes} changes @returns {Tree} */
  function makeTree(tags, changes) {
    const parents = applyChanges(tags, changes);
    /** @type {Map<number, number[]>} */
    const children = new Map();
    /** @type {number[]} */
    const roots = [];
    for (const id of tags.order) {
      const above = (parents.get(id) || []).filter((one) => tags.names.has(one));
      if (!above.length) roots.push(id);
      for (const one of above) {
        const known = children.get(one);
        if (known) known.push(id);
        else children.set(one, [id]);
      }
    }
    return { names: tags.names, parents, children, roots: addCircleRoots(tags.order, children, roots) };
  }

  /**
   * Adds the first tag of each circle to the roots: tags in a circle have no root, and must be visible to be repaired.
   * @param {number[]} order @param {Map<number, number[]>} children @param {number[]} roots
   */
  function addCircleRoots(order, children, roots) {
    /** @type {Set<number>} */
    const seen = new Set();
    const visit = (/** @type {number} */ start) => {
      const queue = [start];
      for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
        if (seen.has(id)) continue;
        seen.add(id);
        queue.push(...(children.get(id) || []));
      }
    };
    roots.forEach(visit);
    const unreached = order.filter((id) => {
      if (seen.has(id)) return false;
      visit(id);
      return true;
    });
    return unreached.length ? [...roots, ...unreached] : roots;
  }

  /**
   * Returns the path from `tag` down to a new parent that would put it below itself, or null.
   * @param {ReadonlyMap<number, number[]>} parents @param {number} tag @param {number[]} wanted
   * @returns {number[] | null}
   */
  function findCircle(parents, tag, wanted) {
    const from = new Map(wanted.map((one) => /** @type {[number, number | null]} */ ([one, null])));
    const queue = [...wanted];
    for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
      if (id === tag) return listPath(from, id);
      for (const above of parents.get(id) || []) {
        if (from.has(above)) continue;
        from.set(above, id);
        queue.push(above);
      }
    }
    return null;
  }

  /** Returns the ids from `end` back to the start of a search. @param {Map<number, number | null>} from @param {number} end */
  function listPath(from, end) {
    const path = [];
    for (let id = /** @type {number | null | undefined} */ (end); id != null; id = from.get(id)) path.push(id);
    return path;
  }

  /**
   * Moves tags under a parent, or, with null, removes them from the one they are shown under. Other parents stay.
   * @param {Tags} tags @param {Changes} changes @param {Place[]} places @param {number | null} to
   * @param {boolean} keepsParent whether the parent they are shown under stays, too
   * @returns {{changes: Changes, refused: Refusal[]}}
   */
  function moveTags(tags, changes, places, to, keepsParent) {
    const parents = applyChanges(tags, changes);
    /** @type {Refusal[]} */
    const refused = [];
    let next = changes;
    for (const { id, parent } of places) {
      const leaves = keepsParent || parent === to ? null : parent;
      const present = parents.get(id) || [];
      const others = present.filter((one) => one !== leaves);
      const target = to === null || others.includes(to) ? [] : [to];
      const path = findCircle(parents.set(id, others), id, target);
      if (path) refused.push({ id, parent: target[0], path });
      else {
        const gone = leaves === null ? next : changeEdge(tags, next, id, leaves, false);
        next = target.reduce((found, one) => changeEdge(tags, found, id, one, true), gone);
      }
      parents.set(id, path ? present : [...others, ...target]);
    }
    return { changes: next, refused };
  }

  /** Returns the rows to show: children of open rows only. @param {Tree} tree @param {ReadonlySet<string>} open @returns {Row[]} */
  function listRows(tree, open) {
    /** @type {Row[]} */
    const rows = [];
    /** @type {(ids: number[], parent: number | null, path: number[]) => void} */
    const add = (ids, parent, path) => {
      ids.forEach((id, index) => {
        const here = [...path, id];
        const key = here.join("/");
        const below = path.includes(id) ? [] : tree.children.get(id) || [];
        const isOpen = below.length > 0 && open.has(key);
        rows.push({ key, id, parent, level: here.length, position: index + 1, size: ids.length, isParent: below.length > 0, isOpen });
        if (isOpen) add(below, id, here);
      });
    };
    add(tree.roots, null, []);
    return rows;
  }

  /** Returns a path from the top to a tag, by first parents. @param {Tree} tree @param {number} id @param {number} [under] the last parent */
  function pathTo(tree, id, under) {
    const path = under === undefined ? [id] : [under, id];
    for (;;) {
      const above = (tree.parents.get(path[0]) || []).filter((one) => tree.names.has(one));
      if (!above.length || tree.roots.includes(path[0]) || path.includes(above[0])) return path;
      path.unshift(above[0]);
    }
  }

  /** Returns the key of a path's row, and the keys of the rows above it. @param {number[]} path */
  function listOpenKeys(path) {
    const keys = path.map((_, index) => path.slice(0, index + 1).join("/"));
    return { key: keys[keys.length - 1], opens: keys.slice(0, -1) };
  }

  /**
   * Returns tags whose name contains the text: equal names first, then names that begin with it.
   * @param {Tags} tags @param {string} text
   */
  function findTags(tags, text) {
    const wanted = text.trim().toLowerCase();
    if (!wanted) return [];
    const rank = (/** @type {number} */ id) => {
      const at = /** @type {string} */ (tags.names.get(id)).toLowerCase().indexOf(wanted);
      if (at < 0) return -1;
      return at > 0 ? 2 : Number(/** @type {string} */ (tags.names.get(id)).length !== wanted.length);
    };
    const found = tags.order.map((id) => ({ id, rank: rank(id) })).filter((one) => one.rank >= 0);
    return found.sort((a, b) => a.rank - b.rank).map((one) => one.id);
  }

  /**
   * Returns the keys to open so that at most `limit` rows show; nested shared parents make millions of rows.
   * @param {Tree} tree @param {number} limit
   */
  function openAll(tree, limit) {
    /** @type {Set<string>} */
    const open = new Set();
    let shown = tree.roots.length;
    let level = tree.roots.map((id) => [id]);
    while (level.length) {
      /** @type {number[][]} */
      const next = [];
      for (const path of level) {
        const below = path.indexOf(path[path.length - 1]) < path.length - 1 ? [] : tree.children.get(path[path.length - 1]) || [];
        if (!below.length || shown + below.length > limit) continue;
        shown += below.length;
        open.add(path.join("/"));
        next.push(...below.map((id) => [...path, id]));
      }
      level = next;
    }
    return open;
  }

  /**
   * Returns the index a navigation key leads to, or -1 for other keys.
   * @param {string} key @param {number} index @param {number} count @param {number} page rows on a screen
   */
  function findNextIndex(key, index, count, page) {
    /** @type {Record<string, number>} */
    const steps = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: count - 1, PageDown: index + page, PageUp: index - page };
    return key in steps && count ? Math.max(0, Math.min(count - 1, steps[key])) : -1;
  }

  /**
   * Returns the next row whose name begins with the typed text; repeating one letter steps on.
   * @param {Row[]} rows @param {Map<number, string>} names @param {number} index @param {string} text
   */
  function findTyped(rows, names, index, text) {
    const wanted = text.toLowerCase();
    const first = wanted.length === 1 ? index + 1 : Math.max(index, 0);
    for (let step = 0; step < rows.length; step += 1) {
      const at = (first + step) % rows.length;
      if (/** @type {string} */ (names.get(rows[at].id)).toLowerCase().startsWith(wanted)) return at;
    }
    return -1;
  }

  /** Returns the first and last row to draw: the visible ones and some around them. @param {number} top @param {number} height @param {number} rowHeight @param {number} count */
  function findVisibleRows(top, height, rowHeight, count) {
    const spare = 8;
    const first = Math.max(0, Math.floor(top / rowHeight) - spare);
    return { first, last: Math.min(count, Math.ceil((top + height) / rowHeight) + spare) };
  }

  /** Returns the scroll position that makes a row visible. @param {number} index @param {number} top @param {number} height @param {number} rowHeight */
  function findScroll(index, top, height, rowHeight) {
    const above = index * rowHeight;
    if (above < top) return above;
    return above + rowHeight > top + height ? above + rowHeight - height : top;
  }

  /** Returns the changes as arguments of `hierarchy_plan`. @param {Changes} changes */
  function makeRequest(changes) {
    /** @type {Map<number, {tag_id: number, add: number[], remove: number[]}>} */
    const rows = new Map();
    for (const [key, kind] of changes) {
      const { tag, parent } = readEdge(key);
      const row = rows.get(tag) || { tag_id: tag, add: [], remove: [] };
      row[kind].push(parent);
      rows.set(tag, row);
    }
    return [...rows.values()];
  }

  /** Returns the changes that these tags of Stash do not have yet. @param {Tags} tags @param {Changes} changes @returns {Changes} */
  function listPending(tags, changes) {
    return new Map([...changes].filter(([key, kind]) => hasEdge(tags, readEdge(key).tag, readEdge(key).parent) !== (kind === "add")));
  }

  /** Returns the edge of a history row, or "". @param {StashBundle.ChangeRow} row */
  function edgeOf(row) {
    const parent = row.action === "add" ? row.after : row.before;
    return row.field === "parents" ? edgeKey(Number(row.item.id), Number(parent)) : "";
  }

  /** Returns a tag's name, or its number if Stash no longer has it. @param {Tags} tags @param {number} id */
  function nameTag(tags, id) {
    return tags.names.get(id) || `#${id}`;
  }

  /** Returns the names of tags for a sentence. @param {Tags} tags @param {Place[]} places */
  function listNames(tags, places) {
    return places.map((place) => nameTag(tags, place.id)).join(", ");
  }

  const core = { nameTag, listNames, readTags, edgeKey, readEdge, hasEdge, changeEdge, makeTree, findCircle, moveTags, listRows, pathTo, listOpenKeys, findTags };
  Object.assign(core, { openAll, findNextIndex, findTyped, findVisibleRows, findScroll, makeRequest, listPending, edgeOf });
  if (root.StashBundleKit) root.StashBundleKit.tagging.treeCore = core;
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
