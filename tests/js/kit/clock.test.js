"use strict";
const assert = require("node:assert");
const test = require("node:test");
const { loadCore } = require("../harness/shipped.js");

const { makeClock } = loadCore("clock");

// A browser with a timer that the test moves: `pass` advances the time and runs what is due.
function makeBrowser() {
  const browser = { time: 0, timer: null, visible: true, log: [] };
  const clock = makeClock({
    now: () => browser.time,
    setTimer: (run, wait) => (browser.timer = { run, at: browser.time + wait }),
    clearTimer: () => (browser.timer = null),
    isVisible: () => browser.visible,
  });
  const pass = (seconds) => {
    const end = browser.time + seconds * 1000;
    while (browser.timer && browser.timer.at <= end) {
      const { run, at } = browser.timer;
      browser.timer = null;
      browser.time = at;
      run();
    }
    browser.time = end;
  };
  const every = (seconds, name) => clock.every(seconds, () => browser.log.push(`${name}${browser.time / 1000}`));
  return { browser, clock, pass, every };
}

test("jobs with different intervals run on one timer", () => {
  const { browser, pass, every } = makeBrowser();
  every(2, "a");
  every(3, "b");
  pass(6);
  assert.deepEqual(browser.log, ["a2", "b3", "a4", "a6", "b6"]);
});

test("a job runs at most once a second", () => {
  const { browser, pass, every } = makeBrowser();
  every(0.1, "a");
  pass(2);
  assert.deepEqual(browser.log, ["a1", "a2"]);
});

test("a hidden page runs nothing, and each job runs once when the page is shown", () => {
  const { browser, clock, pass, every } = makeBrowser();
  every(1, "a");
  browser.visible = false;
  clock.wake();
  pass(60);
  assert.deepEqual(browser.log, []);
  browser.visible = true;
  clock.wake();
  pass(0);
  assert.deepEqual(browser.log, ["a60"]);
});

test("a job that is due at once waits until the page is shown", () => {
  const { browser, clock, pass } = makeBrowser();
  browser.visible = false;
  clock.every(60, () => browser.log.push(browser.time / 1000), 0);
  pass(90);
  assert.deepEqual(browser.log, []);
  browser.visible = true;
  clock.wake();
  pass(60);
  assert.deepEqual(browser.log, [90, 150]);
});

test("stopping the last job clears the timer", () => {
  const { browser, clock, every } = makeBrowser();
  const stop = every(1, "a");
  assert.notEqual(browser.timer, null);
  stop();
  assert.deepEqual([browser.timer, clock.size()], [null, 0]);
});

test("a job may stop itself while it runs", () => {
  const { browser, clock, pass } = makeBrowser();
  const stop = clock.every(1, () => {
    browser.log.push("once");
    stop();
  });
  pass(5);
  assert.deepEqual([browser.log, browser.timer], [["once"], null]);
});
