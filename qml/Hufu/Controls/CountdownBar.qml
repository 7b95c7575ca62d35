pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts

// The time that is left, as a bar and as words; it turns to the warning colour near the end.
ColumnLayout {
    id: root

    required property int secondsLeft
    required property int secondsTotal
    property int warnBelow: 30
    readonly property bool near: root.secondsLeft <= root.warnBelow
    property string text: qsTr("%1 left").arg(root.clock(root.secondsLeft))

    // Hours only when there are any.
    function clock(seconds: int): string {
        const two = value => String(value).padStart(2, "0");
        const hours = Math.floor(seconds / 3600);
        const minutes = Math.floor(seconds / 60) % 60;
        return (hours > 0 ? hours + ":" + two(minutes) : String(minutes)) + ":" + two(seconds % 60);
    }

    spacing: Theme.space.hair

    Rectangle {
        Layout.fillWidth: true
        implicitHeight: 4
        radius: 2
        color: Theme.colour.sunken

        Rectangle {
            width: parent.width * Math.max(0, Math.min(1, root.secondsLeft / Math.max(1, root.secondsTotal)))
            height: parent.height
            radius: 2
            color: root.near ? Theme.colour.danger : Theme.colour.brand
        }
    }
    Label {
        Layout.fillWidth: true
        role: Label.Tiny
        text: root.text
        color: root.near ? Theme.colour.danger : Theme.colour.inkSoft
    }
}
