pragma ComponentBehavior: Bound

import QtQuick

// How many digits stand, and how many there must be at least. Never which.
Row {
    id: root

    property int length: 0
    property int least: 6
    property color colour: Theme.colour.brand

    readonly property int dots: Math.max(root.least, root.length)
    property real room: 260 // that there is for all

    spacing: Theme.space.medium
    Accessible.role: Accessible.StaticText
    Accessible.name: qsTr("%n digit(s) entered", "", root.length)

    Repeater {
        model: root.dots

        Rectangle {
            required property int index
            width: Math.min(Theme.px(14), (root.room - (root.dots - 1) * root.spacing) / root.dots)
            height: width
            radius: width / 2
            color: index < root.length ? root.colour : "transparent"
            border.width: 2
            border.color: index < root.length ? root.colour : Theme.colour.inkFaint
        }
    }
}
