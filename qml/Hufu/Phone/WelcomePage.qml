pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Hufu.Controls
import Hufu.PhoneModels
import Hufu.Shell

PageFrame {
    id: root

    required property WelcomeModel model

    component Promise: Item {
        id: promise
        required property string symbol
        required property string text
        Layout.fillWidth: true
        implicitHeight: Math.max(Theme.px(40), words.implicitHeight)

        Rectangle {
            anchors.verticalCenter: parent.verticalCenter
            width: Theme.px(40)
            height: width
            radius: Theme.radiusSmall
            color: Theme.colour.brandSoft

            Icon {
                anchors.centerIn: parent
                width: Theme.px(24)
                height: width
                name: promise.symbol
                color: Theme.colour.brand
            }
        }
        Label {
            id: words
            anchors.verticalCenter: parent.verticalCenter
            x: Theme.px(40) + Theme.space.medium
            width: parent.width - x
            text: promise.text
        }
    }

    GridLayout {
        Layout.fillWidth: true
        columns: Theme.stacked ? 3 : 4

        IconButton {
            objectName: "welcomeSettings"
            symbol: "gear"
            colour: Theme.colour.brand
            text: qsTr("Settings")
            onClicked: root.model.openSettings()
        }
        IconButton {
            objectName: "welcomeSupport"
            symbol: "help"
            colour: Theme.colour.brand
            text: qsTr("Help")
            onClicked: root.model.openSupport()
        }
        Item {
            Layout.fillWidth: true
        }
        Button {
            objectName: "switchLanguage"
            Layout.columnSpan: Theme.stacked ? 3 : 1
            Layout.alignment: Qt.AlignRight
            kind: Button.Quiet
            symbol: "globe"
            text: Language.name === "en" ? "中文" : "English"
            onClicked: Language.choose(Language.name === "en" ? "zh_CN" : "en")
        }
    }
    Image {
        Layout.alignment: Qt.AlignHCenter
        source: "qrc:/qt/qml/Hufu/Controls/icons/hufu.svg"
        sourceSize.width: Theme.px(104)
        sourceSize.height: Theme.px(104)
    }
    Label {
        Layout.fillWidth: true
        role: Label.Display
        horizontalAlignment: Text.AlignHCenter
        text: qsTr("Hufu")
    }
    Label {
        Layout.fillWidth: true
        horizontalAlignment: Text.AlignHCenter
        soft: true
        text: qsTr("Your signature in two halves: one in your hand, one in safe keeping.")
    }
    Item {
        implicitHeight: Theme.space.small
    }
    Promise {
        symbol: "scan"
        text: qsTr("Scan what the computer shows, read it, approve it.")
    }
    Promise {
        symbol: "key"
        text: qsTr("The key never exists in one piece, not on this phone either.")
    }
    Promise {
        symbol: "lock"
        text: qsTr("Without your PIN neither half does anything.")
    }

    foot: [
        Banner {
            visible: root.model.unfinished
            Layout.fillWidth: true
            kind: Banner.Warn
            title: qsTr("Activation is not finished")
            text: qsTr("Your keys are made. Enter your PIN to get the certificates.")
        },
        Button {
            objectName: "welcomeOthers"
            visible: root.model.others
            Layout.fillWidth: true
            kind: Button.Plain
            symbol: "company"
            text: qsTr("My other certificates")
            onClicked: root.model.openOthers()
        },
        Button {
            objectName: "welcomeResume"
            visible: root.model.unfinished
            Layout.fillWidth: true
            text: qsTr("Continue activation")
            onClicked: root.model.resume()
        },
        Button {
            objectName: "welcomeStart"
            Layout.fillWidth: true
            kind: root.model.unfinished ? Button.Plain : Button.Primary
            text: root.model.unfinished ? qsTr("Start over") : qsTr("Activate this phone")
            onClicked: root.model.begin()
        }
    ]
}
