"""Somebody who does not see the screen activates the phone and approves a signature on it."""
import os
import sys
import tempfile
import unittest

from phone import BOX, BUTTON, Phone
from simulation import Simulation

PIN = "739154"
PROGRAMS = sys.argv.pop(1)


class PhoneByAtSpi(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="hufu-a11y-")
        self.addCleanup(folder.cleanup)
        self.world = Simulation(PROGRAMS, folder.name)
        self.addCleanup(lambda: print(self.world.logs(), file=sys.stderr))
        self.addCleanup(self.world.stop)
        self.phone = Phone(self.world.start_phone())

    def ask_for_the_code(self):
        self.phone.press("Activate this phone")
        self.phone.lands_on("Phone number")
        self.phone.type("Phone number", self.world.ready["phoneNumber"])
        self.phone.press("Send the code")

    def activate(self):
        self.ask_for_the_code()
        self.phone.press("I have read the agreements and accept them", BOX)
        self.phone.press("Accept and continue")
        self.phone.type("Code sent to " + self.world.ready["phoneNumber"], self.world.sms_code())
        self.phone.press("Start the check")
        self.phone.enter_pin("Choose a PIN", PIN)
        self.phone.enter_pin("Enter the PIN again", PIN)
        self.phone.hear("Your shield is ready")

    # On its scan page the phone finds the code in the desk's window, on the display of both.
    def scan(self):
        self.phone.press("Scan")

    def approve(self):
        self.phone.press("Approve")
        self.phone.type("Code of 6 digits", self.world.sms_code())
        self.phone.press("Continue")
        self.phone.enter_pin("Enter your PIN", PIN)

    def test_activation_byNamesAlone_endsWithTheCertificate(self):
        self.activate()
        self.phone.hear("Activated and rehearsed")
        self.phone.hear("Keys SM2 for signatures, SM2 for encryption")
        self.phone.press("Go to the home page")
        self.phone.find(BUTTON, "Scan")

    def test_buttonThatCannotBeUsed_pressed_doesNothing(self):
        self.ask_for_the_code()
        self.phone.press("Accept and continue")
        self.phone.press("I have read the agreements and accept them", BOX)
        self.phone.press("I have read the agreements and accept them", BOX)  # taken back
        self.phone.press("Accept and continue")
        self.phone.press("I have read the agreements and accept them", BOX)  # still there
        self.phone.press("Accept and continue")
        self.phone.hear("Identity check")

    def test_approval_byNamesAlone_signsTheFile(self):
        self.activate()
        self.phone.press("Go to the home page")
        desk = self.world.start_desk()
        self.addCleanup(desk.close)
        desk.do(do="enrol", name="Desk of the tender office")
        self.scan()
        self.phone.hear("Desk of the tender office")
        self.approve()
        self.phone.hear("You can sign and open files from this computer now.")
        self.phone.lands_on("Computer enrolled")
        self.phone.press("Done")
        self.phone.lands_on("Hufu phone shield")
        self.assertEqual(desk.ended()["state"], "done")

        file, signature = os.path.join(self.world.folder, "tender.txt"), os.path.join(self.world.folder, "tender.p7s")
        with open(file, "w") as out:
            out.write("A tender.\n")
        desk.do(do="sign", file=file, form="cms", out=signature)
        self.scan()
        self.phone.hear("tender.txt")
        self.approve()
        self.phone.hear("1 file signed. The computer has the signature.")
        self.phone.press("Done")
        self.assertEqual(desk.ended()["state"], "done")
        for name in ("root", "issuing"):
            with open(os.path.join(self.world.folder, name + ".pem"), "wb") as out:
                out.write(self.world.fetch(f"/ca/{name}.pem"))
        judged = self.world.verify(file, signature, "--trust", self.world.folder + "/root.pem", "--chain", self.world.folder + "/issuing.pem")
        self.assertEqual(judged.returncode, 0, judged.stdout + judged.stderr)


if __name__ == "__main__":
    unittest.main(verbosity=2, warnings="ignore")  # newer bindings have other names for the interfaces
