"""Debian's Postfix, from a directory of its own, on a port of this machine.

It takes mail by STARTTLS only and puts all of it into one Maildir.  It wants
root, as its master does, and touches nothing of a Postfix that may be
installed for the system.
"""
import os
import pathlib
import pwd
import shutil
import socket
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "story"))
from evil_smtp import Authority  # noqa: E402

READY_S = 20
DAEMONS = "/usr/lib/postfix/sbin"
MAIN = """
compatibility_level = 3.6
queue_directory = {home}/queue
data_directory = {home}/data
maillog_file = {home}/maillog
maillog_file_prefixes = {home}
multi_instance_enable = no
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
myhostname = mail.example
mydestination =
alias_maps =
alias_database =
local_recipient_maps =
relay_domains =
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_tls_security_level = encrypt
smtpd_tls_cert_file = {chain}
smtpd_tls_key_file = {key}
smtpd_client_connection_count_limit = 0
virtual_mailbox_domains = example.jp
virtual_mailbox_base = {home}
virtual_mailbox_maps = static:box/
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
virtual_minimum_uid = 1
default_transport = error
"""
SERVICES = ("cleanup unix n - n - 0", "qmgr unix n - n 300 1",
            "tlsmgr unix - - n 1000? 1", "rewrite unix - - n - -",
            "bounce unix - - n - 0", "defer unix - - n - 0",
            "trace unix - - n - 0", "verify unix - - n - 1",
            "flush unix n - n 1000? 0", "proxymap unix - - n - -",
            "error unix - - n - -", "retry unix - - n - -",
            "virtual unix - n n - -", "anvil unix - - n - 1",
            "postlog unix-dgram n - n - 1")
PROGRAMS = {"rewrite": "trivial-rewrite", "defer": "bounce",
            "trace": "bounce", "retry": "error", "postlog": "postlogd"}


class Postfix:
    def __init__(self, home, port=0):
        self.home = pathlib.Path(home)
        self.port = port or free_port()
        self.box = self.home / "box"
        self.etc = self.home / "etc"
        self.running = False
        if os.geteuid() != 0:
            raise RuntimeError("Postfix wants root")
        user = pwd.getpwnam("postfix")
        for part, owner in (("", 0), ("etc", 0), ("queue", 0),
                            ("data", user.pw_uid), ("box", user.pw_uid)):
            (self.home / part).mkdir(exist_ok=True)
            (self.home / part).chmod(0o755)
            os.chown(self.home / part, owner,
                     user.pw_gid if owner else 0)
        # Its check, no longer root, complains there of files that it was
        # killed over, or does not start.
        (self.home / "maillog").touch()
        (self.home / "maillog").chmod(0o666)
        self.authority = Authority(self.home / "certificates")
        self.authority.context()
        stem = self.home / "certificates/IP-127.0.0.1"
        (self.etc / "main.cf").write_text(MAIN.format(
            home=self.home, uid=user.pw_uid, gid=user.pw_gid,
            chain=stem.with_name(stem.name + ".pem"),
            key=stem.with_name(stem.name + ".key")))
        lines = [f"127.0.0.1:{self.port} inet n - n - - smtpd"]
        for service in SERVICES:
            name = service.split()[0]
            lines.append(f"{service} {PROGRAMS.get(name, name)}")
        (self.etc / "master.cf").write_text("\n".join(lines) + "\n")

    def conf(self):
        """What hokend is told of it."""
        return (f'smtp = "smtp://127.0.0.1:{self.port}"\n'
                f'smtp_authorities = "{self.authority.pem}"\n'
                'mail_from = "yoyaku@example.jp"\n')

    def start(self):
        """Again, when its own check stumbles over what the one before it
        has not yet taken down."""
        end = time.monotonic() + READY_S
        while self.asks("start") != 0:
            if time.monotonic() > end:
                raise RuntimeError("Postfix: " + self.log())
            time.sleep(0.2)
        self.running = True
        while True:
            try:
                with socket.create_connection(("127.0.0.1", self.port)):
                    return
            except OSError:
                if time.monotonic() > end:
                    raise RuntimeError("Postfix: " + self.log()) from None
                time.sleep(0.05)

    def abort(self):
        """Gone at once, also in the middle of a letter."""
        if self.running:
            self.tell("abort")
        self.running = False
        end = time.monotonic() + READY_S
        while self.asks("status") == 0 and time.monotonic() < end:
            time.sleep(0.02)

    def tell(self, word):
        if self.asks(word) != 0:
            raise RuntimeError(f"postfix {word}: " + self.log())

    def asks(self, word):
        return subprocess.run(["postfix", "-c", self.etc, word], check=False,
                              capture_output=True).returncode

    def letters(self):
        return [p.read_bytes() for p in (self.box / "new").glob("*")]

    def log(self):
        path = self.home / "maillog"
        return path.read_text()[-3000:] if path.exists() else ""

    def close(self):
        self.abort()
        shutil.rmtree(self.home)


def free_port():
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]
