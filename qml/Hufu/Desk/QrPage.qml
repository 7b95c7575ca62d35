pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Hufu.Controls
import Hufu.DeskModels
import Hufu.Shell

// The moving code. It is hidden as soon as a phone has taken it.
PageFrame {
    id: root

    required property QrModel model

    title: {
        switch (root.model.act) {
        case "enrol": return qsTr("Enrol this computer");
        case "login": return qsTr("Log in");
        case "sign": return root.model.files > 1 ? qsTr("Sign files") : qsTr("Sign a file");
        case "seal": return qsTr("Stamp a PDF");
        case "encrypt": return qsTr("Seal a bid");
        case "encrypt-files": return qsTr("Encrypt files");
        case "decrypt": return qsTr("Open encrypted files");
        default: return "";
        }
    }
    subtitle: root.model.files > 1 ? qsTr("%1 and %n more", "", root.model.files - 1).arg(root.model.file) : root.model.file

    Label {
        objectName: "qrWhose"
        visible: root.model.stage === QrModel.Showing && root.model.whose !== ""
        Layout.fillWidth: true
        horizontalAlignment: Text.AlignHCenter
        strong: true
        text: qsTr("This needs the phone of %1.").arg(root.model.whose)
    }
    // Before anybody scans: whoever needs them cancels. The first ones alone, so that the code stays in the window.
    Banner {
        objectName: "qrLeftOut"
        visible: root.model.leftOut.length > 0 && root.model.stage !== QrModel.Starting
        Layout.fillWidth: true
        kind: Banner.Warn
        title: qsTr("%n file(s) cannot be taken, the others go on", "", root.model.leftOut.length)
        text: Array.from(root.model.leftOut).slice(0, 3).map(file => file.name + "  " + Catalogue.name(file.problem) + "  " + Catalogue.title(file.problem, Language.name)).join("\n")
            + (root.model.leftOut.length > 3 ? "\n" + qsTr("and %n more", "", root.model.leftOut.length - 3) : "")
    }
    Rectangle {
        Layout.fillWidth: true
        // What is said below it is seen, too; where digits are to be typed, they and what is wrong with them.
        Layout.preferredHeight: root.model.digitsWanted ? inside.implicitHeight + 2 * Theme.space.medium : Math.min(root.width - 2 * Theme.space.page, 440, root.height / 2)
        radius: Theme.radius
        color: root.model.stage === QrModel.Showing ? Theme.colour.paper : Theme.colour.surface
        border.width: 1
        border.color: Theme.colour.line

        Picture {
            objectName: "qrCode"
            anchors.fill: parent
            anchors.margins: 6
            visible: root.model.stage === QrModel.Showing
            sharp: true
            image: root.model.code // qmllint disable type
        }
        ColumnLayout {
            id: inside
            anchors.centerIn: parent
            width: parent.width - 2 * Theme.space.huge
            visible: root.model.stage !== QrModel.Showing
            spacing: Theme.space.large

            Icon {
                Layout.alignment: Qt.AlignHCenter
                visible: root.model.stage === QrModel.Claimed && !root.model.digitsWanted
                implicitWidth: 96
                implicitHeight: 96
                name: "phone"
                color: Theme.colour.brand
            }
            Spinner {
                Layout.alignment: Qt.AlignHCenter
                visible: root.model.stage !== QrModel.Claimed
                implicitWidth: 64
                implicitHeight: 64
            }
            Label {
                objectName: "qrState"
                Layout.fillWidth: true
                role: Label.Heading
                horizontalAlignment: Text.AlignHCenter
                text: {
                    switch (root.model.stage) {
                    case QrModel.Claimed: return qsTr("Scanned. Read and approve on the phone.");
                    case QrModel.Finishing:
                        return root.model.percent < 0 ? qsTr("Checking the result…") : qsTr("Decrypting: %1 %").arg(root.model.percent);
                    default:
                        if (root.model.percent < 0) return qsTr("Preparing the code…");
                        return (root.model.act === "seal" ? qsTr("Preparing the documents: %1 %") : qsTr("Encrypting: %1 %")).arg(root.model.percent);
                    }
                }
            }
            Label {
                objectName: "qrSlow"
                visible: root.model.slow && root.model.stage === QrModel.Starting && root.model.percent < 0 && !root.model.offline
                Layout.fillWidth: true
                soft: true
                horizontalAlignment: Text.AlignHCenter
                text: qsTr("Still at work, longer than usual. You can wait, or cancel: nothing is changed then.")
            }
            Label {
                objectName: "qrPace"
                visible: root.model.stage !== QrModel.Claimed && root.model.percent >= 0 && root.model.workLeft >= 0
                Layout.fillWidth: true
                soft: true
                horizontalAlignment: Text.AlignHCenter
                text: qsTr("%1 MB/s, %2 left").arg((root.model.bytesPerSecond / 1e6).toFixed(0))
                                              .arg(Math.floor(root.model.workLeft / 60) + ":" + String(root.model.workLeft % 60).padStart(2, "0"))
            }
        }
    }
    Card {
        visible: root.model.digitsWanted
        Layout.fillWidth: true

        ProblemBanner {
            Layout.fillWidth: true
            code: root.model.problem
        }
        TextField {
            id: digits
            property string sent

            function send() {
                if (digits.text.length !== digits.maximumLength) return;
                digits.sent = digits.text;
                root.model.typeDigits(digits.text);
            }

            Layout.fillWidth: true
            large: true
            caption: qsTr("The digits that the phone shows")
            field.objectName: "digitsField"
            inputMethodHints: Qt.ImhDigitsOnly
            maximumLength: 4
            onAccepted: digits.send()
        }
        Button {
            objectName: "digitsNext"
            Layout.fillWidth: true
            enabled: digits.text.length === digits.maximumLength
            text: qsTr("Continue")
            onClicked: digits.send()
        }
        // Whoever types others already, while the answer comes, goes on with them.
        Connections {
            target: root.model
            function onDigitsWrong() {
                if (digits.text === digits.sent) digits.text = "";
                digits.field.forceActiveFocus();
            }
        }
    }
    CountdownBar {
        id: countdown
        objectName: "qrCountdown"
        readonly property bool claimed: root.model.stage === QrModel.Claimed
        visible: root.model.stage === QrModel.Showing || countdown.claimed && root.model.secondsTotal > 0
        Layout.fillWidth: true
        secondsLeft: root.model.secondsLeft
        secondsTotal: root.model.secondsTotal
        warnBelow: countdown.claimed ? 60 : 30
        text: countdown.claimed ? qsTr("%1 left to approve it on the phone").arg(countdown.clock(root.model.secondsLeft))
                                : qsTr("%1 left").arg(countdown.clock(root.model.secondsLeft))
    }
    Label {
        objectName: "qrClosed"
        visible: countdown.claimed
        Layout.fillWidth: true
        horizontalAlignment: Text.AlignHCenter
        role: Label.Small
        soft: true
        text: qsTr("Was the phone closed or started anew meanwhile? Press Cancel, begin again and scan the new code.")
    }
    Banner {
        objectName: "qrLastMinute"
        visible: countdown.visible && countdown.claimed && countdown.near
        Layout.fillWidth: true
        kind: Banner.Warn
        title: qsTr("The last minute")
        text: qsTr("If it is not approved on the phone by then, nothing is done, and you begin anew here.")
    }
    Label {
        visible: root.model.stage === QrModel.Showing
        Layout.fillWidth: true
        horizontalAlignment: Text.AlignHCenter
        soft: true
        objectName: "qrHint"
        text: qsTr("Scan with Hufu on your phone. It changes each second: no photo of it works.")
    }
    Banner {
        visible: root.model.offline
        Layout.fillWidth: true
        kind: Banner.Warn
        symbol: "cloud"
        title: qsTr("The server is out of reach")
        text: qsTr("Retrying automatically.")
    }

    foot: [
        Repeater {
            model: root.model.stage === QrModel.Showing ? root.model.others : []

            Button {
                required property string modelData
                required property int index
                objectName: "qrOther" + index
                Layout.alignment: Qt.AlignHCenter
                kind: Button.Quiet
                symbol: "phone"
                text: qsTr("Use the phone of %1 instead").arg(modelData)
                onClicked: root.model.chooseOther(index)
            }
        },
        Button {
            objectName: "qrCopy"
            Layout.alignment: Qt.AlignHCenter
            kind: Button.Quiet
            visible: root.model.stage === QrModel.Showing
            text: qsTr("Copy the code, to paste it on the phone")
            onClicked: root.model.copy()
        },
        Button {
            objectName: "qrCancel"
            Layout.fillWidth: true
            kind: Button.Plain
            visible: root.model.stage !== QrModel.Finishing || (root.model.act === "decrypt" && root.model.percent >= 0)
            text: qsTr("Cancel")
            onClicked: root.model.cancel()
        }
    ]
}
