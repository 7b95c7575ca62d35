"""Server, phone and desk as programs on one display. The phone gets no control socket: the tests have nothing but AT-SPI there."""
import json
import os
import pathlib
import re
import socket
import ssl
import subprocess
import time
import urllib.request

PATIENCE_S = 40


class Simulation:
    def __init__(self, programs, folder):
        self._programs, self.folder, self._running = programs, folder, []
        self._messages = 0
        server = self._start("hufu-server", "--listen", "127.0.0.1:0", "--outside", "--seed", "demo", stdout=subprocess.PIPE)
        self.ready = json.loads(server.stdout.readline())

    def _start(self, name, *words, stdout=None):
        data = os.path.join(self.folder, name)
        os.makedirs(data)
        with open(data + ".log", "w") as log:
            process = subprocess.Popen([os.path.join(self._programs, name), "--data", data, *words], stdout=stdout or log, stderr=log, text=True)
        self._running.append(process)
        return process

    def start_phone(self):
        return self._start("hufu-phone", "--language", "en", "--activation", self.ready["activation"])

    def start_desk(self):
        return Desk(self._start("hufu-desk", "--language", "en", "--server", self.ready["desk"], "--loopback", "off", "--control", self.folder + "/desk.socket"), self.folder)

    def fetch(self, path):
        # The server's certificate is its own; this is its own machine.
        trusts = ssl._create_unverified_context()
        with urllib.request.urlopen(f"https://127.0.0.1:{self.ready['port']}{path}", context=trusts, timeout=10) as answer:
            return answer.read()

    def sms_code(self):
        """Waits for an SMS that was not asked for yet. Returns: its code."""
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            messages = json.loads(self.fetch("/outside/sms?phone=" + self.ready["phoneNumber"]))["messages"]
            if len(messages) > self._messages:
                self._messages = len(messages)
                return re.search(r"(?<!\d)\d{6}(?!\d)", messages[0]["text"]).group()
            time.sleep(0.2)
        raise AssertionError("no SMS came")

    def verify(self, *words):
        return subprocess.run([os.path.join(self._programs, "hufu"), "verify", *words], capture_output=True, text=True, timeout=60)

    def logs(self):
        return "\n".join(f"--- {log.name}\n{log.read_text()[-3000:]}" for log in sorted(pathlib.Path(self.folder).glob("*.log")))

    def stop(self):
        for process in reversed(self._running):
            process.terminate()
        for process in self._running:
            process.wait(20)
            if process.stdout:
                process.stdout.close()


class Desk:
    """By its control socket: it stands for a computer that somebody else looks at."""

    def __init__(self, process, folder):
        self._folder = folder
        end = time.monotonic() + PATIENCE_S
        while True:
            self._socket = socket.socket(socket.AF_UNIX)
            try:
                self._socket.connect(folder + "/desk.socket")
                break
            except OSError:
                self._socket.close()
                assert process.poll() is None and time.monotonic() < end, "the desk did not start"
                time.sleep(0.1)
        self._lines = self._socket.makefile("r")

    def ask(self, **request):
        self._socket.sendall((json.dumps(request) + "\n").encode())
        return json.loads(self._lines.readline())

    def do(self, **request):
        answer = self.ask(**request)
        assert answer["ok"], f"{request}: {answer}"
        return answer

    def ended(self):
        """Waits for the end of its task, then goes back to its first page."""
        end = time.monotonic() + PATIENCE_S
        task = self.do(do="task")
        while task["state"] not in ("done", "failed"):
            assert time.monotonic() < end, f"the desk did not end: {task}"
            time.sleep(0.2)
            task = self.do(do="task")
        self.do(do="click", name="outcomeDone")
        return task

    def close(self):
        self._lines.close()
        self._socket.close()
