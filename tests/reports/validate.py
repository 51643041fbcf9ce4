"""Holds recorded reports against what their readers demand.

usage: validate.py sarif|junit|html FILE... ; prints what is wrong.
"""

import base64
import hashlib
import json
import pathlib
import re
import sys
import xml.etree.ElementTree as ElementTree
from html.parser import HTMLParser


def check_sarif(text):
    import jsonschema

    folder = pathlib.Path(__file__).parent
    schema = json.loads((folder / "sarif-schema-2.1.0.json").read_text())
    report = json.loads(text)
    for error in jsonschema.Draft4Validator(schema).iter_errors(report):
        yield "/".join(map(str, error.absolute_path)) + ": " + error.message
    run = report["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    for rule in rules:
        for name in ("shortDescription", "fullDescription"):
            if len(rule[name]["text"]) > 1024:
                yield f"{rule['id'][:40]}: {name} is over 1024 characters"
    for result in run["results"]:
        index = result.get("ruleIndex")
        if index is not None and rules[index]["id"] != result["ruleId"]:
            yield f"ruleIndex {index} is not {result['ruleId']}"


def check_junit(text):
    root = ElementTree.fromstring(text)
    for parent in [root, *root.iter("testsuite")]:
        counts = {"tests": len(list(parent.iter("testcase")))}
        for name, element in (
            ("failures", "failure"),
            ("errors", "error"),
            ("skipped", "skipped"),
        ):
            counts[name] = len(list(parent.iter(element)))
        for name, count in counts.items():
            if parent.get(name) != str(count):
                yield f"{parent.get('name')}: {name} is not {count}"


VOID = {"meta", "br", "link", "img"}


class Page(HTMLParser):
    """Are elements closed in order, and is there anything that runs?"""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open = []
        self.found = []
        self.policy = ""
        self.style = ""

    def handle_starttag(self, tag, attributes):
        if tag not in VOID:
            self.open.append(tag)
        if tag in ("script", "link", "img", "iframe", "object", "base"):
            self.found.append(f"an element {tag}")
        for name, value in attributes:
            if name.startswith("on") or name in ("src", "style"):
                self.found.append(f"an attribute {name}")
            if name == "href" and not re.match("https?://", value):
                self.found.append(f"a link to {value}")
            if name == "content" and "default-src" in value:
                self.policy = value

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.found.append(f"</{tag}> closes another element")

    def handle_data(self, data):
        if self.open and self.open[-1] == "style":
            self.style += data


def check_html(text):
    page = Page()
    page.feed(text)
    page.close()
    yield from page.found
    if page.open:
        yield f"left open: {page.open}"
    digest = hashlib.sha256(page.style.encode()).digest()
    wanted = "sha256-" + base64.b64encode(digest).decode()
    if not page.policy.startswith("default-src 'none'"):
        yield "there is no policy"
    if wanted not in page.policy:
        yield f"the policy does not hold {wanted}, the hash of the style"


def main():
    check = {"sarif": check_sarif, "junit": check_junit, "html": check_html}
    for path in sys.argv[2:]:
        with open(path, encoding="utf-8", newline="") as file:
            for problem in check[sys.argv[1]](file.read()):
                print(f"{path}: {problem}")


main()
