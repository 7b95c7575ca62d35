pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T

// A caption, a field, and below it what is wrong with the input.
ColumnLayout {
    id: root

    property string caption
    property string problem
    property alias text: field.text
    property alias placeholder: hint.text
    property alias inputMethodHints: field.inputMethodHints
    property alias maximumLength: field.maximumLength
    property alias validator: field.validator
    property alias field: field
    property bool large: false
    signal accepted()

    spacing: Theme.space.hair

    Label {
        visible: root.caption !== ""
        role: Label.Small
        soft: true
        text: root.caption
        Accessible.ignored: true
        Layout.fillWidth: true
    }
    T.TextField {
        id: field
        Layout.fillWidth: true
        implicitHeight: Math.max(Theme.touch, Math.max(contentHeight, hint.visible ? hint.contentHeight : 0) + 2 * Theme.space.small)
        leftPadding: Theme.space.large
        rightPadding: Theme.space.large
        verticalAlignment: TextInput.AlignVCenter
        color: Theme.colour.ink
        selectionColor: Theme.colour.brand
        selectedTextColor: Theme.colour.brandInk
        font.family: Theme.family
        font.pixelSize: root.large ? Theme.size.title : Theme.size.heading
        font.letterSpacing: root.large && !Theme.stacked ? 4 : 0
        selectByMouse: true
        activeFocusOnTab: true
        Accessible.role: Accessible.EditableText
        Accessible.name: root.caption !== "" ? root.caption : hint.text
        Accessible.readOnly: field.readOnly
        Accessible.passwordEdit: field.echoMode !== TextInput.Normal
        Accessible.description: Spoken.of(field.enabled, "")
        onAccepted: root.accepted()

        Text {
            id: hint
            anchors.fill: parent
            anchors.leftMargin: field.leftPadding
            anchors.rightMargin: field.rightPadding
            visible: field.length === 0 && !field.preeditText
            verticalAlignment: Text.AlignVCenter
            wrapMode: Text.Wrap
            textFormat: Text.PlainText
            color: Theme.colour.inkFaint
            font.family: Theme.family
            font.pixelSize: Theme.size.body
        }

        background: Rectangle {
            radius: Theme.radiusSmall
            color: Theme.colour.surface
            border.width: field.activeFocus ? 2 : 1
            border.color: root.problem !== "" ? Theme.colour.danger : field.activeFocus ? Theme.colour.brand : Theme.colour.edge
        }
    }
    Label {
        visible: root.problem !== ""
        role: Label.Small
        color: Theme.colour.danger
        text: root.problem
        Layout.fillWidth: true
        Accessible.role: Accessible.AlertMessage
        Accessible.name: text
    }
}
