pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Hufu.Controls
import Hufu.PhoneModels
import Hufu.Shell

PageFrame {
    id: root

    required property ErrorModel model
    required property EvidenceModel evidence

    centred: true
    heading: failure.heading
    ground: failure.ground

    FailurePanel {
        id: failure
        Layout.fillWidth: true
        code: root.model.code
    }
    Label {
        objectName: "errorAge"
        Layout.fillWidth: true
        visible: root.model.age > 0
        horizontalAlignment: Text.AlignHCenter
        text: qsTr("The code that was scanned was %n second(s) old.", "", root.model.age)
    }
    Label {
        objectName: "errorWhose"
        Layout.fillWidth: true
        visible: root.model.whose !== ""
        horizontalAlignment: Text.AlignHCenter
        role: Label.Heading
        text: qsTr("This needs the phone of %1.").arg(root.model.whose)
    }
    EvidenceRow {
        Layout.fillWidth: true
        model: root.evidence
    }

    foot: [
        Button {
            objectName: "errorDiagnose"
            visible: root.model.code >= 500 && root.model.code < 600
            Layout.fillWidth: true
            kind: Button.Quiet
            symbol: "pulse"
            text: qsTr("Run the self-test")
            onClicked: root.model.diagnose()
        },
        Button {
            objectName: "errorHelp"
            Layout.fillWidth: true
            kind: Button.Quiet
            symbol: "help"
            text: qsTr("Get help")
            onClicked: root.model.askForHelp()
        },
        Button {
            objectName: "errorRetry"
            visible: root.model.retryPossible
            Layout.fillWidth: true
            text: qsTr("Try again")
            onClicked: root.model.retry()
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
