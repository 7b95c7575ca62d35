pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T

// On or off, with what that means below.
T.Switch {
    id: root

    property string explanation

    function flip() {
        root.toggle();
        root.toggled();
    }

    implicitWidth: 240
    implicitHeight: Math.max(Theme.touch, implicitContentHeight + 2 * Theme.space.small)
    spacing: Theme.space.medium
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.CheckBox
    Accessible.name: root.text
    Accessible.description: Spoken.of(root.enabled, root.explanation)
    Accessible.checkable: true
    Accessible.checked: root.checked

    Keys.onReturnPressed: root.flip()
    Keys.onEnterPressed: root.flip()
    Accessible.onPressAction: if (root.enabled) root.flip()
    Accessible.onToggleAction: if (root.enabled) root.flip()

    indicator: Rectangle {
        x: root.width - width
        y: (root.height - height) / 2
        width: Theme.px(48)
        height: Theme.px(28)
        radius: height / 2
        color: root.checked ? Theme.colour.brand : Theme.colour.sunken
        border.width: root.visualFocus ? 3 : 1
        border.color: root.visualFocus ? Theme.colour.bronze : root.checked ? Theme.colour.brand : Theme.colour.inkFaint

        Rectangle {
            x: root.checked ? parent.width - width - 4 : 4
            anchors.verticalCenter: parent.verticalCenter
            width: parent.height - 8
            height: width
            radius: width / 2
            color: root.checked ? Theme.colour.brandInk : Theme.colour.inkFaint

            Behavior on x {
                enabled: Theme.motion
                NumberAnimation { duration: 120 }
            }
        }
    }
    contentItem: Item {
        implicitHeight: words.implicitHeight

        Column {
            id: words
            width: parent.width - root.indicator.width - root.spacing
            anchors.verticalCenter: parent.verticalCenter
            spacing: 2

            Label {
                width: words.width
                text: root.text
                Accessible.ignored: true
            }
            Label {
                width: words.width
                visible: text !== ""
                role: Label.Small
                soft: true
                text: root.explanation
                Accessible.ignored: true
            }
        }
    }
}
