pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Hufu.Controls

// A list of steps: done, under way, to come.
ColumnLayout {
    id: root

    required property list<string> steps
    required property int current // index of the step under way; steps.length: all done

    spacing: 0

    Repeater {
        model: root.steps

        RowLayout {
            id: step
            required property int index
            required property string modelData
            readonly property bool done: index < root.current
            readonly property bool active: index === root.current
            Layout.fillWidth: true
            spacing: Theme.space.medium
            Accessible.role: Accessible.ListItem
            Accessible.name: step.done ? qsTr("%1: done").arg(step.modelData) : step.active ? qsTr("%1: under way").arg(step.modelData) : step.modelData

            Item {
                Layout.fillHeight: true
                implicitWidth: Theme.px(28)
                implicitHeight: Theme.px(44)

                Rectangle {
                    anchors.horizontalCenter: parent.horizontalCenter
                    visible: step.index + 1 < root.steps.length
                    y: parent.height / 2 + Theme.px(14)
                    width: 2
                    height: parent.height - Theme.px(28)
                    color: step.done ? Theme.colour.brand : Theme.colour.line
                }
                Rectangle {
                    anchors.centerIn: parent
                    visible: !step.active
                    width: Theme.px(24)
                    height: width
                    radius: width / 2
                    color: step.done ? Theme.colour.brand : "transparent"
                    border.width: 2
                    border.color: step.done ? Theme.colour.brand : Theme.colour.line

                    Icon {
                        anchors.centerIn: parent
                        visible: step.done
                        width: Theme.px(16)
                        height: width
                        name: "check"
                        color: Theme.colour.brandInk
                    }
                }
                Spinner {
                    anchors.centerIn: parent
                    visible: step.active
                    width: Theme.px(28)
                    height: width
                }
            }
            Label {
                Layout.fillWidth: true
                text: step.modelData
                Accessible.ignored: true // the step says it, with how far it is
                strong: step.active
                color: step.done || step.active ? Theme.colour.ink : Theme.colour.inkSoft
            }
        }
    }
}
