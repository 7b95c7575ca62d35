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

    Item {
        Layout.fillWidth: true
        implicitHeight: 230

        Rectangle {
            anchors.centerIn: parent
            width: 200
            height: 200
            radius: 100
            color: Theme.colour.sunken
            border.width: 3
            border.color: root.model.busy ? Theme.colour.bronze : Theme.colour.brand

            Icon {
                anchors.centerIn: parent
                width: 110
                height: 110
                name: "face"
                color: Theme.colour.brand
            }
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
    ProblemBanner {
        Layout.fillWidth: true
        code: root.model.problem
    }
    Card {
        Layout.fillWidth: true
        color: Theme.colour.sunken

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
                objectName: "livenessNotLive"
                Layout.fillWidth: true
                Layout.preferredWidth: 1
                kind: Button.Quiet
                enabled: !root.model.busy
                text: qsTr("A photograph")
                onClicked: root.model.start(IdentityModel.NotLive)
            }
            Button {
                objectName: "livenessOther"
                Layout.fillWidth: true
                Layout.preferredWidth: 1
                kind: Button.Quiet
                enabled: !root.model.busy
                text: qsTr("Another person")
                onClicked: root.model.start(IdentityModel.OtherPerson)
            }
        }
    }

    foot: Button {
        objectName: "livenessPass"
        Layout.fillWidth: true
        busy: root.model.busy
        enabled: !root.model.busy
        symbol: "face"
        text: qsTr("Start the check")
        onClicked: root.model.start(IdentityModel.Live)
    }
}
