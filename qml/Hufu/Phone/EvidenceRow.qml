pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Hufu.Controls
import Hufu.PhoneModels

// What the phone saw of the act, to be saved for whoever has to judge it: times, hashes and numbers, signed by this phone.
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
        text: qsTr("Case %1").arg(Wording.grouped(root.model.caseId))
    }
    Button {
        objectName: "evidenceSave"
        visible: root.model.savedAs === ""
        Layout.fillWidth: true
        kind: Button.Quiet
        symbol: "export"
        text: qsTr("Save the evidence of this act")
        onClicked: root.model.save()
    }
    Label {
        objectName: "evidenceSaved"
        visible: root.model.savedAs !== ""
        Layout.fillWidth: true
        horizontalAlignment: Text.AlignHCenter
        role: Label.Small
        wrapMode: Text.WrapAnywhere
        text: qsTr("Saved: %1. It names nobody and no file.").arg(root.model.savedAs)
    }
    ProblemBanner {
        Layout.fillWidth: true
        code: root.model.problem
    }
}
