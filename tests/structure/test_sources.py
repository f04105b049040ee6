"""How the files of the house are written: small, layered, in the house's words, with nothing from outside."""

import ast
import re
from graphlib import TopologicalSorter
from statistics import median

from tests.structure.sources import ROOT, files, modules, name_of, tree_of

MOST_LINES, MEDIAN_LINES = 250, 60
MOST_OF_A_FUNCTION, MEDIAN_FUNCTION = 50, 6
CODE, TEXTS = (".py", ".html", ".css", ".js", ".toml"), (".md", ".txt", ".tsv", ".csv", ".svg", ".sh", "")
PHONE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
INVENTED = re.compile(r"199000000\d\d")
# Nobody's making is told in the tree; pieces, so that this file doesn't tell it either.
TOLD = re.compile("|".join([
    r"\bA[I]\b", r"language mode[l]", r"chat ?bo[t]", r"\bassistan[t]\b", r"co-authore[d]-by", r"\b(?:the|an|sub) ?agen[t]\b",
    r"\bagen[t]s\b", r"\bissue (?:no\.? ?|number )?#?\d", r"\bcodin[g] session",
]))  # fmt: skip


def imports(path):
    """Names of our own modules that a file imports at its top level."""
    for node in tree_of(path).body:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def lines_of_functions():
    for path in modules():
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.FunctionDef):
                yield (node.end_lineno or 0) - node.body[0].lineno + 1, f"{name_of(path)}.{node.name}"


def test_files_are_small():
    sizes = {name_of(path): len(path.read_text("utf-8").splitlines()) for path in modules()}
    assert {name: size for name, size in sizes.items() if size > MOST_LINES} == {}
    assert median(size for size in sizes.values() if size) <= MEDIAN_LINES


def test_functions_are_small():
    sizes = list(lines_of_functions())
    assert [name for size, name in sizes if size > MOST_OF_A_FUNCTION] == []
    assert median(size for size, _name in sizes) <= MEDIAN_FUNCTION


def test_modules_import_one_another_in_no_circle():
    known = {name_of(path) for path in modules()}
    # A package's own __init__ gathers its modules; whoever imports the package only names it.
    graph = {name_of(path): known & set(imports(path)) - {name_of(path.parent / "__init__.py")} for path in modules()}
    assert list(TopologicalSorter(graph).static_order())


def test_no_import_hides_in_a_function():
    hidden = [
        f"{name_of(path)}:{inner.lineno}"
        for path in modules()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert hidden == []


def test_texts_for_people_are_marked_by_one_function():
    wrong = []
    for path in modules():
        for node in tree_of(path).body:
            if isinstance(node, ast.ImportFrom) and any((alias.asname or alias.name) == "_" for alias in node.names):
                wrong += [] if node.module == "rules.text" else [name_of(path)]
            elif isinstance(node, ast.FunctionDef | ast.Assign) and "_" in bound(node):
                wrong += [] if name_of(path) == "rules.text" else [name_of(path)]
    assert wrong == []


def bound(node):
    if isinstance(node, ast.FunctionDef):
        return {node.name}
    return {name.id for target in node.targets for name in ast.walk(target) if isinstance(name, ast.Name)}


def test_only_our_own_drawings_are_declared_safe():
    said = [name_of(path) for path in modules() if re.search(r"\bMarkup\(", path.read_text("utf-8"))]
    assert set(said) == {"portal.owner.look", "portal.prints.desk", "portal.help.pages"}  # the style sheet of a page, a QR code, a handbook


def test_services_and_rules_never_read_the_clock():
    said = re.compile(r"datetime\.now\(|date\.today\(|time\.time\(|utcnow\(")
    inner = [path for path in modules() if name_of(path).split(".")[0] in {"rules", "models", "services", "documents"}]
    assert [name_of(path) for path in inner if said.search(path.read_text("utf-8"))] == []


def test_pages_and_styles_fetch_nothing_from_other_hosts():
    fetched = re.compile(r"""(?:src|href|url\(|@import|fetch\()\s*=?\s*["']?\s*(?:https?:)?//""")
    pages = [path for path in files(".html", ".css", ".js") if path.parts[len(ROOT.parts)] in {"templates", "static", "portal"}]
    assert len(pages) > 50
    assert [str(path.relative_to(ROOT)) for path in pages if fetched.search(path.read_text("utf-8"))] == []


def test_every_phone_number_in_the_tree_is_invented():
    found = {
        (str(path.relative_to(ROOT)), number)
        for path in files(*CODE, *TEXTS)
        for number in PHONE.findall(path.read_text("utf-8", errors="replace"))
        if not INVENTED.fullmatch(number)
    }
    assert found == set()


def test_the_tree_speaks_of_the_town_and_not_of_its_making():
    found = {
        (str(path.relative_to(ROOT)), hit.group())
        for path in files(*CODE, *TEXTS)
        for hit in TOLD.finditer(path.read_text("utf-8", errors="replace"))
    }
    assert found == set()
