pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Dialogs
import QtQuick.Layouts
import Hufu.Controls
import Hufu.DeskModels

// The record of the act, to be saved for whoever has to judge it: times, hashes and numbers, signed by this computer.
ColumnLayout {
    id: root

    required property EvidenceModel model

    visible: root.model.caseId !== ""
    spacing: Theme.space.small

    Label {
        objectName: "evidenceCase"
        Layout.fillWidth: true
        horizontalAlignment: Text.AlignHCenter
        role: Label.Tiny
        color: Theme.colour.inkFaint
        text: qsTr("Case %1").arg(root.model.caseId.replace(/(.{8})(?=.)/g, "$1 "))
    }
    Button {
        objectName: "evidenceSave"
        Layout.alignment: Qt.AlignHCenter
        kind: Button.Quiet
        symbol: "file"
        text: qsTr("Save the evidence of this act")
        onClicked: dialog.open()
    }
    Label {
        objectName: "evidenceFile"
        visible: root.model.file !== ""
        Layout.fillWidth: true
        horizontalAlignment: Text.AlignHCenter
        role: Label.Small
        text: qsTr("Saved: %1. It names nobody and no file.").arg(root.model.file)
    }
    Label {
        objectName: "evidenceCheck"
        visible: root.model.file !== ""
        Layout.fillWidth: true
        horizontalAlignment: Text.AlignHCenter
        role: Label.Small
        soft: true
        text: qsTr("Anybody can check it with “hufu verify”, a program that is built from Hufu's source code; support says where to get it.")
    }
    ProblemBanner {
        Layout.fillWidth: true
        code: root.model.problem
    }

    FolderDialog {
        id: dialog
        acceptLabel: qsTr("Save in this folder")
        onAccepted: root.model.save(dialog.selectedFolder)
    }
}
