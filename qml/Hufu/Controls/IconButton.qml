pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Hufu.Controls

// A symbol alone; text is what a screen reader says.
T.Button {
    id: root

    required property string symbol
    property color colour: Theme.colour.ink

    implicitWidth: Theme.finger
    implicitHeight: Theme.finger
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.Button
    Accessible.name: root.text
    Accessible.description: Spoken.of(root.enabled, "")

    Keys.onReturnPressed: root.clicked()
    Keys.onEnterPressed: root.clicked()
    Accessible.onPressAction: if (root.enabled) root.clicked()

    contentItem: Item {
        Icon {
            anchors.centerIn: parent
            width: Theme.px(24)
            height: width
            name: root.symbol
            color: root.enabled ? root.colour : Theme.colour.inkFaint
        }
    }
    background: Rectangle {
        radius: width / 2
        color: root.down ? Theme.colour.sunken : "transparent"
        border.width: root.visualFocus ? 3 : 0
        border.color: Theme.colour.bronze
    }
}
