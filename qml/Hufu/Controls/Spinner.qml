pragma ComponentBehavior: Bound

import QtQuick

// Eight dots, of which a lighter one goes round.
Item {
    id: root

    property color colour: Theme.colour.brand
    property int step: 0

    implicitWidth: 40
    implicitHeight: 40
    Accessible.role: Accessible.Indicator
    Accessible.name: qsTr("Working")

    Timer {
        interval: 110
        repeat: true
        running: root.visible && Theme.motion
        onTriggered: root.step = (root.step + 1) % 8
    }

    Repeater {
        model: 8

        Rectangle {
            required property int index
            readonly property real angle: index * Math.PI / 4
            width: root.width / 6
            height: width
            radius: width / 2
            x: root.width / 2 + Math.sin(angle) * root.width * 0.38 - width / 2
            y: root.height / 2 - Math.cos(angle) * root.height * 0.38 - height / 2
            color: root.colour
            opacity: 0.2 + 0.8 * ((index - root.step + 7) % 8) / 7
        }
    }
}
