pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Hufu.Controls
import Hufu.PhoneModels
import Hufu.Shell

PageFrame {
    id: root

    required property WelcomeModel model
    heading: first
    turn: root.part
    turns: root.headings.length

    // What it is, in three pages.
    property int part: 0
    readonly property list<string> symbols: ["hufu", "scan", "lock"]
    readonly property list<string> headings: [qsTr("Hufu"), qsTr("Scan, read, approve"), qsTr("Only with your PIN")]
    readonly property list<string> sentences: [
        qsTr("Your signature in two halves: one on this phone, one in safe keeping. The key never exists in one piece."),
        qsTr("The computer shows a code. You scan it, read here what it is for, and approve or refuse."),
        qsTr("Without your PIN neither half does anything. Nobody who helps you needs it."),
    ]

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
    Item {
        Layout.alignment: Qt.AlignHCenter
        implicitWidth: Theme.px(104)
        implicitHeight: implicitWidth

        Image {
            visible: root.part === 0
            source: "qrc:/qt/qml/Hufu/Controls/icons/hufu.svg"
            sourceSize.width: Theme.px(104)
            sourceSize.height: Theme.px(104)
        }
        Rectangle {
            visible: root.part > 0
            anchors.fill: parent
            radius: width / 2
            color: Theme.colour.brandSoft

            Icon {
                anchors.centerIn: parent
                width: Theme.px(56)
                height: width
                name: root.symbols[root.part]
                color: Theme.colour.brand
            }
        }
    }
    Headline {
        id: first
        objectName: "welcomeHeading"
        Layout.fillWidth: true
        Accessible.role: Accessible.Heading
        Accessible.name: text
        Accessible.focusable: true
        role: Label.Display
        horizontalAlignment: Text.AlignHCenter
        text: root.headings[root.part]
    }
    Label {
        Layout.fillWidth: true
        horizontalAlignment: Text.AlignHCenter
        soft: true
        text: root.sentences[root.part]
    }
    RowLayout {
        Layout.alignment: Qt.AlignHCenter
        spacing: Theme.space.medium

        IconButton {
            objectName: "welcomeBefore"
            symbol: "back"
            colour: Theme.colour.brand
            enabled: root.part > 0
            text: qsTr("Page before")
            onClicked: --root.part
        }
        Row {
            objectName: "welcomePart"
            spacing: Theme.space.medium
            Accessible.role: Accessible.StaticText
            Accessible.name: qsTr("%1 of %2").arg(root.part + 1).arg(root.headings.length)

            Repeater {
                model: root.headings.length

                Rectangle {
                    required property int index
                    implicitWidth: 10
                    implicitHeight: 10
                    radius: 5
                    color: index === root.part ? Theme.colour.brand : Theme.colour.inkFaint
                    opacity: index === root.part ? 1 : 0.4
                }
            }
        }
        IconButton {
            objectName: "welcomeNext"
            symbol: "next"
            colour: Theme.colour.brand
            enabled: root.part < root.headings.length - 1
            text: qsTr("Next page")
            onClicked: ++root.part
        }
    }

    foot: [
        Banner {
            visible: root.model.unfinished
            Layout.fillWidth: true
            kind: Banner.Warn
            title: qsTr("Activation is not finished")
            text: qsTr("Your keys are made. Enter your PIN to get the certificates.")
        },
        Banner {
            objectName: "welcomeBegun"
            visible: root.model.begun && !root.model.unfinished
            Layout.fillWidth: true
            title: qsTr("You have begun already")
            text: qsTr("Link and number are still here. Go on where you were.")
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
            text: root.model.unfinished ? qsTr("Start over") : root.model.begun ? qsTr("Continue activation") : qsTr("Activate this phone")
            onClicked: root.model.begin()
        },
        Button {
            objectName: "welcomeOtherLink"
            visible: root.model.begun && !root.model.unfinished
            Layout.fillWidth: true
            kind: Button.Quiet
            text: qsTr("Use another link")
            onClicked: root.model.useOtherLink()
        }
    ]
}
