pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Hufu.Controls
import Hufu.DeskModels

// Before there is a server: its link is copied from the platform's page.
PageFrame {
    id: root

    required property LinkModel model

    title: qsTr("Connect to your platform")

    Label {
        Layout.fillWidth: true
        text: qsTr("This computer does not know yet where your platform's Hufu server is. A link says so: it begins with hufu://desk.")
    }
    Label {
        Layout.fillWidth: true
        soft: true
        text: qsTr("You find it on your platform's page “Client and drivers”, under “After the download”. Copy it there and paste it here.")
    }
    TextField {
        id: link
        field.objectName: "linkText"
        Layout.fillWidth: true
        enabled: !root.model.busy
        caption: qsTr("Desk link")
        placeholder: "hufu://desk?…"
        maximumLength: 1000
        onAccepted: root.model.offer(link.text)
    }
    Button {
        objectName: "linkPaste"
        Layout.fillWidth: true
        kind: Button.Quiet
        symbol: "paste"
        enabled: !root.model.busy
        text: qsTr("Paste")
        onClicked: {
            link.field.clear();
            link.field.paste();
        }
    }
    ProblemBanner {
        Layout.fillWidth: true
        code: root.model.problem
    }
    RowLayout {
        visible: root.model.busy
        Layout.fillWidth: true
        spacing: Theme.space.medium

        Spinner {}
        Label {
            Layout.fillWidth: true
            text: qsTr("Asking the server…")
        }
    }

    foot: Button {
        objectName: "linkTake"
        Layout.fillWidth: true
        enabled: !root.model.busy && link.text.trim() !== ""
        text: qsTr("Connect")
        onClicked: root.model.offer(link.text)
    }
}
