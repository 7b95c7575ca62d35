pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Hufu.Controls
import Hufu.PhoneModels

// The certificate is revoked by its own person: when that is right, what it means, and what would stay shut if the phone goes with it.
PageFrame {
    id: root

    required property ShieldsModel model

    title: qsTr("Revoke the certificate")
    backVisible: true
    onBack: root.model.close()

    Label {
        Layout.fillWidth: true
        text: qsTr("Do this if the phone is sold or given away, or if somebody may have your PIN and your phone. If only the PIN was seen, change the PIN instead.")
    }
    Banner {
        Layout.fillWidth: true
        kind: Banner.Warn
        title: qsTr("It cannot be taken back")
        text: qsTr("From then on nobody accepts a log-in or a signature with it, and nothing is sealed for it any more. What you signed before stays as it is. This phone goes on opening what is sealed for it, as long as the shield stays on it.")
    }
    Label {
        Layout.fillWidth: true
        soft: true
        text: qsTr("For another certificate your administrator gives you a new grant. It is noted in your company's log.")
    }
    BidGuard {
        id: guard
        Layout.fillWidth: true
        model: root.model
    }
    ProblemBanner {
        Layout.fillWidth: true
        code: root.model.problem
    }

    foot: Button {
        objectName: "revocationGo"
        Layout.fillWidth: true
        kind: Button.Danger
        enabled: guard.answered
        text: qsTr("Go on to the PIN")
        onClicked: root.model.revoke(guard.typed)
    }
}
