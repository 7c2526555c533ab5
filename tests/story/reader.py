"""A browser without JavaScript: keeps cookies, reads pages, presses what is
on them.  It can only do what a page offers."""

import http.cookiejar
import urllib.error
import urllib.parse
import urllib.request
from html.parser import HTMLParser


class Form:
    def __init__(self, attrs):
        self.action = attrs.get("action", "")
        self.method = attrs.get("method", "get").lower()
        self.id = attrs.get("id")
        self.fields = []


class Button:
    def __init__(self, form, attrs):
        self.form = form
        self.attrs = attrs
        self.text = ""


class Page(HTMLParser):
    """What stands on a page: its words, links, forms and buttons."""

    def __init__(self, status, url, headers, body):
        super().__init__()
        self.status, self.url, self.headers = status, url, headers
        self.body = body
        self.path = urllib.parse.urlsplit(url).path
        self.title = ""
        self.texts, self.links, self.forms, self.buttons = [], [], [], []
        self.h1 = ""
        self._form = self._button = self._link = self._area = None
        self._in = []
        self.feed(body)

    def handle_starttag(self, tag, attrs):
        attrs = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = Form(attrs)
            self.forms.append(self._form)
        elif tag == "button":
            self._button = Button(self.owner(attrs.get("form")), attrs)
            self.buttons.append(self._button)
        elif tag == "a":
            self._link = [attrs.get("href", ""), ""]
            self.links.append(self._link)
        elif tag == "textarea":
            self._area = [attrs["name"], ""]
        elif tag == "input" and self._form and "name" in attrs:
            kind = attrs.get("type", "text")
            if kind not in ("radio", "checkbox") or "checked" in attrs:
                self._form.fields.append((attrs["name"],
                                          attrs.get("value", "")))
        if tag in ("title", "h1"):
            self._in.append(tag)

    def owner(self, name):
        """The form that a control names, or the one around it."""
        named = [form for form in self.forms if name and form.id == name]
        return named[0] if name else self._form

    def handle_endtag(self, tag):
        if tag == "form":
            self._form = None
        elif tag == "button":
            self._button = None
        elif tag == "a":
            self._link = None
        elif tag == "textarea":
            # A browser drops the line break behind the opening tag.
            name, value = self._area
            self._form.fields.append((name, value.removeprefix("\n")))
            self._area = None
        if self._in and self._in[-1] == tag:
            self._in.pop()

    def handle_data(self, data):
        if self._area:
            self._area[1] += data
        if self._button:
            self._button.text += data
        if self._link:
            self._link[1] += data
        if "title" in self._in:
            self.title += data
        elif "h1" in self._in:
            self.h1 += data
        self.texts.append(data)

    @property
    def text(self):
        return " ".join("".join(self.texts).split())

    def value(self, name):
        for form in self.forms:
            for key, value in form.fields:
                if key == name:
                    return value
        raise AssertionError(f"no field {name} on {self.path}")

    def button(self, text):
        for button in self.buttons:
            if text in button.text:
                return button
        raise AssertionError(f"no button {text} on {self.path}: {self.text}")

    def link(self, text):
        for href, label in self.links:
            if text in label:
                return href
        raise AssertionError(f"no link {text} on {self.path}: {self.text}")

    def slots(self):
        return [b for b in self.buttons if b.attrs.get("name") == "slot"]


class Stay(urllib.request.HTTPRedirectHandler):
    """Does not follow a redirect that leads away from the house."""

    def redirect_request(self, req, fp, code, msg, headers, newurl):
        here = urllib.parse.urlsplit(req.full_url).netloc
        if urllib.parse.urlsplit(newurl).netloc != here:
            return None
        return super().redirect_request(req, fp, code, msg, headers, newurl)


class Reader:
    def __init__(self, url, lang="ja", agent=None):
        self.base = url.rstrip("/")
        self.lang = lang
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), Stay,
            urllib.request.HTTPCookieProcessor(self.jar))
        if agent:
            self.opener.addheaders = [("User-Agent", agent)]

    def open(self, path, data=None, headers=()):
        url = urllib.parse.urljoin(self.base + "/", path)
        request = urllib.request.Request(url, data, {
            "Accept-Language": self.lang, **dict(headers)})
        try:
            answer = self.opener.open(request, timeout=10)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            return Page(answer.status, answer.url, answer.headers,
                        answer.read().decode("utf-8"))

    def get(self, path):
        return self.open(path)

    def post(self, path, fields, headers=()):
        data = urllib.parse.urlencode(fields).encode()
        return self.open(path, data, headers)

    def press(self, page, button, **fields):
        """Presses a button of the page, by itself or by its text, after
        typing the fields."""
        if isinstance(button, str):
            button = page.button(button)
        known = [name for name, _ in button.form.fields]
        for name in fields:
            assert name in known, f"no field {name}"
        pairs = [(name, fields.get(name, value))
                 for name, value in button.form.fields]
        if button.attrs.get("name"):
            pairs.append((button.attrs["name"],
                          button.attrs.get("value", "")))
        action = button.attrs.get("formaction") or button.form.action
        action = urllib.parse.urljoin(page.url, action)
        if button.form.method == "get":
            return self.get(action + "?" + urllib.parse.urlencode(pairs))
        return self.post(action, pairs)

    def follow(self, page, text):
        return self.get(urllib.parse.urljoin(page.url, page.link(text)))

    def fork(self):
        """Another tab of the same browser, or a copy for a race."""
        other = Reader(self.base, self.lang)
        for cookie in self.jar:
            other.jar.set_cookie(cookie)
        return other
