pragma Singleton
pragma ComponentBehavior: Bound

import QtQuick
import Hufu.Shell

// Words for what comes as a name or a number.
QtObject {
    id: root

    function act(act: string): string {
        switch (act) {
        case "login": return qsTr("Log in");
        case "sign": return qsTr("Sign a file");
        case "seal": return qsTr("Stamp a PDF");
        case "encrypt": return qsTr("Seal a bid");
        case "encrypt-files": return qsTr("Encrypt files");
        case "decrypt": return qsTr("Open encrypted files");
        case "enrol": return qsTr("Enrol this computer");
        case "removed": return qsTr("This computer was removed");
        default: return act;
        }
    }
    function symbol(act: string): string {
        switch (act) {
        case "login": return "login";
        case "sign": return "pen";
        case "seal": return "seal";
        case "encrypt":
        case "encrypt-files": return "lock";
        case "decrypt": return "open";
        default: return "desk";
        }
    }
    function minute(at: date): string {
        return Qt.formatDateTime(at, "yyyy-MM-dd HH:mm");
    }
    // How it ended, in a word or with its code.
    function result(done: bool, problem: int, failed: int): string {
        if (!done) return problem !== 0 ? Catalogue.name(problem) : qsTr("Cancelled");
        return failed > 0 ? qsTr("In part") : qsTr("Done");
    }
    // Who has sealed what was opened. In: standing, as bidView's.
    function sealedBy(standing: string, sender: string): string {
        switch (standing) {
        case "nobody": return qsTr("Nobody signed it: nothing proves whose it is");
        case "good": return qsTr("Sealed by %1").arg(sender);
        case "unchecked": return qsTr("Sealed by %1. Not checked: whether the certificate was revoked").arg(sender);
        case "outOfDate": return qsTr("Sealed by %1, with a certificate that was not valid then").arg(sender);
        case "revokedSince": return qsTr("Sealed by %1, whose certificate was revoked since").arg(sender);
        case "revoked": return qsTr("Signed with the certificate of %1, which is revoked: it may be by somebody else").arg(sender);
        default: return "";
        }
    }
    // Whether whoever opened it had better ask.
    function isDoubtful(standing: string): bool {
        return standing === "nobody" || standing === "outOfDate" || standing === "revoked";
    }
    // A span of time, rounded to what matters.
    function span(seconds: real): string {
        const whole = Math.round(Math.abs(seconds));
        if (whole < 120) return qsTr("%n second(s)", "", whole);
        if (whole < 7200) return qsTr("%n minute(s)", "", Math.round(whole / 60));
        if (whole < 172800) return qsTr("%n hour(s)", "", Math.round(whole / 3600));
        return qsTr("%n day(s)", "", Math.round(whole / 86400));
    }
    function clock(ahead: real): string {
        if (Math.abs(ahead) < 1) return qsTr("Agrees with the server's clock");
        return ahead > 0 ? qsTr("%1 ahead of the server's").arg(root.span(ahead)) : qsTr("%1 behind the server's").arg(root.span(ahead));
    }
}
