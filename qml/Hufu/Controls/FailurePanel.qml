pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Hufu.Controls

// A failure's whole entry: what it is, why, and what to do, step by step.
ColumnLayout {
    id: root

    required property int code
    readonly property Problem problem: Problem {
        code: root.code
    }

    readonly property Item heading: failureTitle
    readonly property bool red: root.code === 215 // somebody may be at work here: the page warns by its colour, as that of a log-in does
    readonly property color ground: root.red ? Theme.colour.dangerSoft : Theme.colour.ground

    spacing: Theme.space.large

    Rectangle {
        visible: !Theme.elder
        Layout.alignment: Qt.AlignHCenter
        implicitWidth: Theme.px(76)
        implicitHeight: Theme.px(76)
        radius: width / 2
        color: root.red ? Theme.colour.surface : Theme.colour.dangerSoft

        Icon {
            anchors.centerIn: parent
            width: Theme.px(38)
            height: width
            name: "alert"
            color: Theme.colour.danger
        }
    }
    ColumnLayout {
        Layout.fillWidth: true
        spacing: Theme.space.small

        Headline {
            id: failureTitle
            objectName: "errorTitle"
            Layout.fillWidth: true
            horizontalAlignment: Text.AlignHCenter
            color: root.red ? Theme.colour.danger : Theme.colour.ink
            text: root.problem.title
            Accessible.role: Accessible.Heading
            Accessible.name: text
            Accessible.focusable: true
        }
        Label {
            Layout.fillWidth: true
            horizontalAlignment: Text.AlignHCenter
            soft: true
            text: root.problem.cause
        }
    }
    Card {
        Layout.fillWidth: true

        Label {
            Layout.fillWidth: true
            role: Label.Heading
            text: qsTr("What you can do")
        }
        Repeater {
            model: root.problem.steps

            RowLayout {
                id: step
                required property int index
                required property string modelData
                Layout.fillWidth: true
                spacing: Theme.space.medium

                Rectangle {
                    Layout.alignment: Qt.AlignTop
                    implicitWidth: Theme.px(26)
                    implicitHeight: Theme.px(26)
                    radius: width / 2
                    color: Theme.colour.brandSoft

                    Label {
                        anchors.centerIn: parent
                        role: Label.Small
                        strong: true
                        lineHeight: 1
                        color: Theme.colour.brand
                        text: step.index + 1
                    }
                }
                Label {
                    objectName: "errorStep" + step.index
                    Layout.fillWidth: true
                    text: step.modelData
                }
            }
        }
    }
    Label {
        objectName: "errorCode"
        Layout.alignment: Qt.AlignHCenter
        role: Label.Small
        soft: true
        text: root.problem.name
    }
}
