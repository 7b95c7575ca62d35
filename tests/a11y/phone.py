"""The phone shield as a screen reader has it: controls by role and name, over AT-SPI. Nothing here reaches into the program."""
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

BUTTON, BOX, FIELD = Atspi.Role.PUSH_BUTTON, Atspi.Role.CHECK_BOX, Atspi.Role.TEXT
PATIENCE_S = 40


class NotThere(AssertionError):
    pass


def _walk(node, depth=0):
    yield node, depth
    for index in range(node.get_child_count()):
        child = node.get_child_at_index(index)
        if child is not None:
            yield from _walk(child, depth + 1)


def _is(node, state):
    return node.get_state_set().contains(state)


class Phone:
    def __init__(self, process):
        self._process = process

    def _nodes(self):
        desktop = Atspi.get_desktop(0)
        for index in range(desktop.get_child_count()):
            program = desktop.get_child_at_index(index)
            if program is None or program.get_process_id() != self._process.pid:
                continue
            program.clear_cache()
            # The body of a page may have to be scrolled: then a control is visible and not showing.
            return [(node, depth) for node, depth in _walk(program) if depth < 2 or _is(node, Atspi.StateType.VISIBLE)]
        raise NotThere("the phone is not on the accessibility bus")

    def tree(self):
        """All that is there, a line each: for whoever reads why a test failed."""
        try:
            return "\n".join("  " * depth + f"{node.get_role_name()} '{node.get_name()}'" for node, depth in self._nodes())
        except (GLib.Error, NotThere) as why:
            return str(why)

    def _await(self, what, look):
        end = time.monotonic() + PATIENCE_S
        while True:
            assert self._process.poll() is None, f"the phone ended with {self._process.returncode}, waited for {what}"
            try:
                found = look()
            except (GLib.Error, NotThere):  # the page changed under the walk
                found = None
            if found:
                return found
            if time.monotonic() > end:
                raise NotThere(f"not there: {what}. There is:\n{self.tree()}")
            time.sleep(0.1)

    def find(self, role, name):
        """Waits for a control with this role and this name. Whether it can be used now, Qt 6.4 does not tell."""
        def look():
            for node, _ in self._nodes():
                if node.get_role() == role and node.get_name() == name:
                    return node
            return None
        return self._await(f"{role.value_nick} '{name}'", look)

    def hear(self, text):
        """Waits for something whose name has this text in it. Returns: the name."""
        return self._await(f"the text '{text}'", lambda: next((node.get_name() for node, _ in self._nodes() if text in (node.get_name() or "")), None))

    def lands_on(self, name):
        """Waits until the reader's place is a heading of this name: a page that was turned says so by taking it there."""
        self._come_up()

        def look():
            return next((node for node, _ in self._nodes() if node.get_role() == Atspi.Role.HEADING and node.get_name() == name and _is(node, Atspi.StateType.FOCUSED)), None)
        return self._await(f"the place at the heading '{name}'", look)

    def press(self, name, role=BUTTON):
        self._act(self.find(role, name), "Press")

    @staticmethod
    def _act(control, what):
        actions = control.get_action_iface()
        names = [actions.get_action_name(index) for index in range(actions.get_n_actions())]
        assert what in names, f"'{control.get_name()}' can only {names}"
        assert actions.do_action(names.index(what)), f"'{control.get_name()}' refused to {what}"

    # The display has no window manager that would give the keyboard to a new window: a press on its edge does.
    def _come_up(self):
        frame = self.find(Atspi.Role.FRAME, "Hufu phone shield")
        if not _is(frame, Atspi.StateType.ACTIVE):
            at = frame.get_component_iface().get_extents(Atspi.CoordType.SCREEN)
            Atspi.generate_mouse_event(at.x + 2, at.y + 2, "b1c")
            self._await("the active window", lambda: _is(frame, Atspi.StateType.ACTIVE))

    def type(self, name, text):
        """Into the field: the action interface gives it the focus, a keyboard the text. Qt 6.4 has no interface for text that is edited."""
        self._come_up()
        field = self.find(FIELD, name)
        self._act(field, "SetFocus")
        self._await(f"the focus on '{name}'", lambda: _is(field, Atspi.StateType.FOCUSED))
        for sign in text:
            Atspi.generate_keyboard_event(ord(sign), None, Atspi.KeySynthType.SYM)
        self._await(f"'{text}' in '{name}'", lambda: field.get_text_iface().get_text(0, -1) == text)

    def enter_pin(self, title, digits):
        """Waits for the page with this title, then presses the pad's keys: no name says a digit, and they stand as on a telephone."""
        self.hear(title)
        self.hear("0 digits entered")
        for count, digit in enumerate(digits, 1):
            place = 10 if digit == "0" else int(digit) - 1
            self.press(f"Row {place // 3 + 1}, column {place % 3 + 1}")
            self.hear("1 digit entered" if count == 1 else f"{count} digits entered")
        self.press("Done")
