pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Hufu.Controls
import Hufu.PhoneModels

PageFrame {
    id: root

    required property PhoneNumberModel model

    title: root.model.codeSent ? qsTr("SMS code") : qsTr("Phone number")
    backVisible: true
    onBack: root.model.cancel()

    Label {
        visible: !root.model.codeSent
        Layout.fillWidth: true
        soft: true
        text: qsTr("Enter the number that your company registered for you. You get a code by SMS.")
    }
    TextField {
        id: number
        visible: !root.model.codeSent
        Layout.fillWidth: true
        large: true
        caption: qsTr("Phone number")
        field.objectName: "phoneNumberField"
        inputMethodHints: Qt.ImhDialableCharactersOnly
        maximumLength: 20
        text: root.model.number
        onAccepted: root.model.sendNumber(number.text)
    }

    Card {
        visible: root.model.codeSent && root.model.company !== ""
        Layout.fillWidth: true

        Fact {
            name: qsTr("Company")
            value: root.model.company
        }
        Fact {
            name: qsTr("Certificate holder")
            value: root.model.person
        }
    }
    TextField {
        id: code
        visible: root.model.codeSent
        Layout.fillWidth: true
        large: true
        caption: qsTr("Code sent to %1").arg(root.model.number)
        field.objectName: "smsField"
        inputMethodHints: Qt.ImhDigitsOnly
        maximumLength: 6
        onAccepted: if (next.enabled) root.model.sendCode(code.text)
    }
    Button {
        objectName: "resend"
        visible: root.model.codeSent
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
        objectName: "continue"
        Layout.fillWidth: true
        busy: root.model.busy
        enabled: !root.model.busy && (root.model.codeSent ? code.text.length === 6 : number.text.trim().length >= 5)
        text: root.model.codeSent ? qsTr("Continue") : qsTr("Send the code")
        onClicked: root.model.codeSent ? root.model.sendCode(code.text) : root.model.sendNumber(number.text)
    }
}
