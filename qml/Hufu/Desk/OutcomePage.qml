pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Dialogs
import QtQuick.Layouts
import Hufu.Controls
import Hufu.DeskModels
import Hufu.Shell

PageFrame {
    id: root

    required property OutcomeModel model
    required property StatusModel status
    required property EvidenceModel evidence
    required property bool autostart
    readonly property bool whole: root.model.opened === root.model.bids.length // nothing stayed shut
    // Only files that no repetition helps are left, of an act that begins with a choice of files alone.
    readonly property bool chooses: root.model.rest === 0 && root.model.unfit > 0 && (root.model.act === "decrypt" || root.model.act === "seal")

    centred: true

    Rectangle {
        Layout.alignment: Qt.AlignHCenter
        implicitWidth: 112
        implicitHeight: 112
        radius: 56
        color: root.whole ? Theme.colour.goodSoft : Theme.colour.warnSoft

        Icon {
            anchors.centerIn: parent
            width: 60
            height: 60
            name: root.whole ? "check" : "alert"
            color: root.whole ? Theme.colour.good : Theme.colour.warn
        }
    }
    Headline {
        objectName: "outcomeTitle"
        Layout.fillWidth: true
        role: Label.Display
        horizontalAlignment: Text.AlignHCenter
        text: {
            switch (root.model.act) {
            case "enrol": return qsTr("Computer enrolled");
            case "login": return qsTr("Logged in");
            case "sign": return root.model.bids.length > 1 ? qsTr("%1 of %2 signed").arg(root.model.opened).arg(root.model.bids.length) : qsTr("Signed");
            case "seal": return root.model.bids.length > 1 ? qsTr("%1 of %2 stamped").arg(root.model.opened).arg(root.model.bids.length) : qsTr("Stamped");
            case "encrypt": return root.whole ? qsTr("Bid sealed") : qsTr("%1 of %2 sealed").arg(root.model.opened).arg(root.model.bids.length);
            case "encrypt-files": return root.model.bids.length > 1 ? qsTr("%1 of %2 encrypted").arg(root.model.opened).arg(root.model.bids.length) : qsTr("Encrypted");
            case "decrypt": return root.model.bids.length > 1 ? qsTr("%1 of %2 opened").arg(root.model.opened).arg(root.model.bids.length) : qsTr("Opened");
            default: return "";
            }
        }
    }
    Label {
        Layout.fillWidth: true
        horizontalAlignment: Text.AlignHCenter
        soft: true
        objectName: "outcomeText"
        text: {
            switch (root.model.act) {
            case "enrol": return root.status.waits ? qsTr("It waits for your company's administrator now: until it is approved it can ask for nothing.")
                : qsTr("From now on this computer can ask your phone for signatures and open files.");
            case "login": return qsTr("The signature over the log-in was checked on this computer.");
            case "sign": return root.model.bids.length > 1 ? qsTr("Each signature was checked on this computer before it was written beside its file.")
                                                           : qsTr("The signature was checked on this computer before it was written.");
            case "seal": return root.model.bids.length > 1 ? qsTr("Each signature was checked before the stamped file got its name. The documents themselves are as they were.")
                                                           : qsTr("The signature was checked before the stamped file got its name. The document itself is as it was.");
            case "encrypt": return qsTr("Upload the .hufu files. The files themselves are still there, not encrypted.");
            case "encrypt-files": return qsTr("Send the .p7m files to those who can open them. The files themselves are still there, not encrypted.");
            case "decrypt": return qsTr("The content came sealed for this computer alone.")
                + (root.model.bids.length === 0 ? "\n" + Words.sealedBy("nobody", "") : ""); // one file, of what carries no signature
            default: return "";
            }
        }
    }
    Label {
        objectName: "outcomeAutostart"
        visible: root.model.act === "enrol" && root.autostart
        Layout.fillWidth: true
        horizontalAlignment: Text.AlignHCenter
        soft: true
        text: qsTr("It starts with the computer and waits in the corner of the screen; the settings have a switch for that.")
    }
    Card {
        visible: root.model.bids.length === 0 && (root.model.signer !== "" || root.model.file !== "")
        Layout.fillWidth: true

        Fact {
            name: qsTr("Person")
            value: root.model.signer
        }
        Fact {
            objectName: "outcomeFile"
            name: qsTr("File")
            value: root.model.file
        }
        Fact {
            name: qsTr("Signature (r, s)")
            value: root.model.detail.replace(/(.{8})(?=.)/g, "$1 ")
            fixed: true
        }
    }

    Card {
        visible: root.model.bids.length > 0
        Layout.fillWidth: true

        Repeater {
            model: root.model.bids

            RowLayout {
                id: row
                required property bidView modelData
                required property int index
                readonly property bool good: row.modelData.problem === 0
                Layout.fillWidth: true
                spacing: Theme.space.medium

                Icon {
                    Layout.alignment: Qt.AlignTop
                    implicitWidth: 22
                    implicitHeight: 22
                    name: row.good ? "check" : "alert"
                    color: row.good ? Theme.colour.good : Theme.colour.danger
                }
                ColumnLayout {
                    Layout.fillWidth: true
                    spacing: 0

                    Label {
                        Layout.fillWidth: true
                        wrapMode: Text.WrapAnywhere
                        text: row.good ? row.modelData.file : row.modelData.envelope
                    }
                    Label {
                        objectName: "outcomeSender" + row.index
                        visible: row.modelData.standing !== ""
                        Layout.fillWidth: true
                        role: Label.Small
                        color: Words.isDoubtful(row.modelData.standing) ? Theme.colour.danger : Theme.colour.inkSoft
                        text: Words.sealedBy(row.modelData.standing, row.modelData.sender)
                    }
                    Label {
                        visible: !row.good
                        Layout.fillWidth: true
                        role: Label.Small
                        color: Theme.colour.danger
                        text: Catalogue.name(row.modelData.problem) + "  " + Catalogue.title(row.modelData.problem, Language.name)
                            + (row.modelData.whose !== "" ? "\n" + qsTr("Sealed for %1").arg(row.modelData.whose) : "")
                    }
                }
                IconButton {
                    objectName: "outcomeExplain" + row.index
                    visible: !row.good
                    symbol: "help"
                    text: qsTr("%1: what to do").arg(Catalogue.name(row.modelData.problem))
                    onClicked: Explain.open(row.modelData.problem)
                }
            }
        }
    }
    ResultFolder {
        Layout.fillWidth: true
        folder: root.model.folder
        address: root.model.address
        told: root.model.bids.length === 0
    }
    Banner {
        objectName: "outcomeRenamed"
        visible: root.model.renamed
        Layout.fillWidth: true
        title: qsTr("Saved under another name")
        text: qsTr("A file of the usual name was there already. It was left as it is.")
    }
    EvidenceRow {
        Layout.fillWidth: true
        model: root.evidence
    }

    foot: [
        Button {
            objectName: "outcomeRest"
            visible: root.model.rest > 0
            Layout.fillWidth: true
            text: {
                switch (root.model.act) {
                case "sign": return qsTr("Sign the rest (%1)").arg(root.model.rest);
                case "seal": return qsTr("Stamp the rest (%1)").arg(root.model.rest);
                case "encrypt-files": return qsTr("Encrypt the rest (%1)").arg(root.model.rest);
                case "encrypt": return qsTr("Seal the rest (%1)").arg(root.model.rest);
                default: return qsTr("Open the rest (%1)").arg(root.model.rest);
                }
            }
            onClicked: root.model.askRest()
        },
        Button {
            objectName: "outcomeChoose"
            visible: root.chooses
            Layout.fillWidth: true
            text: root.model.unfit > 1 ? qsTr("Choose the files again (%1)").arg(root.model.unfit) : qsTr("Choose the file again")
            onClicked: dialog.open()
        },
        Button {
            objectName: "outcomeDone"
            Layout.fillWidth: true
            kind: root.model.rest > 0 || root.chooses ? Button.Plain : Button.Primary
            text: qsTr("Done")
            onClicked: root.model.close()
        }
    ]

    FileDialog {
        id: dialog
        fileMode: FileDialog.OpenFiles
        acceptLabel: qsTr("Choose")
        nameFilters: root.model.act === "seal" ? [qsTr("PDF documents (*.pdf *.PDF)"), qsTr("All files (*)")] : [qsTr("All files (*)")]
        onAccepted: {
            if (root.model.act === "seal")
                root.status.stamp(dialog.selectedFiles);
            else
                root.status.open(dialog.selectedFiles);
        }
    }
}
