pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Hufu.Controls

T.CheckBox {
    id: root

    function flip() {
        root.toggle();
        root.toggled();
    }

    implicitWidth: 200
    implicitHeight: Math.max(Theme.finger, implicitContentHeight + Theme.space.medium)
    spacing: Theme.space.medium
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.CheckBox
    Accessible.name: root.text
    Accessible.description: Spoken.of(root.enabled, "")

    Keys.onReturnPressed: root.flip()
    Keys.onEnterPressed: root.flip()
    Accessible.onPressAction: if (root.enabled) root.flip()
    Accessible.onToggleAction: if (root.enabled) root.flip()

    background: Rectangle {
        x: -Theme.space.hair
        width: root.width + Theme.space.small
        visible: root.visualFocus
        radius: Theme.radiusSmall
        color: "transparent"
        border.width: 3
        border.color: Theme.colour.bronze
    }
    indicator: Rectangle {
        y: (root.height - height) / 2
        width: Theme.px(24)
        height: width
        radius: 7
        color: root.checked ? Theme.colour.brand : Theme.colour.surface
        border.width: 2
        border.color: root.checked ? Theme.colour.brand : Theme.colour.inkFaint

        Icon {
            anchors.centerIn: parent
            width: parent.width - 6
            height: width
            visible: root.checked
            name: "check"
            color: Theme.colour.brandInk
        }
    }
    contentItem: Label {
        leftPadding: root.text === "" ? 0 : root.indicator.width + root.spacing
        text: root.text
        Accessible.ignored: true
        verticalAlignment: Text.AlignVCenter
    }
}
