pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts

// A name and its value. A long value goes below its name, whole.
ColumnLayout {
    id: root

    required property string name
    required property string value
    property bool fixed: false // digits and hexadecimal, evenly spaced
    property color valueColour: Theme.colour.ink

    visible: root.value !== ""
    spacing: 1
    Layout.fillWidth: true
    Accessible.role: Accessible.StaticText
    Accessible.name: root.name + " " + root.value

    Label {
        Layout.fillWidth: true
        role: Label.Small
        soft: true
        text: root.name
        Accessible.ignored: true
    }
    Label {
        Layout.fillWidth: true
        text: root.value
        Accessible.ignored: true
        color: root.valueColour
        role: root.fixed ? Label.Small : Label.Body
        wrapMode: Text.Wrap
        font.family: root.fixed ? "monospace" : Theme.family
    }
}
