pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Hufu.Controls
import Hufu.PhoneModels

// Everything that is not an act: who one is, what one has done, how the phone looks, and help.
PageFrame {
    id: root

    required property CentreModel model
    required property ShieldsModel shields

    title: qsTr("Me")
    backVisible: true
    onBack: root.model.close()

    Card {
        Layout.fillWidth: true

        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.space.large

            Rectangle {
                Layout.alignment: Qt.AlignTop
                implicitWidth: Theme.px(52)
                implicitHeight: Theme.px(52)
                radius: width / 2
                color: Theme.colour.brandSoft

                Icon {
                    anchors.centerIn: parent
                    width: Theme.px(28)
                    height: width
                    name: "person"
                    color: Theme.colour.brand
                }
            }
            ColumnLayout {
                Layout.fillWidth: true
                spacing: 2

                Label {
                    Layout.fillWidth: true
                    role: Label.Heading
                    text: root.model.card.person
                }
                Label {
                    Layout.fillWidth: true
                    role: Label.Small
                    soft: true
                    text: root.model.card.company
                }
            }
        }
    }
    Card {
        Layout.fillWidth: true
        spacing: Theme.space.hair

        ListRow {
            objectName: "centreShields"
            symbol: "company"
            text: qsTr("Phone shields")
            detail: root.shields.shields.length > 1 ? qsTr("%n on this phone", "", root.shields.shields.length) : qsTr("Companies and certificates on this phone")
            onClicked: root.model.open(CentreModel.Shields)
        }
        Line {}
        ListRow {
            objectName: "centreActivate"
            symbol: "shield"
            enabled: !root.shields.full
            text: qsTr("Activate now")
            detail: root.shields.full ? qsTr("No more fit on this phone") : qsTr("One more phone shield, for another company")
            onClicked: root.shields.add()
        }
        Line {}
        ListRow {
            objectName: "centreCertificate"
            symbol: "seal"
            text: qsTr("Certificate")
            condition: Wording.daysLeft(root.model.card.daysLeft)
            conditionKind: root.model.card.daysLeft <= 0 ? Banner.Danger : root.model.card.daysLeft <= 30 ? Banner.Warn : Banner.Good
            onClicked: root.model.open(CentreModel.Certificate)
        }
        Line {}
        ListRow {
            objectName: "centrePin"
            symbol: "key"
            text: qsTr("Change the PIN")
            detail: root.model.care.wrongPins > 0 ? qsTr("%n wrong PIN(s) since it was last changed.", "", root.model.care.wrongPins) : ""
            onClicked: root.model.open(CentreModel.PinChange)
        }
        Line {}
        ListRow {
            objectName: "centreDesks"
            symbol: "desk"
            text: qsTr("Computers")
            detail: qsTr("Which may ask you, and their removal")
            onClicked: root.model.open(CentreModel.Desks)
        }
        Line {}
        ListRow {
            objectName: "centreHistory"
            symbol: "history"
            text: qsTr("Records")
            onClicked: root.model.open(CentreModel.History)
        }
    }
    Card {
        Layout.fillWidth: true
        spacing: Theme.space.hair

        ListRow {
            objectName: "centreSettings"
            symbol: "gear"
            text: qsTr("Settings")
            detail: qsTr("Language, light or dark, large type")
            onClicked: root.model.open(CentreModel.Settings)
        }
        Line {}
        ListRow {
            objectName: "centreSupport"
            symbol: "help"
            text: qsTr("Help")
            onClicked: root.model.open(CentreModel.Support)
        }
        Line {}
        ListRow {
            objectName: "centreDiagnosis"
            symbol: "pulse"
            text: qsTr("Self-test")
            onClicked: root.model.open(CentreModel.Diagnosis)
        }
        Line {}
        ListRow {
            objectName: "centreTerms"
            symbol: "file"
            text: qsTr("Agreements")
            onClicked: root.model.open(CentreModel.Terms)
        }
        Line {}
        ListRow {
            objectName: "centreLogOut"
            symbol: "cross"
            text: qsTr("Log out")
            detail: qsTr("Take this phone shield off the phone")
            onClicked: root.shields.askRemovalOfCurrent()
        }
    }
    Label {
        Layout.fillWidth: true
        visible: root.model.server !== ""
        horizontalAlignment: Text.AlignHCenter
        role: Label.Tiny
        soft: true
        text: qsTr("Server %1").arg(root.model.server)
    }
}
