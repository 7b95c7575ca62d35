pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Hufu.Controls
import Hufu.PhoneModels
import Hufu.Shell

PageFrame {
    id: root

    required property HomeModel model

    title: qsTr("Hufu")
    subtitle: qsTr("Phone shield")

    CareBanner {
        objectName: "homeCare"
        Layout.fillWidth: true
        care: root.model.care
    }
    Button {
        objectName: "homeChangePinNow"
        visible: root.model.care.pinChangeUrged
        Layout.fillWidth: true
        symbol: "key"
        text: qsTr("Change the PIN")
        onClicked: root.model.changePin()
    }

    T.AbstractButton {
        id: cardButton
        objectName: "homeCertificate"
        Layout.fillWidth: true
        implicitHeight: implicitContentHeight
        Accessible.role: Accessible.Button
        Accessible.name: qsTr("Certificate")
        onClicked: root.model.openCertificate()
        contentItem: CertificateCard {
            card: root.model.card
        }
    }

    T.AbstractButton {
        id: scanButton
        objectName: "homeScan"
        Layout.fillWidth: true
        implicitHeight: 128
        focusPolicy: Qt.StrongFocus
        Accessible.role: Accessible.Button
        Accessible.name: qsTr("Scan")
        Keys.onReturnPressed: scanButton.clicked()
        onClicked: root.model.scan()
        background: Rectangle {
            radius: Theme.radius + 4
            color: scanButton.down ? Theme.colour.brandPressed : Theme.colour.brand
            border.width: scanButton.visualFocus ? 3 : 0
            border.color: Theme.colour.bronze
        }
        contentItem: Item {
            RowLayout {
                anchors.centerIn: parent
                spacing: Theme.space.large

                Icon {
                    implicitWidth: 54
                    implicitHeight: 54
                    name: "scan"
                    color: Theme.colour.brandInk
                }
                ColumnLayout {
                    spacing: 0

                    Label {
                        role: Label.Title
                        color: Theme.colour.brandInk
                        text: qsTr("Scan")
                    }
                    Label {
                        role: Label.Small
                        color: Theme.colour.brandInk
                        opacity: 0.85
                        text: qsTr("Log in, sign, open files")
                    }
                }
            }
        }
    }

    Label {
        role: Label.Heading
        text: qsTr("Recent")
    }
    Label {
        visible: root.model.history.length === 0
        Layout.fillWidth: true
        soft: true
        text: qsTr("Nothing yet. What you approve or refuse is listed here.")
    }
    Card {
        visible: root.model.history.length > 0
        Layout.fillWidth: true

        Repeater {
            model: root.model.history

            RowLayout {
                id: entry
                required property historyView modelData
                Layout.fillWidth: true
                spacing: Theme.space.medium

                Icon {
                    implicitWidth: 24
                    implicitHeight: 24
                    name: entry.modelData.approved ? Wording.symbol(entry.modelData.act) : "cross"
                    color: entry.modelData.approved ? Theme.colour.brand : Theme.colour.danger
                }
                ColumnLayout {
                    Layout.fillWidth: true
                    spacing: 0

                    Label {
                        Layout.fillWidth: true
                        text: Wording.request(entry.modelData.act)
                        elide: Text.ElideRight
                        wrapMode: Text.NoWrap
                    }
                    Label {
                        Layout.fillWidth: true
                        role: Label.Tiny
                        soft: true
                        elide: Text.ElideRight
                        wrapMode: Text.NoWrap
                        text: (entry.modelData.platform !== "" ? entry.modelData.platform + " · " : "") + Wording.moment(entry.modelData.at)
                    }
                }
                Chip {
                    kind: entry.modelData.approved ? Banner.Good : Banner.Danger
                    text: entry.modelData.approved ? qsTr("Approved") : entry.modelData.code !== 0 ? Catalogue.name(entry.modelData.code) : qsTr("Refused")
                }
            }
        }
    }
    RowLayout {
        Layout.fillWidth: true
        spacing: 0

        Button {
            objectName: "homeChangePin"
            kind: Button.Quiet
            symbol: "key"
            text: qsTr("Change the PIN")
            onClicked: root.model.changePin()
        }
        Item {
            Layout.fillWidth: true
        }
        IconButton {
            objectName: "switchDark"
            symbol: Theme.dark ? "sun" : "moon"
            colour: Theme.colour.inkSoft
            text: qsTr("Light or dark")
            onClicked: Theme.dark = !Theme.dark
        }
        Button {
            objectName: "switchLanguage"
            kind: Button.Quiet
            symbol: "globe"
            text: Language.name === "en" ? "中文" : "English"
            onClicked: Language.choose(Language.name === "en" ? "zh_CN" : "en")
        }
    }
    Label {
        Layout.fillWidth: true
        role: Label.Tiny
        color: Theme.colour.inkFaint
        visible: root.model.server !== ""
        text: qsTr("Server %1").arg(root.model.server)
    }
}
