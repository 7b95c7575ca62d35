pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Hufu.Controls
import Hufu.PhoneModels

// The readiness light with its cause. Pressing it opens the self-test.
T.AbstractButton {
    id: root

    required property readinessView readiness
    property bool alarm: false // the records differ: nothing is "ready" beside that
    readonly property bool isHeldBack: root.alarm && root.readiness.cause === HomeModel.Ready
    readonly property color tone: {
        if (root.isHeldBack) return Theme.colour.warn;
        switch (root.readiness.light) {
        case HomeModel.Green: return Theme.colour.good;
        case HomeModel.Amber: return Theme.colour.warn;
        case HomeModel.Red: return Theme.colour.danger;
        default: return Theme.colour.inkSoft;
        }
    }

    text: {
        if (root.isHeldBack) return qsTr("Look at the records first");
        switch (root.readiness.cause) {
        case HomeModel.Ready: return qsTr("Ready to sign");
        case HomeModel.ServerAway: return qsTr("The server cannot be reached");
        case HomeModel.ServerForeign: return qsTr("This is not your server");
        case HomeModel.StorageLow: return qsTr("This phone is full");
        case HomeModel.SignDestroyed: return qsTr("This shield can no longer sign");
        case HomeModel.CertificateOver: return qsTr("The certificate has expired");
        case HomeModel.ClockWrong: return qsTr("This phone's clock is wrong");
        case HomeModel.PinWorn: return qsTr("Change the PIN soon");
        case HomeModel.CertificateEnds: return qsTr("The certificate ends in %n day(s)", "", root.readiness.value);
        case HomeModel.BidRehearsalDue: return qsTr("Test whether a bid will open");
        case HomeModel.Copied: return qsTr("This phone was copied");
        case HomeModel.Frozen: return qsTr("This shield is frozen");
        case HomeModel.Locked: return qsTr("Locked for %n more minute(s)", "", root.readiness.value);
        case HomeModel.CertificateRevoked: return qsTr("The certificate is revoked");
        case HomeModel.SeatOver: return qsTr("The seat has ended");
        case HomeModel.Barred: return qsTr("The server lets this shield sign nothing");
        case HomeModel.TriesFew: return qsTr("%n try(ies) left for the PIN", "", root.readiness.value);
        case HomeModel.SeatEnds: return qsTr("The seat ends in %n day(s)", "", root.readiness.value);
        case HomeModel.DeskMissing: return qsTr("No computer is enrolled");
        case HomeModel.DeskWaits: return qsTr("Your computer waits for the administrator");
        default: return qsTr("Looking at the server…");
        }
    }
    readonly property string detail: {
        if (root.isHeldBack) return qsTr("All else is in order.");
        switch (root.readiness.cause) {
        case HomeModel.Ready: return qsTr("Server, certificate, clock and storage are in order.");
        case HomeModel.ServerAway: return qsTr("Check the network. Nothing can be approved until then; nothing is lost.");
        case HomeModel.ServerForeign: return qsTr("Its key is not the one from the activation. Use another network.");
        case HomeModel.StorageLow: return qsTr("Free some storage before the next approval.");
        case HomeModel.SignDestroyed: return Wording.signDestroyed();
        case HomeModel.CertificateOver: return Wording.renewal(true);
        case HomeModel.ClockWrong: return qsTr("Turn on automatic time. The server's clock decides meanwhile.");
        case HomeModel.PinWorn: return Wording.pinWorn(root.readiness.value);
        case HomeModel.BidRehearsalDue:
            return root.readiness.light === HomeModel.Red ? qsTr("It is opened within the hour, and this phone has not been tried since yesterday.")
                : qsTr("A trial decryption shows it in time. Nothing of yours is opened.");
        case HomeModel.CertificateEnds: return Wording.renewalWithOldKeys();
        case HomeModel.Copied: return qsTr("Two phones have the same keys, so nothing goes through. Touch here for the way back.");
        case HomeModel.Frozen: return qsTr("Nothing can be signed or opened. Touch here for what your administrator has to do.");
        case HomeModel.Locked: return qsTr("Too many wrong PINs. Wait, then type it with care.");
        case HomeModel.CertificateRevoked: return Wording.join(qsTr("Nobody accepts it any more."), Wording.renewal(true));
        case HomeModel.SeatOver: return qsTr("Files can still be opened. Ask your administrator to renew the seat; nothing has to be done here then.");
        case HomeModel.Barred: return qsTr("Touch here for the reason and what to do.");
        case HomeModel.TriesFew: return qsTr("Then the shield freezes. If you are not sure of the PIN, ask your administrator first.");
        case HomeModel.SeatEnds: return qsTr("Ask your administrator to renew it in time.");
        case HomeModel.DeskMissing: return qsTr("You can log in on web pages. To sign and to open files, enrol your computer.");
        case HomeModel.DeskWaits: return qsTr("Have it approved in the console, page Computers. Until then it can ask you for nothing.");
        default: return "";
        }
    }

    implicitHeight: Math.max(Theme.finger, implicitContentHeight + 2 * Theme.space.medium)
    leftPadding: Theme.space.large
    rightPadding: Theme.space.large
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.Button
    Accessible.name: root.text
    Accessible.description: root.detail
    Keys.onReturnPressed: root.clicked()
    Keys.onEnterPressed: root.clicked()
    Accessible.onPressAction: if (root.enabled) root.clicked()

    background: Rectangle {
        radius: Theme.radius
        border.width: root.visualFocus ? 3 : 0
        border.color: Theme.colour.bronze
        color: {
            if (root.down) return Theme.colour.sunken;
            if (root.isHeldBack) return Theme.colour.warnSoft;
            switch (root.readiness.light) {
            case HomeModel.Green: return Theme.colour.goodSoft;
            case HomeModel.Amber: return Theme.colour.warnSoft;
            case HomeModel.Red: return Theme.colour.dangerSoft;
            default: return Theme.colour.sunken;
            }
        }
    }
    contentItem: RowLayout {
        spacing: Theme.space.medium

        Rectangle {
            implicitWidth: Theme.px(14)
            implicitHeight: Theme.px(14)
            radius: width / 2
            color: root.tone
        }
        ColumnLayout {
            Layout.fillWidth: true
            spacing: 0

            Label {
                objectName: "readiness"
                Layout.fillWidth: true
                strong: true
                color: root.tone
                text: root.text
                Accessible.ignored: true // the button says it
            }
            Label {
                Layout.fillWidth: true
                visible: text !== ""
                role: Label.Small
                text: root.detail
                Accessible.ignored: true
            }
        }
        Icon {
            implicitWidth: Theme.px(20)
            implicitHeight: Theme.px(20)
            name: "next"
            color: root.tone
        }
    }
}
