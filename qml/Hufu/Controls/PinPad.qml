pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Hufu.Controls
import Hufu.Shell

// Twelve keys. A press goes out as a number at once; the pad itself keeps nothing. Whoever has a keyboard types on the
// pad, or walks on to its keys.
//
// To a screen reader a key says where it stands, "row 1, column 2", not its digit: the loudspeaker would say the PIN to all who are
// near, and the page knows nothing of headphones. On the pad of a telephone, and typed, that is enough to enter it; what was entered
// is never said, only how much. Whoever wears headphones, or has the digits shuffled and cannot see where they stand, switches the
// digits' names on in the settings (Settings.spokenDigits).
Item {
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
    activeFocusOnTab: true
    property bool walked: false // with Tab: then it must be seen where the keyboard is
    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("Keys for the PIN")
    Accessible.description: qsTr("Type the digits, and Return at the end; or go on to the keys one by one.") + root.hint
    readonly property string hint: Settings.spokenDigits ? "" : " " + (Settings.shuffled ? qsTr("They stand in another order each time, and are not spoken: put on headphones and switch on “Speak the digits” in the settings, or type.")
                                                                                       : qsTr("They stand as on a telephone: a key says its row and column, not its digit."))

    Rectangle {
        anchors.fill: grid
        anchors.margins: -6
        visible: root.walked && root.activeFocus
        radius: Theme.radius + 6
        color: "transparent"
        border.width: 3
        border.color: Theme.colour.bronze
    }

    Keys.onPressed: event => {
        if (root.covered) return;
        if (event.key >= Qt.Key_0 && event.key <= Qt.Key_9) {
            root.pressed(event.key - Qt.Key_0);
        } else if (event.key === Qt.Key_Backspace) {
            root.erased();
        } else if ((event.key === Qt.Key_Return || event.key === Qt.Key_Enter) && root.ready) {
            root.submitted();
        } else {
            if (event.key === Qt.Key_Tab || event.key === Qt.Key_Backtab) root.walked = true;
            return;
        }
        event.accepted = true;
    }

    component PadKey: T.AbstractButton {
        id: key
        property string symbol
        property bool strong: false
        property int place: -1 // from 0, in rows of three; negative: the name says what the key does
        enabled: !root.covered
        width: (root.width - 2 * grid.spacing) / 3
        height: root.keyHeight
        focusPolicy: Qt.TabFocus // a press leaves the focus on the pad, so that Return still ends the entry
        Accessible.role: Accessible.Button
        Accessible.name: key.place < 0 || Settings.spokenDigits ? key.text : qsTr("Row %1, column %2").arg(Math.floor(key.place / 3) + 1).arg(key.place % 3 + 1)
        Accessible.description: Spoken.of(key.enabled, "")
        Keys.onReturnPressed: key.clicked()
        Keys.onEnterPressed: key.clicked()
        Accessible.onPressAction: if (key.enabled) key.clicked()
        background: Rectangle {
            radius: Theme.radius
            color: key.strong ? (key.enabled ? (key.down ? Theme.colour.brandPressed : Theme.colour.brand) : Theme.colour.sunken)
                              : key.down ? Theme.colour.sunken : Theme.colour.surface
            border.width: key.visualFocus ? 3 : key.strong ? 0 : 1
            border.color: key.visualFocus ? Theme.colour.bronze : Theme.colour.edge

            FocusRing {
                visible: key.visualFocus && key.strong
                radius: parent.radius
            }
        }
        contentItem: Item {
            Label {
                anchors.centerIn: parent
                visible: key.symbol === ""
                role: Label.Title
                font.pixelSize: Math.min(Theme.size.title, Math.floor(key.height * 0.6))
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
                place: index
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
            place: 10
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
