pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Hufu.Controls
import Hufu.PhoneModels

// One of the phone's shields: how the person calls it, its colour, and the way to take it off.
PageFrame {
    id: root

    required property ShieldsModel model
    readonly property shieldView shield: root.model.shield
    property int tone: 0
    // In the order of Theme's tones.
    readonly property list<string> tones: [qsTr("Green"), qsTr("Blue"), qsTr("Purple"), qsTr("Red"), qsTr("Olive"), qsTr("Grey")]

    title: qsTr("Phone shield")
    backVisible: true
    onBack: root.model.close()
    // No bindings: what is typed stays when the list is told anew.
    Component.onCompleted: {
        root.tone = root.shield.tone;
        name.text = root.shield.name;
    }

    Card {
        Layout.fillWidth: true

        Fact {
            name: qsTr("Company")
            value: root.shield.company
        }
        Fact {
            name: qsTr("Person")
            value: root.shield.person
        }
        Fact {
            name: qsTr("Certificate")
            value: root.shield.active ? Wording.daysLeft(root.shield.daysLeft) : qsTr("Not finished")
        }
    }
    TextField {
        id: name
        Layout.fillWidth: true
        caption: qsTr("Your own name for it")
        placeholder: root.shield.company
        field.objectName: "shieldName"
        maximumLength: root.model.nameMost
        onAccepted: save.clicked()
    }
    Label {
        Layout.fillWidth: true
        role: Label.Small
        soft: true
        text: qsTr("Colour")
    }
    Flow {
        Layout.fillWidth: true
        spacing: Theme.space.small

        Repeater {
            model: root.tones

            T.RadioButton {
                id: swatch
                required property string modelData
                required property int index
                objectName: "shieldTone" + swatch.index
                implicitWidth: Theme.touch
                implicitHeight: Theme.touch
                focusPolicy: Qt.StrongFocus
                text: swatch.modelData
                checked: root.tone % root.tones.length === swatch.index
                Accessible.role: Accessible.RadioButton
                Accessible.name: swatch.text
                Accessible.checkable: true
                Accessible.checked: swatch.checked
                Keys.onReturnPressed: swatch.clicked()
                Keys.onEnterPressed: swatch.clicked()
                Accessible.onPressAction: swatch.clicked()
                Accessible.onToggleAction: swatch.clicked()
                onClicked: root.tone = swatch.index
                background: Rectangle {
                    radius: Theme.radiusSmall
                    color: Theme.tone(swatch.index)

                    FocusRing {
                        visible: swatch.visualFocus
                        radius: parent.radius
                        inner: Theme.colour.cardInk
                    }
                }
                contentItem: Item {
                    Icon {
                        anchors.centerIn: parent
                        visible: swatch.checked
                        width: Theme.px(24)
                        height: width
                        name: "check"
                        color: Theme.colour.cardInk
                    }
                }
            }
        }
    }

    Switch {
        objectName: "shieldFingers"
        visible: root.model.fingersThere && root.shield.active
        Layout.fillWidth: true
        text: qsTr("Finger or face instead of typing the PIN")
        explanation: qsTr("The PIN is then kept on this phone in its secure element, and goes to the server's check as if it were typed. It is gone when it is changed, wrong, or when a finger or face is added. Off, it is kept nowhere.")
        checked: root.shield.fingers
        onToggled: {
            root.model.letFingers(checked);
            checked = Qt.binding(() => root.shield.fingers);
        }
    }
    Banner {
        objectName: "shieldNotRecognised"
        visible: root.model.notRecognised
        Layout.fillWidth: true
        kind: Banner.Warn
        title: qsTr("Not recognised")
        text: qsTr("Nothing was changed.")
    }

    foot: [
        Button {
            id: save
            objectName: "shieldSave"
            Layout.fillWidth: true
            text: qsTr("Save")
            onClicked: {
                root.model.describe(name.text, root.tone);
                root.model.close();
            }
        },
        Button {
            objectName: "shieldRemove"
            Layout.fillWidth: true
            kind: Button.Quiet
            text: qsTr("Take it off this phone")
            onClicked: root.model.askRemoval()
        }
    ]
}
