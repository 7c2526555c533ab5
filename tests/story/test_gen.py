"""The build tools: what they make of good sources, and the exact words with
which they refuse bad ones."""

import gzip
import os
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GEN = ROOT / os.environ.get("BUILD", "build") / "gen"

# Enough of the house to compile generated sources against.
STANDS = {
    "base/mem.h": "#pragma once\n#include <stddef.h>\n#include <stdint.h>\n"
    "struct bytes { const void *data; size_t len; };\n",
    "base/value.h": """#pragma once
#include <stddef.h>
enum writing { AS_PLAIN, AS_HTML, AS_BARE };
struct value { const char *text; long number; };
static inline struct value value_text(const char *s)
{ return (struct value){ s, 0 }; }
static inline struct value value_number(long n)
{ return (struct value){ NULL, n }; }
#define VALUE(x) _Generic((x), const char *: value_text, \\
    char *: value_text, int: value_number)(x)
""",
    "web/page.h": """#pragma once
#include <stdio.h>
#include "catalogue.h"
struct page { int bare; };
static inline void page_put(struct page *o, const char *s, size_t n)
{ (void)o; fwrite(s, 1, n, stdout); }
static inline void page_value(struct page *o, struct value v)
{ if (o->bare) printf("bare");
  if (v.text) printf("<%s>", v.text); else printf("<%ld>", v.number); }
static inline void page_text(struct page *o, enum text t,
    const struct value *v, size_t n)
{ printf("[%s", text_as(o->bare ? AS_BARE : AS_HTML, LANG_EN, t));
  for (size_t i = 0; i < n; i++) page_value(o, v[i]);
  printf("]"); }
static inline void page_day(struct page *o, int n) { page_value(o, VALUE(n)); }
""",
    "mail/letter.h": """#pragma once
#include <stddef.h>
struct letter { int n; };
""",
    "web/visit.h": """#pragma once
struct visit { const char *name; int count; int days[3]; };
""",
}


def write(folder, files):
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return [str(folder / name) for name in files]


def run(tool, folder, *args):
    return subprocess.run([GEN / f"tool-{tool}", *args], cwd=folder,
                          capture_output=True, text=True)


def make(tool, folder, files):
    """Runs a tool on these files and returns its answer; OUT is `out`."""
    (folder / "out").mkdir(exist_ok=True)
    write(folder, files)
    return run(tool, folder, "out", *files)


def compile_c(folder, main, *sources):
    write(folder, STANDS)
    write(folder, {"main.c": main})
    return subprocess.run(
        ["gcc", "-std=c2x", "-Wall", "-Wextra", "-Wpedantic", "-Werror",
         "-Wno-overlength-strings", "-I.", "-Iout", "-o", "main", "main.c",
         *sources], cwd=folder, capture_output=True, text=True,
        env={**os.environ, "LC_ALL": "C"})


# Statements

THEMES = """-- Themes, in the order of the room.

-- name: theme_list()
SELECT id, 'a:b ; -- no comment' AS x /* ?1 */ FROM theme; -- all

-- name: theme_put(id, code text,
--     box blob, rank int)
INSERT INTO theme -- the row
VALUES (:id, :code, :box, :rank, :id);
"""


def test_statements_become_a_table(tmp_path):
    answer = make("statements", tmp_path, {
        "sql/theme.sql": THEMES,
        "sql/schema/001-room.sql": "CREATE TABLE theme (id \"int\\?\");\n"})
    assert answer.stderr == ""
    built = compile_c(tmp_path, r"""
#include <stdio.h>
#include "statements.h"
int main(void) {
    for (int i = 0; i < SQL_STATEMENTS; i++) {
        const struct db_statement_info *s = &db_statements[i];
        printf("%s|%s", s->name, s->sql);
        for (int j = 0; j < s->params; j++)
            printf("|%d", s->param[j].kind);
        printf("\n");
    }
    struct sql_theme_put put = { .none_ = 0, .code = "x", .rank = 3 };
    printf("%d %d\n", db_statements[SQL_theme_put].param[1].offset ==
        (size_t)((char *)&put.code - (char *)&put), DB_MIGRATIONS);
    printf("%d %s %s", db_migrations[0].number, db_migrations[0].name,
        db_migrations[0].sql);
}""", "out/statements.c")
    assert built.stderr == ""
    said = subprocess.run([tmp_path / "main"], capture_output=True, text=True)
    assert said.stdout == (
        "theme_list|SELECT id, 'a:b ; -- no comment' AS x FROM theme\n"
        "theme_put|INSERT INTO theme VALUES (?1, ?2, ?3, ?4, ?1)|0|1|2|0\n"
        "1 1\n"
        "1 001-room.sql CREATE TABLE theme (id \"int\\?\");\n")


@pytest.mark.parametrize("sql, error", [
    ("-- name: a_b(id)\nSELECT 1;\n", "a.sql:1: a_b: 'id' is not used"),
    ("-- name: a_b()\nSELECT\n:id;\n", "a.sql:3: a_b: ':id' is not declared"),
    ("-- name: a_b(id, id)\nSELECT :id;\n",
     "a.sql:1: a_b: two parameters 'id'\n"
     "a.sql:1: a_b: 'id' is not used"),
    ("-- name: a_b()\nSELECT 1;\n-- name: a_b()\nSELECT 2;\n",
     "a.sql:3: a_b: stands at a.sql:1 already"),
    ("\nSELECT 1;\n", "a.sql:2: no '-- name:' line above this"),
    ("-- name: a_b()\nSELECT 1; SELECT 2;\n",
     "a.sql:2: no '-- name:' line above this"),
    ("-- name: a_b\nSELECT 1;\n",
     "a.sql:1: expected '-- name: module_verb(...)'"),
    ("-- name: a_b() one row\nSELECT 1;\n",
     "a.sql:1: a_b: unexpected text behind ')'"),
    ("-- name: a_b(x float)\nSELECT :x;\n",
     "a.sql:1: a_b: 'float' is not int, text or blob"),
    ("-- name: a_b()\nSELECT 1\n", "a.sql:1: a_b: no ';' at its end"),
    ("-- name: a_b()\nSELECT 1\n-- name: a_c()\nSELECT 1;\n",
     "a.sql:1: a_b: no ';' at its end"),
    ("-- name: a_b()\n;\n", "a.sql:1: a_b: no SQL"),
    ("-- name: a_b()\nSELECT ?1;\n",
     "a.sql:2: a_b: write :name, not '?'"),
    ("-- name: a_b()\nSELECT 'x;\n", "a.sql:2: ' without an end"),
    ("-- name: a_b()\nSELECT /* x;\n", "a.sql:2: comment without an end"),
])
def test_a_wrong_statement_is_refused(tmp_path, sql, error):
    answer = make("statements", tmp_path, {"a.sql": sql})
    assert answer.returncode == 1
    assert answer.stderr == error + "\n"
    assert not (tmp_path / "out/statements.h").exists()


def test_migrations_have_no_holes(tmp_path):
    answer = make("statements", tmp_path, {"001-a.sql": "", "003-b.sql": ""})
    assert answer.returncode == 1
    assert answer.stderr == "003-b.sql: migration 3, expected 2\n"


# Catalogue

HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def po(**texts):
    return HEAD + "".join(f'msgid "{key.replace("__", ".")}"\nmsgstr "{text}"'
                          "\n\n" for key, text in texts.items())


def catalogue(folder, ja, en, easy=None):
    return make("catalogue", folder, {"a.ja.po": ja, "a.en.po": en,
                                      "a.easy.po": easy or ja})


def ruby(base, reading):
    return f"<ruby>{base}<rp>（</rp><rt>{reading}</rt><rp>）</rp></ruby>"


def test_catalogue_has_all_forms_in_all_languages(tmp_path):
    answer = catalogue(tmp_path,
                       po(a__x="空き & {1}", a__b_html="<b>あ</b>&amp;"),
                       po(a__x="free & {1}", a__b_html="a<wbr>b"),
                       po(a__x="{空|あ}", a__b_html="{火|か}<i>{水|すい}</i>"))
    assert answer.stderr == ""
    built = compile_c(tmp_path, r"""
#include <stdio.h>
#include "catalogue.h"
int main(void) {
    for (enum lang l = 0; l < LANGS; l++)
        for (int i = 0; i < 3; i++)
            printf("%s|%s|%s|%s|%s\n", lang_code(l), lang_tag(l),
                text_as(i, l, TEXT_NONE), text_as(i, l, T_a_x),
                text_as(i, l, T_a_b_html));
    printf("%d %d %d %d %d\n", TEXT_COUNT, text_by_key("a.x") == T_a_x,
        text_by_key("no") == TEXT_NONE, lang_by_code("en") == LANG_EN,
        lang_by_code("fr") == LANGS);
}""", "out/catalogue.c")
    assert built.stderr == ""
    said = subprocess.run([tmp_path / "main"], capture_output=True, text=True)
    assert said.stdout == (
        "ja|ja||空き & {1}|あ&\n"
        "ja|ja||空き &amp; {1}|<b>あ</b>&amp;\n"
        "ja|ja||空き &amp; {1}|あ&amp;\n"
        "easy|ja||空（あ）|火（か）水（すい）\n"
        f"easy|ja||{ruby('空', 'あ')}|<bdi>{ruby('火', 'か')}"
        f"<i>{ruby('水', 'すい')}</i></bdi>\n"
        "easy|ja||あ|かすい\n"
        "en|en||free & {1}|ab\n"
        "en|en||free &amp; {1}|a<wbr>b\n"
        "en|en||free &amp; {1}|ab\n"
        "3 1 1 1 1\n")


def test_texts_are_found_by_key_whatever_its_letters(tmp_path):
    keys = ["a.x", "a2.x", "a_b.x", "a.b", "ab", "a"]
    texts = po(**{key.replace(".", "__"): key for key in keys})
    assert catalogue(tmp_path, texts, texts).stderr == ""
    compile_c(tmp_path, """
#include <stdio.h>
#include "catalogue.h"
int main(int n, char **key) {
    for (int i = 1; i < n; i++)
        puts(text_of(LANG_EN, text_by_key(key[i])));
}""", "out/catalogue.c")
    said = subprocess.run([tmp_path / "main", *keys], capture_output=True,
                          text=True)
    assert said.stdout.split() == keys


def holes(texts):
    """The catalogues a.ja, a.easy and a.en of {language: text}."""
    return {f"a.{lang}.po": text for lang, text in texts.items()}


@pytest.mark.parametrize("ja, easy, en, error", [
    (po(a="あ", b="い"), po(a="あ", b="い"), po(a="a"),
     "a.ja.po:7: 'b' is missing in 'en'"),
    (po(a="あ", b="い"), po(a="あ"), po(a="a", b="b"),
     "a.ja.po:7: 'b' is missing in 'easy'"),
    (po(a="あ"), po(a="あ"), po(a="a", b="b"),
     "a.en.po:7: 'b' is missing in 'ja'\n"
     "a.en.po:7: 'b' is missing in 'easy'"),
    (po(a="あ"), po(a="あ"), po(a=""), "a.en.po:4: 'a' has no finished text"),
    (po(A="あ"), po(a="あ"), po(a="a"),
     "a.ja.po:4: key 'A' is not of [a-z0-9_.]\n"
     "a.easy.po:4: 'a' is missing in 'ja'"),
    (po(a__b="あ", a_b="い"), po(a__b="あ", a_b="い"), po(a__b="a", a_b="b"),
     "a.ja.po:7: 'a_b' and 'a.b' are both T_a_b"),
])
def test_a_catalogue_with_holes_is_refused(tmp_path, ja, easy, en, error):
    answer = make("catalogue", tmp_path, holes(
        {"ja": ja, "easy": easy, "en": en}))
    assert answer.returncode == 1
    assert sorted(answer.stderr.splitlines()) == sorted(error.split("\n"))
    assert not (tmp_path / "out/catalogue.h").exists()


def test_the_office_does_not_speak_every_language(tmp_path):
    files = {"staff.ja.po": po(a="枠"), "staff.en.po": po(a="frame")}
    assert make("catalogue", tmp_path, files).stderr == ""
    built = compile_c(tmp_path, """
#include <stdio.h>
#include "catalogue.h"
int main(void) {
    for (enum lang l = 0; l < LANGS; l++)
        printf("%s:%s ", text_of(l, T_a), lang_code(lang_office(l)));
}""", "out/catalogue.c")
    assert built.stderr == ""
    said = subprocess.run([tmp_path / "main"], capture_output=True, text=True)
    assert said.stdout == "枠:ja 枠:ja frame:en "

    answer = make("catalogue", tmp_path, {**files, "staff.easy.po": po(a="a")})
    assert answer.stderr == (
        "staff.easy.po: the office does not speak 'easy'\n")


SAME = '#. same\nmsgid "a"\nmsgstr "日本語"\n'


@pytest.mark.parametrize("ja, en, easy, source, error", [
    ("あ", "a", "あ", "T_a", ""),
    ("あ", "a", "あ", "{_ a, p->x}", ""),
    ("あ", "a", "あ", 'text_by_key("a")', ""),
    ("{1}:{2}", "{1}:{2}", "{1}:{2}", "T_a", ""),
    ("あ", "a", "あ", "T_ab", "a.ja.po:4: 'a' is used nowhere"),
    ("あ", "あ", "あ", "T_a", "a.en.po:4: 'a': Japanese in 'en'\n"
     "a.en.po:4: 'a': equal to the Japanese"),
    ("abc", "abc", "abc", "T_a", "a.en.po:4: 'a': equal to the Japanese"),
    ("{1}あ", "a {2}", "{1}あ", "T_a",
     "a.en.po:4: 'a': other {n} than in Japanese"),
    ("年{1}", "{1}", "{年|ねん}", "T_a",
     "a.easy.po:4: 'a': other {n} than in Japanese"),
    ("年", "year", "{年|ねん}あア1a", "T_a", ""),
    ("年", "year", "年", "T_a", "a.easy.po:4: 'a': equal to the Japanese"),
    ("年", "year", "あ年", "T_a", "a.easy.po:4: 'a': '年' has no reading"),
    ("年", "year", "{年|ねん}々", "T_a",
     "a.easy.po:4: 'a': '々' has no reading"),
    ("年", "year", "𠮷", "T_a", "a.easy.po:4: 'a': '𠮷' has no reading"),
    ("年", "year", "{年|年}", "T_a",
     "a.easy.po:4: 'a': the reading of '年' is not kana"),
    ("年", "year", "{年|}", "T_a",
     "a.easy.po:4: 'a': the reading of '年' is empty"),
    ("年", "year", "{年|ねん", "T_a",
     "a.easy.po:4: 'a': '年' has no reading"),
    ("年", "year", "{あ|あ}", "T_a",
     "a.easy.po:4: 'a': 'あ' needs no reading"),
])
def test_catalogue_check(tmp_path, ja, en, easy, source, error):
    assert check(tmp_path, po(a=ja), po(a=en), po(a=easy), source) == error


def test_a_text_may_be_the_same_on_purpose(tmp_path):
    assert check(tmp_path, HEAD + SAME, po(a="日本語"),
                 po(a="{日本語|にほんご}"), "T_a") == ""


def check(folder, ja, en, easy, source):
    files = {"a.ja.po": ja, "a.en.po": en, "a.easy.po": easy, "a.c": source}
    write(folder, files)
    answer = run("catalogue", folder, "--check", *list(files)[:3], "--",
                 "a.c")
    assert answer.returncode == (1 if answer.stderr else 0)
    return answer.stderr.strip()


# Pages

PAGE = """{# Who comes. #}
{use "web/visit.h"}

{page visit(const struct visit *p)}
<p class="{{x}">
  {_ a.hello, p->name, "a, b"}
  {_ (p->count ? T_a_hello : TEXT_NONE)}
{if p->count > 1 && p->name[0] != '}'}
  many
{elif p->count}
  one
{else}
  none
{end}
{for int i = 0; i < 2; i++}
  <i>{p->days[i]}</i>
{end}
{> day(p->count)}{> foot()}
  <a href="{asset style.css}">x</a>{# here #}
</p>
"""


def page(folder, html):
    catalogue(folder, po(a__hello="あ"), po(a__hello="hello"))
    make("assets", folder, {"style.css": "a{}"})
    return make("pages", folder, {"pages/visit.html": html,
                                  "pages/foot.html": "{page foot()}\nfoot\n"})


MAIN = """#include "pages.h"
#include "web/visit.h"
int main(void) {
    struct page o = { 0 };
    struct visit v = { "花", 2, { 7, 8, 9 } };
    page_visit(&o, &v);
}"""


def test_a_page_writes_what_it_says(tmp_path):
    assert page(tmp_path, PAGE).stderr == ""
    built = compile_c(tmp_path, MAIN, "out/pages.c", "out/catalogue.c")
    assert built.stderr == ""
    said = subprocess.run([tmp_path / "main"], capture_output=True, text=True)
    assert re.sub("[0-9a-f]{12}", "HASH", said.stdout) == (
        '<p class="{x}">\n'
        "[hello<花><a, b>]\n"
        "[hello]\n"
        "many\n"
        "<i><7></i>\n<i><8></i>\n"
        "<2>foot\n"
        '<a href="/static/HASH/style.css">x</a>\n'
        "</p>")


def test_markup_stands_only_where_it_may(tmp_path):
    """Ruby, for one: in attributes and in elements that hold text alone it
    would be read as it is written."""
    assert page(tmp_path, """{use "web/visit.h"}
{page visit(const struct visit *p)}
<title>{p->name}</title><b title="{p->name} 'x" {p->name}>{p->name}</b>
<option value=''>{if p->count}{p->name}{end}</option>{p->name}
<svg><text x="1">{p->name}</text></svg><text-x>{p->name}</text-x>
""").stderr == ""
    built = compile_c(tmp_path, MAIN, "out/pages.c", "out/catalogue.c")
    assert built.stderr == ""
    said = subprocess.run([tmp_path / "main"], capture_output=True, text=True)
    assert said.stdout == (
        "<title>bare<花></title><b title=\"bare<花> 'x\" bare<花>><花></b>\n"
        "<option value=''>bare<花></option><花>\n"
        "<svg><text x=\"1\">bare<花></text></svg><text-x><花></text-x>")


@pytest.mark.parametrize("tag, line, error", [
    ("{p->nam}", 6, "has no member named 'nam'"),
    ("{_ a.helo}", 6, "'T_a_helo' undeclared"),
    ("{asset styl.css}", 6, "'ASSET_styl_css' undeclared"),
    ("{if p->kount}{end}", 6, "has no member named 'kount'"),
    ("{> dey(1)}", 6, "implicit declaration of function 'page_dey'"),
    ("{p->count +\n p->cont}", 7, "has no member named 'cont'"),
])
def test_a_misspelt_name_fails_at_its_line(tmp_path, tag, line, error):
    page(tmp_path, '{use "web/visit.h"}\n{page visit(const struct visit *p)}\n'
         "\n<p>\n\n" + tag + "\n{p->name}</p>\n")
    built = compile_c(tmp_path, MAIN, "out/pages.c", "out/catalogue.c")
    assert f"pages/visit.html:{line}:" in built.stderr
    assert error in built.stderr


def test_lines_of_the_generated_file_are_its_own(tmp_path):
    page(tmp_path, PAGE)
    lines = (tmp_path / "out/pages.c").read_text().splitlines()
    own = [(at, int(found[1])) for at, text in enumerate(lines, 1)
           if (found := re.match(r'#line (\d+) "out/pages.c"', text))]
    assert own
    assert all(said == at + 1 for at, said in own)


@pytest.mark.parametrize("html, error", [
    ("<p>\n", "a.html: no {page a(...)}"),
    ("<p>\n{page a()}\n", "a.html:2: text before {page a(...)}"),
    ("{page b()}\n", "a.html:1: expected {page a(...)} as the file's name"),
    ("{page ab()}\n", "a.html:1: expected {page a(...)} as the file's name"),
    ("{page a()}\n{page a()}\n", "a.html:2: a second {page}"),
    ("{page a()}\n{use \"x.h\"}\n", "a.html:2: {use} stands before {page}"),
    ("{use x.h}\n{page a()}\n", 'a.html:1: expected {use "dir/file.h"}'),
    ("{x}\n{page a()}\n", "a.html:1: {x} before {page a(...)}"),
    ("{page a()}\n{if x}\n<p>\n", "a.html:2: no {end} to this"),
    ("{page a()}\n{end}\n", "a.html:2: nothing is open here"),
    ("{page a()}\n{else}\n", "a.html:2: nothing is open here"),
    ("{page a()}{for x; y; z}\n{else}\n", "a.html:2: {else} without its {if}"),
    ("{page a()}{if x}{else}\n{elif y}\n",
     "a.html:2: {elif} without its {if}"),
    ("{page a()}\n\n{x(\"}\")\n", "a.html:3: '{' without its '}'"),
    ("{page a()}\n{}\n", "a.html:2: {} is empty; a brace is written {{"),
    ("{page a()}\n{> part}\n", "a.html:2: expected {> name(...)}"),
    ("{page a()}\n{_ }\n", "a.html:2: expected {_ key}"),
    ("{page a()}\n<p class='>'>\n<b\n", "a.html:4: <b> is open at the end"),
    ("{page a()}\n<title>x\n", "a.html:3: <title> is open at the end"),
])
def test_a_wrong_template_is_refused(tmp_path, html, error):
    answer = make("pages", tmp_path, {"a.html": html})
    assert answer.returncode == 1
    assert answer.stderr == error + "\n"


def test_letters_keep_their_lines(tmp_path):
    answer = make("pages", tmp_path, {"note.txt": (
        "{# comment #}\n{letter note(int n)}\nA  b\n\n  {if n}\n  c {n}\n"
        "{end}\n\nd {if n}e{end}\n")})
    assert answer.stderr == ""
    put = re.findall(r'letter_put\(o, ((?:"[^"]*"\s*)+), (\d+)\);',
                     (tmp_path / "out/letters.c").read_text())
    text = ["".join(re.findall('"([^"]*)"', part)).replace("\\n", "\n")
            for part, _ in put]
    assert text == ["A  b\n\n", "  c ", "\n", "\nd ", "e", "\n"]
    assert [len(part) for part in text] == [int(n) for _, n in put]


def test_a_letter_has_no_assets(tmp_path):
    answer = make("pages", tmp_path, {
        "note.txt": "{letter note()}\n{asset style.css}\n"})
    assert answer.stderr == "note.txt:2: a letter has no assets\n"


# Assets

def test_assets_are_packed_and_addressed_by_content(tmp_path):
    css = "a { color: red }\n" * 40
    files = {"style.css": css, "mark-1.svg": "<svg/>"}
    assert make("assets", tmp_path, files).stderr == ""
    out = tmp_path / "out"
    assert gzip.decompress((out / "style.css.gz").read_bytes()).decode() == css
    assert not (out / "mark-1.svg.gz").exists(), "packing saves nothing here"
    first = (out / "assets.h").read_text()
    assert '#define ASSET_mark_1_svg ASSETS_PATH "mark-1.svg"' in first
    built = compile_c(tmp_path, r"""
#include <stdio.h>
#include "assets.h"
int main(void) {
    for (const struct asset *a = assets; a < assets + asset_count; a++)
        printf("%s %s %zu %d %.5s\n", a->path + 21, a->type, a->plain.len,
            a->packed.len > 0, (const char *)a->plain.data);
}""", "out/assets.c", "out/assets.S")
    assert built.stderr == ""
    said = subprocess.run([tmp_path / "main"], capture_output=True, text=True)
    assert said.stdout == ("style.css text/css; charset=utf-8 680 1 a { c\n"
                           "mark-1.svg image/svg+xml 6 0 <svg/\n")
    files["mark-1.svg"] = "<svg></svg>"
    make("assets", tmp_path, files)
    assert (out / "assets.h").read_text() != first


def test_an_idle_run_touches_nothing(tmp_path):
    make("assets", tmp_path, {"style.css": "a{}"})
    before = {f: f.stat().st_mtime_ns for f in (tmp_path / "out").iterdir()}
    make("assets", tmp_path, {"style.css": "a{}"})
    assert before == {f: f.stat().st_mtime_ns for f in before}


def test_an_unknown_kind_of_asset_is_refused(tmp_path):
    answer = make("assets", tmp_path, {"style.sass": "a{}"})
    assert answer.returncode == 1
    assert answer.stderr == ("style.sass: no content type is known for this "
                             "name\n")


def test_a_released_migration_stays(tmp_path):
    """tests/migrations, which make lint asks."""
    def git(*words):
        subprocess.run(["git", "-c", "user.name=x", "-c", "user.email=x@x",
                        *words], cwd=tmp_path, check=True,
                       capture_output=True)

    def complaint():
        run = subprocess.run([ROOT / "tests/migrations"], cwd=tmp_path,
                             capture_output=True, text=True)
        return run.returncode, run.stdout + run.stderr

    schema = tmp_path / "sql/schema"
    schema.mkdir(parents=True)
    first = schema / "001-a.sql"
    first.write_text("CREATE TABLE a (b INTEGER) STRICT;\n")
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "a")
    first.write_text("CREATE TABLE a (c INTEGER) STRICT;\n")
    assert complaint() == (0, ""), "nothing is released"
    git("tag", "v1.0")
    assert complaint()[0] == 1 and "001-a.sql" in complaint()[1]
    git("checkout", "-q", ".")
    (schema / "002-b.sql").write_text("CREATE TABLE b (b INTEGER) STRICT;\n")
    git("add", ".")
    assert complaint() == (0, "")
    git("mv", "sql/schema/001-a.sql", "sql/schema/001-c.sql")
    assert complaint()[0] == 1
