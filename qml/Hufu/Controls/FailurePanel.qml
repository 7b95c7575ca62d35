pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Hufu.Controls

// A failure on a page of its own: what it is, why, and what to do, step by step.
ColumnLayout {
    id: root

    required property int code
    readonly property Problem problem: Problem {
        code: root.code
    }

    spacing: Theme.space.large

    Rectangle {
        Layout.alignment: Qt.AlignHCenter
        implicitWidth: 84
        implicitHeight: 84
        radius: 42
        color: Theme.colour.dangerSoft

        Icon {
            anchors.centerIn: parent
            width: 42
            height: 42
            name: "alert"
            color: Theme.colour.danger
        }
    }
    Label {
        objectName: "errorTitle"
        Layout.fillWidth: true
        role: Label.Title
        horizontalAlignment: Text.AlignHCenter
        text: root.problem.title
    }
    Label {
        Layout.fillWidth: true
        horizontalAlignment: Text.AlignHCenter
        soft: true
        text: root.problem.cause
    }
    Card {
        Layout.fillWidth: true

        Label {
            role: Label.Small
            soft: true
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
                    implicitWidth: 24
                    implicitHeight: 24
                    radius: 12
                    color: Theme.colour.brandSoft

                    Label {
                        anchors.centerIn: parent
                        role: Label.Small
                        strong: true
                        color: Theme.colour.brand
                        text: step.index + 1
                    }
                }
                Label {
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
