pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Hufu.Controls

// A symbol alone; text is what a screen reader says.
T.Button {
    id: root

    required property string symbol
    property color colour: Theme.colour.ink

    implicitWidth: 44
    implicitHeight: 44
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.Button
    Accessible.name: root.text

    contentItem: Item {
        Icon {
            anchors.centerIn: parent
            width: 24
            height: 24
            name: root.symbol
            color: root.enabled ? root.colour : Theme.colour.inkFaint
        }
    }
    background: Rectangle {
        radius: width / 2
        color: root.down ? Theme.colour.sunken : "transparent"
        border.width: root.visualFocus ? 2 : 0
        border.color: Theme.colour.bronze
    }
}
