pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Hufu.Controls
import Hufu.PhoneModels

// A shield goes off this phone: what that means, which sealed bids would stay shut for good, and the number that shows they were read.
PageFrame {
    id: root

    required property ShieldsModel model
    readonly property shieldView shield: root.model.shield

    title: qsTr("Take it off this phone")
    subtitle: root.shield.name !== "" ? root.shield.name : root.shield.company
    backVisible: true
    onBack: root.model.close()

    Label {
        Layout.fillWidth: true
        text: qsTr("Nobody is logged in here: between two acts nothing stays open, and each act asks for your PIN. To hand the phone on, take the shield off it.")
    }
    Label {
        Layout.fillWidth: true
        soft: true
        text: qsTr("Its keys and records are wiped from this phone and cannot be brought back. The certificate stays valid until you revoke it on its page, or your administrator does. To use it again you need a new activation code.")
    }
    Banner {
        objectName: "removalDamaged"
        visible: root.shield.damaged
        Layout.fillWidth: true
        kind: Banner.Danger
        title: qsTr("Its files cannot be read")
        text: qsTr("So nobody knows what is sealed for it. Nothing is removed; ask the support whether it can be mended.")
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
        objectName: "removalGo"
        Layout.fillWidth: true
        kind: Button.Danger
        enabled: !root.shield.damaged && guard.answered
        text: qsTr("Wipe it from this phone")
        onClicked: root.model.remove(guard.typed)
    }
}
