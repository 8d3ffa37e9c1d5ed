"""Tabs of one window know nothing of each other, so that tests don't depend on their order."""

from __future__ import annotations

from pathlib import Path

from browsing import served, tab_in
from folders import write_files
from playwright.sync_api import BrowserContext

KEEP = """async () => {
  localStorage.setItem("a", "1");
  sessionStorage.setItem("a", "1");
  document.cookie = "a=1; max-age=1000";
  await caches.open("a");
  await new Promise((done) => { indexedDB.open("a").onsuccess = done; });
  await navigator.serviceWorker.register("worker.js");
  await navigator.serviceWorker.ready;
}"""
KEPT = """async () => ({
  local: localStorage.length,
  session: sessionStorage.length,
  cookie: document.cookie,
  caches: await caches.keys(),
  databases: (await indexedDB.databases()).length,
  workers: (await navigator.serviceWorker.getRegistrations()).length,
  clipboard: (await navigator.permissions.query({ name: "clipboard-read" })).state,
})"""


def test_a_tab_starts_without_what_another_one_kept(window: BrowserContext, tmp_path: Path) -> None:
    write_files(tmp_path, {"index.html": "<p>Page", "worker.js": ""})
    found = []
    with served(tmp_path) as address:
        for _ in range(2):
            with tab_in(window) as tab:
                tab.goto(f"{address}/")
                found.append(tab.evaluate(KEPT))
                tab.context.grant_permissions(["clipboard-read"])
                tab.evaluate(KEEP)
                assert tab.evaluate(KEPT) != found[0]
                with tab.expect_popup():
                    tab.evaluate("void open('/')")
    assert found[0] == found[1]
    assert len(window.pages) == 1
