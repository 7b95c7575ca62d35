pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Hufu.Controls

T.CheckBox {
    id: root

    implicitWidth: 200
    implicitHeight: Math.max(44, implicitContentHeight + Theme.space.medium)
    spacing: Theme.space.medium
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.CheckBox
    Accessible.name: root.text

    indicator: Rectangle {
        y: (root.height - height) / 2
        width: 24
        height: 24
        radius: 7
        color: root.checked ? Theme.colour.brand : Theme.colour.surface
        border.width: root.visualFocus ? 2 : 1
        border.color: root.visualFocus ? Theme.colour.bronze : root.checked ? Theme.colour.brand : Theme.colour.inkFaint

        Icon {
            anchors.centerIn: parent
            width: 18
            height: 18
            visible: root.checked
            name: "check"
            color: Theme.colour.brandInk
        }
    }
    contentItem: Label {
        leftPadding: root.text === "" ? 0 : root.indicator.width + root.spacing
        text: root.text
        verticalAlignment: Text.AlignVCenter
    }
}
