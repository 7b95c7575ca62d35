pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Hufu.Controls
import Hufu.PhoneModels

PageFrame {
    id: root

    required property PhoneNumberModel model

    title: qsTr("Phone number")
    backVisible: true
    onBack: root.model.cancel()

    Icon {
        Layout.alignment: Qt.AlignHCenter
        visible: !Theme.elder
        implicitWidth: Theme.px(64)
        implicitHeight: Theme.px(64)
        name: "phone"
        color: Theme.colour.brand
    }
    Label {
        Layout.fillWidth: true
        horizontalAlignment: Text.AlignHCenter
        soft: true
        text: qsTr("Enter the number that your company registered for you. You get a code by SMS.")
    }
    TextField {
        id: number
        Layout.fillWidth: true
        large: true
        text: root.model.number
        caption: qsTr("Phone number")
        field.objectName: "phoneNumberField"
        inputMethodHints: Qt.ImhDialableCharactersOnly
        maximumLength: 20
        onAccepted: if (next.enabled) root.model.send(number.text)
    }
    ProblemBanner {
        Layout.fillWidth: true
        code: root.model.problem
    }

    foot: [
        Label {
            Layout.fillWidth: true
            horizontalAlignment: Text.AlignHCenter
            role: Label.Tiny
            color: Theme.colour.inkFaint
            visible: root.model.server !== ""
            text: qsTr("Server %1").arg(root.model.server)
        },
        Button {
            id: next
            objectName: "phoneNumberNext"
            Layout.fillWidth: true
            busy: root.model.busy
            enabled: !root.model.busy && number.text.trim().length >= 5
            text: qsTr("Send the code")
            onClicked: root.model.send(number.text)
        }
    ]
}
