pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Hufu.Controls
import Hufu.Shell

// Twelve keys. A press goes out as a number at once; the pad itself keeps nothing.
FocusScope {
    id: root

    readonly property var digits: Settings.padDigits() // stay where they are while the pad is shown
    property bool ready: false // enough digits stand
    property bool covered: false // the keys show nothing, and take nothing
    signal pressed(int digit)
    signal erased()
    signal submitted()

    implicitWidth: 330
    // Beside the page on a screen that lies, where all four rows are to be seen at once; under it otherwise.
    readonly property bool lies: root.Window.width > root.Window.height * 1.2
    readonly property real room: root.lies ? root.Window.height - Theme.px(84) - 2 * Theme.space.page : root.Window.height * 0.5
    readonly property int keyHeight: Math.max(root.lies ? 44 : Theme.finger, Math.min(Theme.px(62), (root.room - 3 * grid.spacing) / 4))
    implicitHeight: 4 * root.keyHeight + 3 * grid.spacing
    focus: true

    Keys.onPressed: event => {
        if (root.covered) return;
        if (event.key >= Qt.Key_0 && event.key <= Qt.Key_9) {
            root.pressed(event.key - Qt.Key_0);
        } else if (event.key === Qt.Key_Backspace) {
            root.erased();
        } else if ((event.key === Qt.Key_Return || event.key === Qt.Key_Enter) && root.ready) {
            root.submitted();
        } else {
            return;
        }
        event.accepted = true;
    }

    component PadKey: T.AbstractButton {
        id: key
        property string symbol
        property bool strong: false
        enabled: !root.covered
        width: (root.width - 2 * grid.spacing) / 3
        height: root.keyHeight
        focusPolicy: Qt.TabFocus // a press leaves the focus on the pad, so that Return still ends the entry
        Accessible.role: Accessible.Button
        Accessible.name: key.text
        Keys.onReturnPressed: key.clicked()
        Keys.onEnterPressed: key.clicked()
        Accessible.onPressAction: if (key.enabled) key.clicked()
        background: Rectangle {
            radius: Theme.radius
            color: key.strong ? (key.enabled ? (key.down ? Theme.colour.brandPressed : Theme.colour.brand) : Theme.colour.sunken)
                              : key.down ? Theme.colour.sunken : Theme.colour.surface
            border.width: key.visualFocus ? 3 : key.strong ? 0 : 1
            border.color: key.visualFocus ? Theme.colour.bronze : Theme.colour.line
        }
        contentItem: Item {
            Label {
                anchors.centerIn: parent
                visible: key.symbol === ""
                role: Label.Title
                text: root.covered ? "" : key.text
                Accessible.ignored: true
            }
            Icon {
                anchors.centerIn: parent
                visible: key.symbol !== ""
                width: Theme.px(26)
                height: width
                name: key.symbol
                color: key.strong ? (key.enabled ? Theme.colour.brandInk : Theme.colour.inkFaint) : Theme.colour.ink
            }
        }
    }

    Grid {
        id: grid
        columns: 3
        spacing: root.lies ? 4 : Theme.space.small

        Repeater {
            model: 9

            PadKey {
                required property int index
                readonly property int digit: root.digits[index]
                objectName: "pinKey" + digit
                text: digit
                onClicked: root.pressed(digit)
            }
        }
        PadKey {
            objectName: "pinErase"
            symbol: "erase"
            text: qsTr("Delete the last digit")
            onClicked: root.erased()
        }
        PadKey {
            readonly property int digit: root.digits[9]
            objectName: "pinKey" + digit
            text: digit
            onClicked: root.pressed(digit)
        }
        PadKey {
            objectName: "pinSubmit"
            symbol: "check"
            strong: true
            enabled: root.ready && !root.covered
            text: qsTr("Done")
            onClicked: root.submitted()
        }
    }
}
