pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Hufu.Controls
import Hufu.PhoneModels

PageFrame {
    id: root

    required property IdentityModel model

    title: qsTr("Identity check")
    backVisible: true
    onBack: root.model.cancel()

    TextField {
        id: code
        visible: root.model.smsWanted
        Layout.fillWidth: true
        large: true
        caption: qsTr("Code sent to %1").arg(root.model.number)
        field.objectName: "smsField"
        inputMethodHints: Qt.ImhDigitsOnly
        maximumLength: 6
    }
    Button {
        objectName: "resend"
        visible: root.model.smsWanted
        kind: Button.Quiet
        enabled: root.model.resendAfter === 0 && !root.model.busy
        text: root.model.resendAfter > 0 ? qsTr("Send again in %n second(s)", "", root.model.resendAfter) : qsTr("Send again")
        onClicked: root.model.resend()
    }
    ProblemBanner {
        Layout.fillWidth: true
        code: root.model.problem
    }
    ColumnLayout {
        visible: root.model.faceWanted
        Layout.fillWidth: true
        spacing: Theme.space.large

        Rectangle {
            Layout.alignment: Qt.AlignHCenter
            implicitWidth: 168
            implicitHeight: 168
            radius: 84
            color: Theme.colour.sunken
            border.width: 3
            border.color: root.model.busy ? Theme.colour.bronze : Theme.colour.brand

            Icon {
                anchors.centerIn: parent
                width: 92
                height: 92
                name: "face"
                color: Theme.colour.brand
            }
        }
        Label {
            Layout.fillWidth: true
            role: Label.Heading
            horizontalAlignment: Text.AlignHCenter
            text: root.model.busy ? qsTr("Checking…") : qsTr("Look into the camera and blink")
        }
        Label {
            Layout.fillWidth: true
            horizontalAlignment: Text.AlignHCenter
            role: Label.Small
            soft: true
            text: qsTr("The face service compares you with your identity card. No picture stays on this phone.")
        }
        Card {
            Layout.fillWidth: true
            color: Theme.colour.sunken
            spacing: Theme.space.hair

            Label {
                Layout.fillWidth: true
                role: Label.Small
                soft: true
                text: qsTr("This phone is an emulator: choose what the camera would see.")
            }
            RowLayout {
                Layout.fillWidth: true
                spacing: Theme.space.small

                Button {
                    objectName: "identityNotLive"
                    Layout.fillWidth: true
                    Layout.preferredWidth: 1
                    kind: Button.Quiet
                    enabled: next.enabled
                    text: qsTr("A photograph")
                    onClicked: root.model.check(code.text, IdentityModel.NotLive)
                }
                Button {
                    objectName: "identityOther"
                    Layout.fillWidth: true
                    Layout.preferredWidth: 1
                    kind: Button.Quiet
                    enabled: next.enabled
                    text: qsTr("Another person")
                    onClicked: root.model.check(code.text, IdentityModel.OtherPerson)
                }
            }
        }
    }

    foot: Button {
        id: next
        objectName: "identityNext"
        Layout.fillWidth: true
        busy: root.model.busy
        enabled: !root.model.busy && (!root.model.smsWanted || code.text.length === 6)
        symbol: root.model.faceWanted ? "face" : ""
        text: root.model.faceWanted ? qsTr("Start the check") : qsTr("Continue")
        onClicked: root.model.check(code.text, IdentityModel.Live)
    }
}
