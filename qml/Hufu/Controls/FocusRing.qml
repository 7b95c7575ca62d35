pragma ComponentBehavior: Bound

import QtQuick
import Hufu.Controls

// Where the keyboard is, on a control that is filled with a colour: a line in the focus's colour, and one within that
// stands out from the fill.
Rectangle {
    id: root

    property color inner: Theme.colour.brandInk // stands out from the fill

    anchors.fill: parent
    color: "transparent"
    border.width: 3
    border.color: Theme.colour.bronze

    Rectangle {
        anchors.fill: parent
        anchors.margins: 3
        radius: Math.max(0, root.radius - 3)
        color: "transparent"
        border.width: 2
        border.color: root.inner
    }
}
