pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Hufu.Controls
import Hufu.PhoneModels

PageFrame {
    id: root

    required property AgreementsModel model

    title: qsTr("Agreements")
    backVisible: true
    onBack: root.model.cancel()

    Card {
        visible: root.model.company !== ""
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
    Repeater {
        model: root.model.agreements

        Card {
            id: agreement
            required property agreementView modelData
            Layout.fillWidth: true
            spacing: Theme.space.small

            GridLayout {
                Layout.fillWidth: true
                columns: Theme.stacked ? 1 : 2

                Label {
                    Layout.fillWidth: true
                    role: Label.Heading
                    text: Wording.agreement(agreement.modelData.id)
                }
                Chip {
                    text: qsTr("Version %1").arg(agreement.modelData.version)
                }
            }
            Label {
                Layout.fillWidth: true
                role: Label.Small
                soft: true
                visible: text !== ""
                text: Wording.agreementText(agreement.modelData.id)
            }
        }
    }

    foot: [
        CheckBox {
            id: read
            objectName: "agreementsAll"
            Layout.fillWidth: true
            text: qsTr("I have read the agreements and accept them")
        },
        Button {
            objectName: "agreementsNext"
            Layout.fillWidth: true
            enabled: read.checked
            text: qsTr("Accept and continue")
            onClicked: root.model.accept()
        }
    ]
}
