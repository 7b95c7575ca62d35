pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Hufu.Controls
import Hufu.PhoneModels

// The agreements once more, to be read.
PageFrame {
    id: root

    required property AsideModel model

    title: qsTr("Agreements")
    backVisible: true
    onBack: root.model.close()

    Repeater {
        model: ["service", "privacy", "certificate"]

        Card {
            id: agreement
            required property string modelData
            Layout.fillWidth: true
            spacing: Theme.space.small

            Label {
                Layout.fillWidth: true
                role: Label.Heading
                text: Wording.agreement(agreement.modelData)
            }
            Label {
                Layout.fillWidth: true
                soft: true
                text: Wording.agreementText(agreement.modelData)
            }
        }
    }
}
