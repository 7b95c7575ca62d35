pragma ComponentBehavior: Bound

import QtQuick

// How many digits stand, and how many there must be at least. Never which.
Row {
    id: root

    property int length: 0
    property int least: 6
    property color colour: Theme.colour.brand

    spacing: Theme.space.medium
    Accessible.role: Accessible.StaticText
    Accessible.name: qsTr("%n digit(s) entered", "", root.length)

    Repeater {
        model: Math.max(root.least, root.length)

        Rectangle {
            required property int index
            width: 14
            height: 14
            radius: 7
            color: index < root.length ? root.colour : "transparent"
            border.width: 2
            border.color: index < root.length ? root.colour : Theme.colour.inkFaint
        }
    }
}
