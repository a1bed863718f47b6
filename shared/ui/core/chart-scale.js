// The geometry of charts: scales, ticks and points. Pure.
(function (root) {
  "use strict";

  /** Return a round number that is at least the largest value, for the upper end of a scale. @param {number[]} values */
  function chooseTop(values) {
    const largest = Math.max(0, ...values);
    if (largest === 0) return 1;
    const power = 10 ** Math.floor(Math.log10(largest));
    const step = [1, 2, 2.5, 5, 10].find((one) => one * power >= largest) || 10;
    return step * power;
  }

  /** Return the share of a value in percent, rounded down, so that only all of them are 100. @param {number} value @param {number} total */
  function toPercent(value, total) {
    return total > 0 ? Math.min(100, Math.floor((100 * value) / total)) : 0;
  }

  /**
   * Return the points of a line as SVG takes them: the values from left to right in a box of that size, 0 at its lower edge.
   * @param {number[]} values
   * @param {{width: number, height: number}} box
   * @param {number} [top]
   */
  function placePoints(values, { width, height }, top = chooseTop(values)) {
    const step = values.length > 1 ? width / (values.length - 1) : 0;
    return values.map((value, index) => ({ x: values.length > 1 ? index * step : width / 2, y: height - (height * value) / top }));
  }

  /**
   * Return the days from the first to the last, each once and in order, also those without a row: a chart must not hide a pause.
   * @param {string[]} days such as "2026-03-01"
   */
  function fillDays(days) {
    const sorted = [...days].sort();
    if (!sorted.length) return [];
    const day = 24 * 60 * 60 * 1000;
    const first = Date.parse(sorted[0]);
    const count = Math.round((Date.parse(sorted[sorted.length - 1]) - first) / day) + 1;
    return Array.from({ length: count }, (_, index) => new Date(first + index * day).toISOString().slice(0, 10));
  }

  /**
   * Return for each outage the part of the chart that it covers, from 0 to 1; an outage that lasts ends with the last day.
   * @param {{since: string, until?: string | null}[]} outages
   * @param {string[]} days
   */
  function placeBands(outages, days) {
    if (!days.length) return [];
    const day = 24 * 60 * 60 * 1000;
    const first = Date.parse(days[0]);
    const length = days.length * day;
    const place = (/** @type {number} */ moment) => Math.min(1, Math.max(0, (moment - first) / length));
    return outages
      .map((one) => ({ from: place(Date.parse(one.since)), to: one.until ? place(Date.parse(one.until)) : 1 }))
      .filter(({ from, to }) => to > from);
  }

  /**
   * Return the groups of a distribution: how many shares lie in each tenth, the last one with 100.
   * @param {number[]} percents
   */
  function countTenths(percents) {
    const counts = Array.from({ length: 10 }, () => 0);
    for (const percent of percents) counts[Math.min(9, Math.max(0, Math.floor(percent / 10)))] += 1;
    return counts.map((count, index) => ({ label: `${index * 10}–${index === 9 ? 100 : index * 10 + 9} %`, value: count }));
  }

  const core = { chooseTop, toPercent, placePoints, fillDays, placeBands, countTenths };
  if (root.StashBundleKit) Object.assign(root.StashBundleKit, core);
  if (typeof module === "object" && module.exports) module.exports = core;
})(/** @type {any} */ (globalThis));
