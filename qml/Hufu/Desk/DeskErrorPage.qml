pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Hufu.Controls
import Hufu.DeskModels
import Hufu.Shell

PageFrame {
    id: root

    required property ErrorModel model
    required property EvidenceModel evidence

    centred: true

    FailurePanel {
        Layout.fillWidth: true
        code: root.model.code
    }
    Banner {
        objectName: "errorWhose"
        visible: root.model.whose !== ""
        Layout.fillWidth: true
        title: qsTr("Sealed for %1").arg(root.model.whose)
        text: qsTr("One of them has to enrol this computer and scan, or open it at their own.")
    }
    Banner {
        objectName: "errorTooMany"
        visible: root.model.tooMany > 0
        Layout.fillWidth: true
        title: qsTr("%n file(s) too many", "", root.model.tooMany)
        text: qsTr("None of them was taken. Choose at most 64 at once, and the others after that.")
    }
    EvidenceRow {
        Layout.fillWidth: true
        model: root.evidence
    }

    foot: [
        Button {
            objectName: "errorRetry"
            visible: root.model.retryPossible
            Layout.fillWidth: true
            text: qsTr("Try again")
            onClicked: root.model.retry()
        },
        Button {
            objectName: "errorHelp"
            Layout.fillWidth: true
            kind: Button.Quiet
            symbol: "help"
            text: qsTr("Get help")
            onClicked: root.model.diagnose()
        },
        Button {
            objectName: "errorClose"
            Layout.fillWidth: true
            kind: root.model.retryPossible ? Button.Plain : Button.Primary
            text: qsTr("Close")
            onClicked: root.model.close()
        }
    ]
}
