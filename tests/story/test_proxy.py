"""The sample of nginx in front: it is taken as it stands, tells hokend who
comes, and its log names no address of a booking."""
import http.client
import re
import ssl
import subprocess
import time
import urllib.error
import urllib.request

import pytest

from conftest import HOUSE, free_port
from test_care import metrics


class Proxy:
    def __init__(self, folder, daemon):
        self.folder = folder
        self.port, plain = free_port(), free_port()
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes",
             "-days", "1", "-subj", "/CN=yoyaku.example.jp", "-keyout",
             folder / "key.pem", "-out", folder / "cert.pem"],
            check=True, capture_output=True)
        site = (HOUSE / "etc/nginx.conf").read_text()
        site = re.sub(r"\tlisten \[::\].*\n", "", site)
        for was, now in (
                ("listen 80;", f"listen 127.0.0.1:{plain};"),
                ("listen 443", f"listen 127.0.0.1:{self.port}"),
                ("127.0.0.1:8080", f"127.0.0.1:{daemon.port}"),
                ("/etc/letsencrypt/live/yoyaku.example.jp/fullchain.pem",
                 str(folder / "cert.pem")),
                ("/etc/letsencrypt/live/yoyaku.example.jp/privkey.pem",
                 str(folder / "key.pem")),
                ("/var/log/nginx", str(folder))):
            assert was in site, was
            site = site.replace(was, now)
        (folder / "nginx.conf").write_text(
            f"pid {folder}/pid; error_log {folder}/start.log; daemon off;\n"
            "events {}\nhttp {\n" + "".join(
                f"{kind}_temp_path {folder}/{kind};\n" for kind in (
                    "client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
            + site + "}\n")
        self.process = subprocess.Popen(
            ["nginx", "-c", folder / "nginx.conf", "-p", folder],
            stderr=subprocess.DEVNULL)

    def get(self, path, **headers):
        request = urllib.request.Request(
            f"https://127.0.0.1:{self.port}{path}",
            headers={"Host": "yoyaku.example.jp", **headers})
        context = ssl._create_unverified_context()
        try:
            with urllib.request.urlopen(request, context=context,
                                        timeout=10) as answer:
                return answer.status, dict(answer.headers), answer.read()
        except urllib.error.HTTPError as error:
            return error.code, dict(error.headers), error.read()


@pytest.fixture
def proxy(start, tmp_path):
    daemon = start(conf='public_url = "https://yoyaku.example.jp"\n'
                        'trusted_proxy = "127.0.0.1"\n')
    proxy = Proxy(tmp_path, daemon)
    end = time.monotonic() + 10
    while True:
        try:
            proxy.get("/healthz")
            break
        except OSError:
            assert time.monotonic() < end, \
                (tmp_path / "start.log").read_text()
            time.sleep(0.05)
    yield proxy
    proxy.process.terminate()
    proxy.process.wait(timeout=10)


def test_the_sample_serves_and_keeps_quiet(proxy):
    status, headers, body = proxy.get("/slots?theme=health")
    assert status == 200 and b"</html>" in body
    assert "Strict-Transport-Security" in headers
    assert proxy.get("/manage/SECRET-TOKEN",
                     Referer="https://x/manage/SECRET-TOKEN")[0] in (200, 404)
    assert proxy.get("/feeds/SECRET-TOKEN.ics")[0] == 404
    assert proxy.get("/metrics")[0] == 404
    end = time.monotonic() + 5  # it writes a line behind each answer
    while time.monotonic() < end:
        log = (proxy.folder / "yoyaku.log").read_text()
        if len(log.splitlines()) >= 5:
            break
        time.sleep(0.05)
    assert len(log.splitlines()) >= 5
    assert "127.0.0.1" not in log and "127.0.0.0 [" in log
    for secret in ("SECRET", "manage", "feeds", "health", "slots"):
        for file in proxy.folder.glob("*.log"):
            if file.name != "var0.log":
                assert secret not in file.read_text(), (secret, file)


@pytest.mark.parametrize("conf, warned", [
    ("", 2), ('trusted_proxy = "127.0.0.9"\n', 2),
    ('trusted_proxy = "127.0.0.1"\n', 0)])
def test_a_proxy_that_nobody_named(start, conf, warned):
    """All that it brings are one network: the log says so, once an hour, and
    the figures at each request."""
    daemon = start(conf='public_url = "https://yoyaku.example.jp"\n' + conf)
    assert ("fault begin.proxy" in daemon.log.read_text()) == (conf == "")
    for name in ("X-Forwarded-For", "Forwarded", "Accept"):
        connection = http.client.HTTPConnection("127.0.0.1", daemon.port)
        connection.request("GET", "/robots.txt", headers={
            "Host": "yoyaku.example.jp", name: "203.0.113.7"})
        assert connection.getresponse().status == 200
        connection.close()
    assert metrics(daemon)["hokend_untrusted_proxy_total"] == warned
    lines = [line for line in daemon.log.read_text().splitlines()
             if "http.proxy" in line]
    assert len(lines) == min(warned, 1)
    assert all("fault http.proxy address=127.0.0.1" in line for line in lines)
    assert "203.0.113" not in daemon.log.read_text()
