pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Hufu.Controls
import Hufu.PhoneModels

// The one-time code that the identity check gave out.
PageFrame {
    id: root

    required property RecoverModel model

    title: qsTr("Recovery code")
    subtitle: qsTr("Recovery after a copy")
    backVisible: true
    onBack: root.model.cancel()

    Icon {
        Layout.alignment: Qt.AlignHCenter
        visible: !Theme.elder
        implicitWidth: Theme.px(64)
        implicitHeight: Theme.px(64)
        name: "shield"
        color: Theme.colour.brand
    }
    Label {
        Layout.fillWidth: true
        horizontalAlignment: Text.AlignHCenter
        soft: true
        text: qsTr("After the identity check your administrator gives you the code. Type it only on your own phone.")
    }
    TextField {
        id: code
        Layout.fillWidth: true
        large: true
        caption: qsTr("Code of 8 digits")
        field.objectName: "recoverCode"
        inputMethodHints: Qt.ImhDigitsOnly
        maximumLength: root.model.digits
        onAccepted: if (next.enabled) root.model.sendCode(code.text)
    }
    ProblemBanner {
        Layout.fillWidth: true
        code: root.model.problem
    }

    foot: Button {
        id: next
        objectName: "recoverNext"
        Layout.fillWidth: true
        busy: root.model.busy
        enabled: code.text.length === root.model.digits && !root.model.busy
        text: qsTr("Continue")
        onClicked: root.model.sendCode(code.text)
    }
}
