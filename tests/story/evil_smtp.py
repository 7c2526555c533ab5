"""An SMTP server that can go wrong at each step, and certificates for it.

`deeds` maps a step to what happens there instead of the usual reply: a reply
line, DROP (the connection is closed), STALL (nothing is said any more) or
BARE (at EHLO: no STARTTLS is offered).  A message is kept in `letters` as
soon as its final dot has come, whatever is answered.
"""
import pathlib
import socket
import ssl
import subprocess
import threading

DROP, STALL, BARE = "drop", "stall", "bare"
USER, PASSWORD = "room", "ひみつ 3%;"
REPLIES = {
    "connect": "220 evil.example ESMTP", "STARTTLS": "220 go", "AUTH": "235 welcome",
    "MAIL": "250 ok", "RCPT": "250 ok", "DATA": "354 go on",
    "end": "250 taken", "QUIT": "221 bye",
}


class Evil:
    def __init__(self, context, deeds=None, port=0):
        self.context = context
        self.deeds = deeds or {}
        self.letters = []
        self.commands = []
        self.connections = 0
        self.closing = threading.Event()
        self.listener = socket.create_server(("127.0.0.1", port))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def close(self):
        self.closing.set()
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()

    def accept(self):
        while True:
            try:
                peer, _ = self.listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self.serve, args=(peer,),
                             daemon=True).start()

    def serve(self, peer):
        try:
            Talk(self, peer).run()
        except (OSError, EOFError):
            pass
        finally:
            peer.close()


class Talk:
    def __init__(self, evil, peer):
        self.evil = evil
        self.peer = peer
        self.file = peer.makefile("rb")
        self.secure = False

    def run(self):
        self.act("connect")
        while True:
            line = self.line()
            word = line.split()[0].upper()
            self.evil.commands.append(line)
            if word == "EHLO":
                self.greet()
            elif word == "STARTTLS":
                self.act("STARTTLS")
                self.encrypt()
            elif word == "DATA":
                if self.act("DATA") == REPLIES["DATA"]:
                    self.take()
            elif word == "AUTH":
                if "AUTH" not in self.evil.deeds:
                    self.peer.sendall(b"334 \r\n")
                    self.line()
                self.act("AUTH")
            else:
                self.act(word)
                if word == "QUIT":
                    return

    def line(self):
        line = self.file.readline()
        if not line:
            raise EOFError
        return line.decode().rstrip("\r\n")

    def act(self, step):
        deed = self.evil.deeds.get(step, REPLIES.get(step, "502 what?"))
        if deed == DROP:
            raise EOFError
        if deed == STALL:
            self.evil.closing.wait()
            raise EOFError
        self.peer.sendall((deed + "\r\n").encode())
        return deed

    def greet(self):
        deed = self.evil.deeds.get("EHLO")
        if deed not in (None, BARE):
            self.act("EHLO")
            return
        offers = ["evil.example", "SIZE 100000", "8BITMIME"]
        if self.secure:
            offers.append("AUTH PLAIN LOGIN")
        elif deed != BARE:
            offers.append("STARTTLS")
        lines = [f"250-{o}" for o in offers[:-1]] + [f"250 {offers[-1]}"]
        self.peer.sendall("".join(line + "\r\n" for line in lines).encode())

    def encrypt(self):
        if "tls" in self.evil.deeds:
            self.act("tls")
        self.peer = self.evil.context.wrap_socket(self.peer, server_side=True)
        self.file = self.peer.makefile("rb")
        self.secure = True

    def take(self):
        lines = []
        while (line := self.file.readline()) != b".\r\n":
            if not line:
                raise EOFError
            lines.append(line[1:] if line.startswith(b"..") else line)
        self.evil.letters.append(b"".join(lines))
        self.act("end")


class Authority:
    """A certificate authority of its own: `pem` is what to trust."""

    def __init__(self, directory):
        self.dir = pathlib.Path(directory)
        self.dir.mkdir(parents=True)
        self.pem = self.dir / "authority.pem"
        openssl("req", "-x509", "-newkey", "ec", "-pkeyopt",
                "ec_paramgen_curve:P-256", "-nodes", "-days", "30", "-subj",
                "/CN=Test authority", "-keyout", self.dir / "authority.key",
                "-out", self.pem)

    def context(self, name="IP:127.0.0.1"):
        """For a server of that name.  It is valid from the day before
        yesterday on, since the tests' clocks jump."""
        stem = self.dir / name.replace(":", "-")
        key, request, signed, extra = (
            stem.with_name(stem.name + end)
            for end in (".key", ".csr", ".pem", ".ext"))
        extra.write_text(f"subjectAltName={name}\n")
        openssl("req", "-newkey", "ec", "-pkeyopt",
                "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=mail",
                "-keyout", key, "-out", request)
        openssl("x509", "-req", "-in", request, "-CA", self.pem, "-CAkey",
                self.dir / "authority.key", "-CAcreateserial", "-days", "30",
                "-extfile", extra, "-out", signed)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(signed, key)
        return context


def openssl(*words):
    subprocess.run(["openssl", *map(str, words)], check=True,
                   capture_output=True)
