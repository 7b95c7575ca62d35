pragma Singleton
pragma ComponentBehavior: Bound

import QtQuick
import Hufu.Controls
import Hufu.PhoneModels
import Hufu.Shell

// Words for what comes as a name: acts, agreements, sizes.
QtObject {
    id: root

    // What the person is asked to do, as a headline.
    function request(act: string): string {
        switch (act) {
        case "activation": return qsTr("Activation of this phone");
        case "login": return qsTr("Log in");
        case "sign": return qsTr("Sign files");
        case "seal": return qsTr("Stamp documents");
        case "encrypt": return qsTr("Seal a bid");
        case "decrypt": return qsTr("Open encrypted files");
        case "enrol": return qsTr("Enrol this computer");
        case "csr": return qsTr("Request a certificate");
        case "encryptCertificate": return qsTr("Request an encryption certificate");
        case "probe":
        case "rehearseDecrypt": return qsTr("Trial decryption");
        case "rehearseSign": return qsTr("Trial signature");
        case "pinChange": return qsTr("Change the PIN");
        case "vouch": return qsTr("Renew or change the phone");
        case "revoke": return qsTr("Revoke the certificate");
        case "confirm": return qsTr("Confirm for your company");
        case "recovery": return qsTr("Recovery after a copy");
        default: return act;
        }
    }
    // Whether the person begins it on the phone itself, and nobody at a computer.
    function isOwn(act: string): bool {
        switch (act) {
        case "csr":
        case "encryptCertificate":
        case "probe":
        case "rehearseSign":
        case "rehearseDecrypt":
        case "pinChange":
        case "vouch":
        case "revoke": return true;
        default: return false;
        }
    }
    // Whether what the act names is a file that the person knows: no statement, and no ciphertext made for a trial.
    function namesFiles(act: string): bool {
        return act !== "confirm" && act !== "probe" && act !== "rehearseDecrypt";
    }
    // How large a file of the act is: of one that is opened only its wrapped key comes to the phone, whose size says nothing of the file.
    function fileSize(act: string, file: fileView): string {
        if (act === "decrypt" || !root.namesFiles(act)) return "";
        return root.size(file.size) + (file.pages > 0 ? "  ·  " + qsTr("%n page(s)", "", file.pages) : "");
    }
    // What the SM3 of a file of the act is of.
    function digest(act: string): string {
        switch (act) {
        case "decrypt": return qsTr("SM3 of the envelope's key");
        case "probe":
        case "rehearseDecrypt": return qsTr("SM3 of the trial ciphertext");
        default: return "SM3";
        }
    }
    function seal(kind: string): string {
        switch (kind) {
        case "company": return qsTr("Company seal");
        case "legalPerson": return qsTr("Legal person's seal");
        case "finance": return qsTr("Finance seal");
        case "contract": return qsTr("Contract seal");
        default: return kind;
        }
    }
    // What approving it means, in a sentence.
    function meaning(act: string): string {
        switch (act) {
        case "login": return qsTr("You log in to this platform as yourself.");
        case "sign": return qsTr("You sign the files below. A signature binds you and your company.");
        case "seal": return qsTr("You stamp the documents below. A stamp binds your company.");
        case "encrypt": return qsTr("You sign and seal the bid below until its opening hour.");
        case "decrypt": return qsTr("The files below are opened, and only this computer can read them.");
        case "enrol": return qsTr("From now on this computer may ask you to sign and to open files.");
        case "rehearseSign": return qsTr("A signature on trial: it binds nobody.");
        case "rehearseDecrypt": return qsTr("A decryption on trial: nothing of yours is opened.");
        case "pinChange": return qsTr("The phone and the server renew their shares under the new PIN.");
        case "confirm": return qsTr("You confirm what is named below, and it is done for your company in the console. Your signature stands for it.");
        case "vouch": return qsTr("You vouch for new keys of your own. Once they are active, the keys of now only open any more.");
        case "revoke": return qsTr("Your certificate is revoked for good: nobody accepts it any more, and what is sealed for it can still be opened here.");
        default: return "";
        }
    }
    function done(act: string): string {
        switch (act) {
        case "login": return qsTr("Logged in");
        case "sign": return qsTr("Signed");
        case "seal": return qsTr("Stamped");
        case "encrypt": return qsTr("Bid sealed");
        case "decrypt": return qsTr("Opened");
        case "enrol": return qsTr("Computer enrolled");
        case "rehearseSign": return qsTr("The trial signature is in order");
        case "rehearseDecrypt": return qsTr("The trial decryption is in order");
        case "pinChange": return qsTr("PIN changed");
        case "revoke": return qsTr("Certificate revoked");
        case "confirm": return qsTr("Confirmed");
        case "recovery": return qsTr("The shield is yours again");
        default: return qsTr("Done");
        }
    }
    function symbol(act: string): string {
        switch (act) {
        case "login": return "login";
        case "sign":
        case "confirm":
        case "rehearseSign": return "pen";
        case "seal": return "seal";
        case "encrypt": return "lock";
        case "decrypt":
        case "probe":
        case "rehearseDecrypt": return "open";
        case "enrol": return "desk";
        case "pinChange":
        case "vouch": return "key";
        case "revoke": return "cross";
        default: return "shield";
        }
    }
    function agreement(id: string): string {
        switch (id) {
        case "service": return qsTr("Service agreement");
        case "privacy": return qsTr("Privacy policy");
        case "certificate": return qsTr("Certificate agreement");
        default: return id;
        }
    }
    function agreementText(id: string): string {
        switch (id) {
        case "service": return qsTr("Hufu keeps one share of your key on this phone and one on its server. Neither can sign alone. You approve each act by PIN, and you are bound by what you approve.");
        case "privacy": return qsTr("Your phone number and identity are used to issue your certificate and to protect it. Files stay on your computer; the server sees their digest, and only a file that you sign bare.");
        case "certificate": return qsTr("The certificate names you and your company. Keep the phone and the PIN to yourself, and have the certificate revoked when either is lost.");
        default: return "";
        }
    }
    function size(octets: real): string {
        if (octets < 1024) return qsTr("%n byte(s)", "", octets);
        if (octets < 1024 * 1024) return qsTr("%1 KiB").arg((octets / 1024).toFixed(1));
        if (octets < 1024 * 1024 * 1024) return qsTr("%1 MiB").arg((octets / 1048576).toFixed(1));
        return qsTr("%1 GiB").arg((octets / 1073741824).toFixed(1));
    }
    function clock(seconds: int): string {
        const two = value => String(value).padStart(2, "0");
        return two(Math.floor(seconds / 3600)) + ":" + two(Math.floor(seconds / 60) % 60) + ":" + two(seconds % 60);
    }
    // A span as people say it.
    function span(seconds: int): string {
        if (seconds < 3600) return qsTr("%n minute(s)", "", Math.round(seconds / 60));
        return qsTr("%n hour(s)", "", Math.round(seconds / 3600));
    }
    function lightColour(light: int): color {
        switch (light) {
        case HomeModel.Green: return Theme.colour.good;
        case HomeModel.Amber: return Theme.colour.warn;
        case HomeModel.Red: return Theme.colour.danger;
        default: return Theme.colour.inkSoft;
        }
    }
    function bidState(state: int): string {
        switch (state) {
        case BidsModel.Opened: return qsTr("Opened");
        case BidsModel.Withdrawn: return qsTr("Withdrawn");
        case BidsModel.Replaced: return qsTr("Replaced");
        default: return qsTr("Long past");
        }
    }
    // Whether a bid will open, and what to do about it.
    function bidLight(mine: bool, cause: int): string {
        if (!mine) return qsTr("Others can open it, you cannot");
        switch (cause) {
        case BidsModel.Ready: return qsTr("This phone will open it");
        case BidsModel.Blocked: return qsTr("This phone is frozen");
        case BidsModel.Locked: return qsTr("This phone is locked after wrong PINs");
        case BidsModel.ServerAway: return qsTr("The server cannot be reached");
        case BidsModel.ClockWrong: return qsTr("This phone's clock is wrong");
        case BidsModel.RehearsalDue: return qsTr("A test is due");
        case BidsModel.OpenNow: return qsTr("It can be opened now");
        default: return qsTr("No key of this phone opens it");
        }
    }
    function bidAdvice(mine: bool, cause: int): string {
        if (!mine) return qsTr("In its hour one of those below has to be there.");
        switch (cause) {
        case BidsModel.Ready: return qsTr("The last test is in order. Keep phone and PIN at hand.");
        case BidsModel.Blocked: return qsTr("Ask your administrator to unfreeze it before the opening.");
        case BidsModel.Locked: return qsTr("The light at home says how long. If that is too late: ask your administrator to have it unlocked, or have one of those below open the bid.");
        case BidsModel.ServerAway: return qsTr("Without the server's half nothing opens. Check the network.");
        case BidsModel.ClockWrong: return qsTr("Turn on automatic time.");
        case BidsModel.RehearsalDue: return qsTr("A trial decryption shows in time whether phone, PIN and server work together. It counts as nothing else.");
        case BidsModel.OpenNow: return qsTr("At the computer choose the file, scan, and type the PIN.");
        default: return qsTr("Ask your administrator before the opening.");
        }
    }
    // Until an hour that is days away, or seconds.
    function countdown(milliseconds: real): string {
        const seconds = Math.max(0, Math.floor(milliseconds / 1000));
        if (seconds < 86400) return root.clock(seconds);
        return qsTr("%n day(s)", "", Math.floor(seconds / 86400)) + " " + qsTr("%1 h").arg(Math.floor(seconds % 86400 / 3600));
    }
    function moment(at: date): string {
        return isNaN(at.getTime()) ? "" : Qt.formatDateTime(at, "yyyy-MM-dd HH:mm:ss");
    }
    function minute(at: date): string {
        return isNaN(at.getTime()) ? "" : Qt.formatDateTime(at, "yyyy-MM-dd HH:mm");
    }
    // How it ended, in a word or a code.
    // What the server's record says of an entry.
    function compared(state: int): string {
        switch (state) {
        case HistoryModel.Same: return qsTr("The server has the same");
        case HistoryModel.Differs: return qsTr("Differs from the server's record");
        case HistoryModel.Missing: return qsTr("The server knows nothing of it");
        default: return qsTr("Not compared with the server yet");
        }
    }
    function isOff(state: int): bool {
        return state === HistoryModel.Differs || state === HistoryModel.Missing;
    }
    function result(approved: bool, code: int): string {
        return approved ? qsTr("Approved") : code !== 0 ? Catalogue.name(code) : qsTr("Refused");
    }
    function day(at: date): string {
        return isNaN(at.getTime()) ? "" : Qt.formatDate(at, "yyyy-MM-dd");
    }
    // What the keys of a certificate do: those of before, past its end or of a revoked one open only.
    function purpose(card: certificateView, revoked: bool): string {
        return card.former || revoked || card.daysLeft <= 0 ? qsTr("Opens files only") : qsTr("Logs in, signs, seals and opens bids");
    }
    // How one comes to the next certificate: one rule, wherever it is told.
    function renewal(isOver: bool): string {
        return isOver ? qsTr("Files can still be opened. For another certificate ask your administrator for a new grant.")
                      : qsTr("Renew it on this phone before it ends, on the page Certificate, with the PIN, an SMS code and an identity check. Afterwards only your administrator can grant another.");
    }
    function renewalWithOldKeys(): string {
        return root.join(root.renewal(false), qsTr("The old keys stay beside the new ones and go on opening what is sealed for them."));
    }
    function daysLeft(days: int): string {
        return days > 0 ? qsTr("%n day(s) left", "", days) : qsTr("Expired");
    }
    function signDestroyed(): string {
        return qsTr("After 30 wrong PINs the server destroyed its half of the sign key. Files can still be opened. For signing, your administrator has to grant a new certificate.");
    }
    function pinWorn(wrongPins: int): string {
        return qsTr("%n wrong PIN(s) since it was last changed. At 30 this shield can no longer sign. If that was not you, tell your administrator.", "", wrongPins);
    }
    // Two sentences; Chinese ones have no blank between them.
    function join(first: string, second: string): string {
        return first + (Language.name === "en" ? " " : "") + second;
    }
    // One by one, as they are typed: a screen reader would make a number of them.
    function spelt(digits: string): string {
        return digits.split("").join(" ");
    }
    // 64 hexadecimal digits in groups that an eye can follow.
    function grouped(hex: string): string {
        return hex.replace(/(.{8})(?=.)/g, "$1 ");
    }
}
