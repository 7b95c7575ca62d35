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
    Card {
        objectName: "errorFiles"
        visible: root.model.files.length > 0
        Layout.fillWidth: true

        Label {
            Layout.fillWidth: true
            role: Label.Small
            soft: true
            text: qsTr("%n file(s) that came to nothing", "", root.model.files.length)
        }
        Repeater {
            model: root.model.files

            ColumnLayout {
                id: file
                required property fileProblemView modelData
                required property int index
                Layout.fillWidth: true
                spacing: 0

                Label {
                    objectName: "errorFile" + file.index
                    Layout.fillWidth: true
                    wrapMode: Text.WrapAnywhere
                    text: file.modelData.name
                }
                Label {
                    visible: root.model.files.length > 1
                    Layout.fillWidth: true
                    role: Label.Small
                    color: Theme.colour.danger
                    text: Catalogue.name(file.modelData.problem) + "  " + Catalogue.title(file.modelData.problem, Language.name)
                }
            }
        }
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
