pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Dialogs
import QtQuick.Layouts
import Hufu.Controls
import Hufu.PhoneModels

PageFrame {
    id: root

    required property LinkModel model

    title: qsTr("Activation link")
    backVisible: true
    onBack: root.model.cancel()

    Label {
        Layout.fillWidth: true
        soft: true
        text: qsTr("Your company's administrator sent you a link or a code. It says where your server is and proves that it is the right one.")
    }
    TextField {
        id: field
        Layout.fillWidth: true
        caption: qsTr("Link")
        placeholder: "hufu://activate?…"
        field.objectName: "linkField"
        inputMethodHints: Qt.ImhUrlCharactersOnly | Qt.ImhNoPredictiveText
        text: root.model.text
        onAccepted: root.model.submit(field.text)
    }
    Button {
        objectName: "linkScan"
        Layout.fillWidth: true
        kind: Button.Plain
        symbol: "scan"
        text: qsTr("Scan")
        onClicked: root.model.scan()
    }
    ButtonPair {
        Layout.fillWidth: true

        Button {
            objectName: "linkPaste"
            kind: Button.Plain
            symbol: "paste"
            text: qsTr("Paste")
            onClicked: root.model.paste()
        }
        Button {
            objectName: "linkPicture"
            kind: Button.Plain
            symbol: "picture"
            text: qsTr("Picture")
            onClicked: dialog.open()
        }
    }
    ProblemBanner {
        Layout.fillWidth: true
        code: root.model.problem
    }

    foot: Button {
        objectName: "linkNext"
        Layout.fillWidth: true
        busy: root.model.busy
        enabled: field.text.trim() !== "" && !root.model.busy
        text: qsTr("Continue")
        onClicked: root.model.submit(field.text)
    }

    FileDialog {
        id: dialog
        nameFilters: [qsTr("Pictures") + " (*.png *.jpg *.jpeg *.gif)"]
        onAccepted: root.model.openPicture(dialog.selectedFile)
    }
}
