pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Hufu.Controls
import Hufu.PhoneModels

PageFrame {
    id: root

    required property LockedModel model
    required property EvidenceModel evidence

    centred: true
    heading: failure.heading

    FailurePanel {
        id: failure
        Layout.fillWidth: true
        code: root.model.cloned ? 303 : 302
    }
    Banner {
        Layout.fillWidth: true
        kind: Banner.Info
        title: qsTr("Nothing is lost")
        text: root.model.cloned ? qsTr("Type the recovery code here, then your PIN: all shares are renewed, and the copy is worth nothing.")
                                : qsTr("Your keys stay. If you know the PIN: after the administrator's approval and an identity check you have three more tries. If you forgot it, more tries do not help: a new grant makes new keys, and sealed bids that only this PIN opens stay shut.")
    }
    EvidenceRow {
        Layout.fillWidth: true
        model: root.evidence
    }

    foot: [
        Button {
            objectName: "frozenRecover"
            visible: root.model.cloned
            Layout.fillWidth: true
            symbol: "key"
            text: qsTr("Enter the code")
            onClicked: root.model.recover()
        },
        Button {
            objectName: "frozenClose"
            Layout.fillWidth: true
            kind: Button.Plain
            text: qsTr("Go to the home page")
            onClicked: root.model.close()
        }
    ]
}
