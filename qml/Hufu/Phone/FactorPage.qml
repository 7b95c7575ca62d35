pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Hufu.Controls
import Hufu.PhoneModels

PageFrame {
    id: root

    required property FactorModel model
    required property ApproveModel request // whose time runs on

    title: qsTr("SMS code")
    subtitle: Wording.request(root.model.act)
    backVisible: true
    onBack: root.model.cancel()

    CountdownBar {
        visible: root.request.secondsLeft > 0
        Layout.fillWidth: true
        secondsLeft: root.request.secondsLeft
        secondsTotal: root.request.secondsTotal
    }
    Icon {
        Layout.alignment: Qt.AlignHCenter
        visible: !Theme.elder
        implicitWidth: Theme.px(64)
        implicitHeight: Theme.px(64)
        name: "message"
        color: Theme.colour.brand
    }
    Label {
        Layout.fillWidth: true
        horizontalAlignment: Text.AlignHCenter
        soft: true
        text: qsTr("This act asks for a code besides your PIN. It was sent to the phone number of your certificate.")
    }
    TextField {
        id: code
        Layout.fillWidth: true
        large: true
        caption: qsTr("Code of 6 digits")
        field.objectName: "factorCode"
        inputMethodHints: Qt.ImhDigitsOnly
        maximumLength: 6
        onAccepted: if (next.enabled) root.model.sendCode(code.text)
    }
    Button {
        objectName: "factorResend"
        Layout.fillWidth: true
        kind: Button.Quiet
        enabled: root.model.resendAfter === 0 && !root.model.busy
        text: root.model.resendAfter > 0 ? qsTr("Send again in %n second(s)", "", root.model.resendAfter) : qsTr("Send again")
        onClicked: root.model.resend()
    }
    ProblemBanner {
        Layout.fillWidth: true
        code: root.model.problem
    }

    foot: Button {
        id: next
        objectName: "factorNext"
        Layout.fillWidth: true
        busy: root.model.busy
        enabled: code.text.length === 6 && !root.model.busy
        text: qsTr("Continue")
        onClicked: root.model.sendCode(code.text)
    }
}
