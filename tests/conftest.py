from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest
import sources
from browsing import browser
from playwright.sync_api import Browser, BrowserContext

from broadsheet.base.cache import Cache
from broadsheet.base.change import WORK_FOLDER
from broadsheet.content.check import load_and_check
from broadsheet.content.load import Loaded
from broadsheet.outputs.fonts import font_files

TOY_SITE = Path(__file__).parent / "toy_site"

# Tests start many processes. Without what Python keeps compiled, each compiles all modules anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# The time that an example takes depends more on the machine than on our code.
ANY_MACHINE = hypothesis.settings(
    deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.register_profile("slow", ANY_MACHINE, max_examples=100)
hypothesis.settings.register_profile("fast", ANY_MACHINE, max_examples=20)


def pytest_configure(config: pytest.Config) -> None:
    hypothesis.settings.load_profile("slow" if config.getoption("--slow") else "fast")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--slow", action="store_true", help="also run the tests that take long")


# A file is run by one process. Those that take longest start first, so that no process is left with
# one of them while the others have nothing to do.
LONGEST_FIRST = (
    "tests/site/test_incremental.py",
    "tests/workflow/",
    "tests/cli/",
    "tests/site/",
    "tests/browser/",
    "tests/search/",
)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    items.sort(key=lambda test: [not test.nodeid.startswith(start) for start in LONGEST_FIRST])
    if config.getoption("--slow"):
        return
    for test in items:
        if "slow" in test.keywords:
            test.add_marker(pytest.mark.skip(reason="slow: run with --slow"))


@pytest.fixture(autouse=True)
def _not_in_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where tests run changes nothing: in CI, `check` asks the published site."""
    monkeypatch.delenv("CI", raising=False)


@pytest.fixture
def toy_site(tmp_path: Path) -> Path:
    """A copy of the toy site (mkdocs.yml and content/) that a test may change."""
    return Path(shutil.copytree(TOY_SITE, tmp_path / "toys"))


@pytest.fixture(autouse=True)
def interruptible() -> Iterator[None]:
    """Lets child processes be interrupted even if the test run itself ignores SIGINT (nohup)."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture(scope="session")
def with_fonts() -> Callable[[Path], Path]:
    """A function that copies ready-made fonts into a project; making them takes seconds."""
    kept = Path(__file__).parents[1] / WORK_FOLDER / "cache" / "fonts"
    font_files(Cache(kept))

    def place(project: Path) -> Path:
        shutil.copytree(kept, project / WORK_FOLDER / "cache" / "fonts", dirs_exist_ok=True)
        return project

    return place


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests: a process can control only one at a time."""
    with browser() as found:
        yield found


@pytest.fixture
def window(chromium: Browser) -> Iterator[BrowserContext]:
    """A window of a test's own, which has kept nothing yet."""
    with chromium.new_context() as context:
        yield context


@pytest.fixture
def quiet_window(chromium: Browser) -> Iterator[BrowserContext]:
    """As `window`, but without service workers, which go on loading files in the background."""
    with chromium.new_context(service_workers="block") as context:
        yield context


@pytest.fixture(scope="session")
def toy_content() -> Loaded:
    """The toy content. It must load without warnings."""
    loaded = load_and_check(TOY_SITE / "content", "content")
    assert not loaded.problems, "\n".join(map(str, loaded.problems))
    return loaded


@pytest.fixture(scope="session", params=sources.SETS)
def documents(request: pytest.FixtureRequest) -> sources.Documents:
    """Our own source documents, then the real ones if they are beside the checkout."""
    found = sources.SETS[request.param]
    _skip_unless(found.is_there)
    return found


@pytest.fixture(scope="session", params=sources.ARTICLES)
def article(request: pytest.FixtureRequest) -> sources.Article:
    """Each weekly article of our own source documents, then of the real ones."""
    found = sources.ARTICLES[request.param]
    _skip_unless(found.is_there)
    return found


def _skip_unless(is_there: bool) -> None:
    if not is_there:
        pytest.skip("the real source documents are not beside the checkout (../shared/seeds)")
