pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Hufu.Controls
import Hufu.PhoneModels

PageFrame {
    id: root

    required property KeysModel model

    title: qsTr("Making your keys")

    Label {
        Layout.fillWidth: true
        soft: true
        text: qsTr("This phone and the server each draw a share. The whole key is never anywhere.")
    }
    Card {
        Layout.fillWidth: true

        ProgressSteps {
            objectName: "steps"
            Layout.fillWidth: true
            current: root.model.step
            steps: [
                qsTr("Draw the shares of both keys"),
                qsTr("Sign the certificate request together"),
                qsTr("Request the encryption certificate"),
                qsTr("Check the certificates"),
                qsTr("Rehearse: sign and decrypt on trial")
            ]
        }
    }
    Label {
        Layout.fillWidth: true
        role: Label.Small
        soft: true
        text: qsTr("It takes a few seconds. If the app is closed meanwhile, it goes on from here with your PIN.")
    }

    foot: Button {
        objectName: "keysLater"
        visible: root.model.stalled
        Layout.fillWidth: true
        kind: Button.Plain
        text: qsTr("Go on later")
        onClicked: root.model.leave()
    }
}
