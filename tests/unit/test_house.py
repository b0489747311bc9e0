"""The rules of the house, read from the source: who imports whom, what never occurs."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("assistant", "ingest", "models", "index")

MAY_IMPORT = {
    "assistant": {"assistant", "ingest", "models", "index"},
    "ingest": {"ingest", "models", "index"},
    "models": {"models"},
    "index": {"index"},
}
# The rooms of ingest/ beside the story at its top, which may use them all (decision 0011).
INGEST_ROOMS = {
    "formats": {"pages", "walls"},
    "pages": set[str](),
    "walls": {"pages"},
    "papers": set[str](),
    "feeding": set[str](),
    "oparl": {"papers", "walls"},
}
# The rooms of assistant/ beside what all of them share (decision 0017).
ASSISTANT_ROOMS = {
    "understanding": set[str](),
    "checking": set[str](),
    "records": {"understanding"},
    "finding": {"understanding", "records", "checking"},
    "lists": {"understanding", "records"},
    "amounts": {"understanding", "records"},
    "material": {"understanding", "records", "lists", "finding", "checking", "amounts"},
    "sittings": {"understanding", "records"},
    "review": {"understanding", "records", "checking", "finding", "plain", "material"},
    "begruendung": {"understanding", "records", "checking", "finding", "plain", "material"},
    "plain": {"checking"},
    "stock": {"understanding", "records"},
    "searching": {"records", "lists", "finding"},
    "measuring": {"understanding", "checking", "finding", "lists"},
    "upkeep": {"records", "stock", "measuring", "wire", "begruendung", "searching"},
    "wire": {"records", "plain", "stock", "review", "begruendung"},
    "commands": {"records", "stock", "measuring", "upkeep", "wire", "review"},
    "viewing": {"records", "upkeep"},
    "learning": {"upkeep"},
    "web": {"upkeep", "wire", "plain", "viewing", "searching", "lists", "learning"},
}
LIBRARY_OWNERS = {
    "llama_cpp": ("models/generator.py", "models/generator_child.py"),
    "sentence_transformers": ("models/embedder.py",),
    "faiss": ("index/vectors.py",),
    "fastapi": ("assistant/api.py", "assistant/web/"),
    # Whoever can open a connection: to the house's own model server, to the allowed OParl hosts,
    # and for weights, by the one command that fetches them.
    "httpx": ("models/remote.py", "models/sources.py", "ingest/oparl/client.py"),
}
FORBIDDEN_NAMES = {"utils", "helpers", "common", "base", "core", "manager", "service", "factory"}
BARE_EXCEPT = ("ingest/pipeline.py", "assistant/web/shield.py")
BANNED_MODULES = {"pickle", "cPickle", "dill", "shelve", "marshal", "joblib"}
# Lowest versions without a known hole that concerns us.
FLOORS = {
    "apsw": "3.54",
    "lxml": "6.1.0",
    "pillow": "12.3.0",
    "jinja2": "3.1.6",
    "starlette": "1.5.1",
    "python-multipart": "0.0.27",
    "torch": "2.6",
    "authlib": "1.9.9",
    "pypdf": "7.1.0",
}
LARGEST_FILE_BYTES = 2_000_000


def tracked_files() -> list[Path]:
    """Every file that git knows or would add."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
    ).stdout.decode("utf-8")
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def sources() -> list[Path]:
    """The Python files of the four packages."""
    found = [
        path
        for package in PACKAGES
        for path in sorted((ROOT / package).rglob("*.py"))
        if "weights" not in path.relative_to(ROOT).parts
    ]
    assert len(found) > 10
    return found


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def imported_modules(tree: ast.Module) -> Iterator[str]:
    """Dotted names of everything imported anywhere in a file, inside functions too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"relative import of {node.module}"
            yield node.module or ""
        elif (
            isinstance(node, ast.Call)
            and ast.unparse(node.func) in {"importlib.import_module", "import_module", "__import__"}
            and node.args
            and isinstance(node.args[0], ast.Constant)
        ):
            yield str(node.args[0].value)


def calls(tree: ast.Module) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def import_faults(package: str, tree: ast.Module) -> list[str]:
    """Imports of our own packages that `package` may not make."""
    return [
        module
        for module in imported_modules(tree)
        if module.split(".")[0] in PACKAGES and module.split(".")[0] not in MAY_IMPORT[package]
    ]


def owner_faults(name: str, tree: ast.Module) -> list[str]:
    """Libraries that the file `name` imports although another room owns them."""
    return [
        module
        for module in imported_modules(tree)
        for owners in [LIBRARY_OWNERS.get(module.split(".")[0])]
        if owners is not None and not name.startswith(owners)
    ]


def danger_faults(tree: ast.Module) -> list[str]:
    """Code that loads or runs what somebody else wrote."""
    faults = [module for module in imported_modules(tree) if module.split(".")[0] in BANNED_MODULES]
    for call in calls(tree):
        called = ast.unparse(call.func)
        if called in {
            "eval",
            "exec",
            "torch.load",
            "os.system",
            "os.popen",
            "subprocess.getoutput",
        }:
            faults.append(called)
        for keyword in call.keywords:
            value = keyword.value.value if isinstance(keyword.value, ast.Constant) else None
            if keyword.arg == "trust_remote_code" and value is not False:
                faults.append("trust_remote_code")
            if keyword.arg == "shell" and value is not False:
                faults.append("shell")
    return faults


def bare_except_faults(tree: ast.Module) -> list[int]:
    """Lines that catch everything and keep it; clean-up that raises again is no fault."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler)
        and ast.unparse(node.body[-1]) != "raise"
        and (
            node.type is None
            or any(
                isinstance(part, ast.Name) and part.id in {"Exception", "BaseException"}
                for part in ast.walk(node.type)
            )
        )
    ]


def test_packages_import_only_what_the_house_allows() -> None:
    faults = {
        name_of(path): wrong
        for path in sources()
        if (wrong := import_faults(name_of(path).split("/")[0], tree_of(path)))
    }
    assert faults == {}


@pytest.mark.parametrize(
    ("package", "directions"), [("ingest", INGEST_ROOMS), ("assistant", ASSISTANT_ROOMS)]
)
def test_the_rooms_of_a_package_call_each_other_one_way_only(
    package: str, directions: dict[str, set[str]]
) -> None:
    rooms = {
        folder.name for folder in (ROOT / package).iterdir() if (folder / "__init__.py").exists()
    }
    assert rooms == set(directions)
    breaches = [
        f"{path.relative_to(ROOT)} imports {name}"
        for room, allowed in directions.items()
        for path in sorted((ROOT / package / room).rglob("*.py"))
        for name in imported_modules(tree_of(path))
        if name.startswith(f"{package}.") and name.split(".")[1] in rooms - {room} - allowed
    ]
    assert breaches == []


def test_each_library_is_imported_by_its_owner_only() -> None:
    faults = {
        name_of(path): wrong
        for path in sources()
        if (wrong := owner_faults(name_of(path), tree_of(path)))
    }
    assert faults == {}


@pytest.mark.parametrize(
    ("package", "source", "expected"),
    [
        ("index", "import ingest.blocks", ["ingest.blocks"]),
        ("models", "def f():\n    from index.types import Span", ["index.types"]),
        ("ingest", "from assistant.types import Answer", ["assistant.types"]),
        ("index", "import importlib\nimportlib.import_module('assistant.cli')", ["assistant.cli"]),
        ("assistant", "import ingest.blocks\nfrom index.types import Span", []),
    ],
)
def test_the_import_rule_sees_a_breach(package: str, source: str, expected: list[str]) -> None:
    assert import_faults(package, ast.parse(source)) == expected


def test_the_owner_rule_sees_a_breach() -> None:
    tree = ast.parse("import faiss\nfrom fastapi import FastAPI\nimport numpy")
    assert owner_faults("assistant/api.py", tree) == ["faiss"]
    assert owner_faults("index/vectors.py", tree) == ["fastapi"]


def test_nothing_loads_or_runs_foreign_code() -> None:
    faults = {name_of(path): wrong for path in sources() if (wrong := danger_faults(tree_of(path)))}
    assert faults == {}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import pickle", ["pickle"]),
        ("torch.load('x')", ["torch.load"]),
        ("Model(x, trust_remote_code=True)", ["trust_remote_code"]),
        ("Model(x, trust_remote_code=False)", []),
        ("subprocess.run('ls', shell=True)", ["shell"]),
        ("eval('1')", ["eval"]),
        ("model.eval()", []),
    ],
)
def test_the_danger_rule_sees_a_breach(source: str, expected: list[str]) -> None:
    assert danger_faults(ast.parse(source)) == expected


def test_only_two_places_catch_every_exception() -> None:
    faults = {
        name_of(path): lines
        for path in sources()
        if name_of(path) not in BARE_EXCEPT and (lines := bare_except_faults(tree_of(path)))
    }
    assert faults == {}


def test_the_exception_rule_sees_a_breach() -> None:
    def fault(handler: str, body: str) -> list[int]:
        return bare_except_faults(ast.parse(f"try:\n    f()\n{handler}:\n    {body}"))

    assert fault("except Exception", "pass") == [3]
    assert fault("except (OSError, Exception) as error", "log(error)") == [3]
    assert fault("except", "pass") == [3]
    assert fault("except BaseException", "raise") == []
    assert fault("except OSError", "pass") == []


def test_the_two_places_catch_every_exception_once_at_most() -> None:
    counts = {
        name: len(bare_except_faults(tree_of(ROOT / name)))
        for name in BARE_EXCEPT
        if (ROOT / name).is_file()
    }
    assert all(count <= 1 for count in counts.values()), counts


def test_no_file_has_a_name_that_says_nothing() -> None:
    named = [
        name_of(path)
        for path in tracked_files()
        if path.suffix == ".py" and path.stem.strip("_") in FORBIDDEN_NAMES
    ]
    assert named == []


def test_package_files_hold_a_docstring_only() -> None:
    for path in sources():
        if path.name == "__init__.py":
            tree = tree_of(path)
            assert ast.get_docstring(tree), name_of(path)
            assert len(tree.body) == 1, name_of(path)


def test_only_the_command_line_prints() -> None:
    printing = {
        name_of(path)
        for path in sources()
        for call in calls(tree_of(path))
        if ast.unparse(call.func) in {"print", "sys.stdout.write", "click.echo", "typer.echo"}
    }
    assert {
        name for name in printing if not name.startswith(("assistant/cli", "assistant/commands/"))
    } == set()


def test_templates_escape_what_they_show() -> None:
    web = ROOT / "assistant" / "web"
    pages = [path for path in web.rglob("*") if path.suffix in {".html", ".jinja", ".js", ".j2"}]
    assert pages, "no template found"
    for path in pages:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\|\s*safe\b|Markup\(|autoescape\s+false", text), name_of(path)
        assert not re.search(r"\.(inner|outer)HTML\s*=|insertAdjacentHTML", text), name_of(path)


def test_prompts_are_german() -> None:
    prompts = [path for path in (ROOT / "assistant" / "prompts").iterdir() if path.is_file()]
    assert prompts
    for path in prompts:
        if path.suffix not in {".txt", ".md", ".jinja", ".j2"}:
            continue
        words = re.findall(r"[a-zäöüß]+", path.read_text(encoding="utf-8").lower())
        german = sum(word in {"der", "die", "das", "und", "nicht", "nur", "mit"} for word in words)
        english = sum(word in {"the", "and", "not", "only", "with", "you", "of"} for word in words)
        assert german > 0, name_of(path)
        assert english == 0, name_of(path)


def test_no_file_is_larger_than_two_megabytes() -> None:
    large = {
        name_of(path): path.stat().st_size
        for path in tracked_files()
        if path.stat().st_size >= LARGEST_FILE_BYTES
    }
    assert large == {}


def test_no_file_names_a_machine_or_a_package_registry() -> None:
    # Put together here, so that this file does not name them either.
    forbidden = re.compile(
        "|".join(
            [
                r"/work/(?:main|shared|\.)",
                r"/tmp/w\b",
                r"/home/[a-z]+/",
                r"(?<![\w~])/root/",
                "pypi" + r"\.org",
                "pythonhosted" + r"\.org",
                "registry" + r"\.npmjs",
                "deb" + r"\.debian\.org",
                "download" + r"\.pytorch",
            ]
        )
    )
    found = {}
    for path in tracked_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        if path != Path(__file__).resolve() and (match := forbidden.search(text)):
            found[name_of(path)] = match.group()
    assert found == {}


@pytest.mark.parametrize("package", PACKAGES)
def test_our_packages_are_the_ones_of_this_checkout(package: str) -> None:
    module = importlib.import_module(package)
    assert module.__file__ is not None
    assert Path(module.__file__).resolve() == ROOT / package / "__init__.py"


def pinned() -> dict[str, str]:
    """Version by canonical name, from both requirements files."""
    versions = {}
    for file in ("requirements.txt", "requirements-dev.txt"):
        for line in (ROOT / file).read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                match = re.fullmatch(r"([A-Za-z0-9._-]+)==([0-9A-Za-z.]+)", line)
                assert match, f"{file}: {line!r} is no exact version"
                versions[re.sub(r"[-_.]+", "-", match[1]).lower()] = match[2]
    return versions


def test_every_requirement_is_pinned_above_its_floor() -> None:
    versions = pinned()
    low = {
        name: versions[name]
        for name, floor in FLOORS.items()
        if name in versions and Version(versions[name]) < Version(floor)
    }
    assert low == {}
    assert {"apsw", "lxml", "jinja2", "starlette", "torch", "pypdf"} <= versions.keys()


def test_no_requirement_brings_cuda() -> None:
    assert not [n for n in pinned() if re.match(r"nvidia|cuda|triton|faiss-gpu", n)]


def test_the_pins_satisfy_the_project_file() -> None:
    from packaging.requirements import Requirement

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    versions = pinned()
    for text in [*project["dependencies"], *project["optional-dependencies"]["dev"]]:
        wanted = Requirement(text)
        name = re.sub(r"[-_.]+", "-", wanted.name).lower()
        assert name in versions, f"{name} is not pinned"
        assert wanted.specifier.contains(versions[name]), f"{text} against {versions[name]}"


def test_everything_imported_is_a_declared_dependency() -> None:
    import sys
    from importlib.metadata import packages_distributions

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {
        re.sub(r"[-_.]+", "-", re.split(r"[<>=\[ ]", text)[0]).lower()
        for text in project["dependencies"]
    }
    providers = packages_distributions()
    undeclared = {
        f"{name_of(path)}: {top}"
        for path in sources()
        for module in imported_modules(tree_of(path))
        for top in [module.split(".")[0]]
        if top not in sys.stdlib_module_names
        and top not in PACKAGES
        and not {re.sub(r"[-_.]+", "-", provider).lower() for provider in providers.get(top, [top])}
        & declared
    }
    assert undeclared == set()


def test_an_exit_code_means_one_kind_of_trouble() -> None:
    seen: dict[int, str] = {}
    for package in ("models", "index", "ingest", "assistant"):
        tree = ast.parse((ROOT / package / "errors.py").read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if not isinstance(node, ast.ClassDef):
                continue
            for line in node.body:
                target = line.targets[0] if isinstance(line, ast.Assign) else None
                if isinstance(target, ast.Name) and target.id == "exit_code":
                    assert isinstance(line, ast.Assign) and isinstance(line.value, ast.Constant)
                    code = int(str(line.value.value))
                    holder = seen.setdefault(code, package)
                    assert holder == package, f"{package} und {holder} teilen sich {code}"
    assert len(seen) > 20


def test_a_command_starts_without_the_list_of_words_and_without_models() -> None:
    program = (
        "import sys; import assistant.cli; from index import compounds;"
        "print(compounds._frequencies.cache_info().currsize,"
        " *[name for name in ('torch', 'sentence_transformers', 'llama_cpp') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["0"]
