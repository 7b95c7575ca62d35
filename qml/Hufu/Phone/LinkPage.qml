pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Dialogs
import QtQuick.Layouts
import Hufu.Controls
import Hufu.PhoneModels

PageFrame {
    id: root

    required property LinkModel model

    turn: other.turn
    turns: other.turns
    title: qsTr("Activation link")
    backVisible: true
    onBack: root.model.cancel()
    // What was pasted or read is to be looked at, and goes on from there; the same once more, too.
    function look() {
        if (root.model.text !== "") other.at = other.parts.indexOf("type");
    }
    Component.onCompleted: root.look()

    Connections {
        target: root.model
        function onChanged() {
            root.look();
        }
    }

    Label {
        Layout.fillWidth: true
        soft: true
        text: qsTr("Scan the code that your company's administrator gave you, or paste or type the link. It says where your server is and proves that it is the right one.")
    }
    TextField {
        id: field
        Layout.fillWidth: true
        visible: other.reads("type")
        caption: qsTr("Link")
        placeholder: "hufu://activate?…"
        field.objectName: "linkField"
        inputMethodHints: Qt.ImhUrlCharactersOnly | Qt.ImhNoPredictiveText
        text: root.model.text
        onAccepted: root.model.submit(field.text)
    }
    Button {
        objectName: "linkScan"
        visible: other.reads("scan")
        Layout.fillWidth: true
        kind: Button.Plain
        symbol: "scan"
        text: qsTr("Scan")
        onClicked: root.model.scan()
    }
    GridLayout {
        visible: other.reads("paste") || other.reads("picture")
        Layout.fillWidth: true
        columns: Theme.stacked ? 1 : 2
        columnSpacing: Theme.space.medium
        rowSpacing: Theme.space.medium

        Button {
            objectName: "linkPaste"
            visible: other.reads("paste")
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.preferredWidth: 1 // equally wide
            kind: Button.Plain
            symbol: "paste"
            text: qsTr("Paste")
            onClicked: root.model.paste()
        }
        Button {
            objectName: "linkPicture"
            visible: other.reads("picture")
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.preferredWidth: 1 // equally wide
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

    foot: [
        OtherWay {
            id: other
            parts: ["scan", "paste", "picture", "type"]
        },
        Button {
            objectName: "linkNext"
            visible: other.reads("type")
            Layout.fillWidth: true
            busy: root.model.busy
            enabled: field.text.trim() !== "" && !root.model.busy
            text: qsTr("Continue")
            onClicked: root.model.submit(field.text)
        }
    ]

    FileDialog {
        id: dialog
        nameFilters: [qsTr("Pictures") + " (*.png *.jpg *.jpeg *.gif *.PNG *.JPG *.JPEG *.GIF)", qsTr("All files") + " (*)"]
        onAccepted: root.model.openPicture(dialog.selectedFile)
    }
}
