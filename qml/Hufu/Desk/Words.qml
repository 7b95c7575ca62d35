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
