pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Hufu.Controls
import Hufu.PhoneModels

// The computers that may ask this phone, and the removal of one.
PageFrame {
    id: root

    required property DesksModel model

    title: qsTr("Computers")
    backVisible: true
    onBack: root.model.close()

    Label {
        Layout.fillWidth: true
        soft: true
        text: qsTr("These may ask you for signatures, seals and decryptions. Remove what you do not know, or do not use any more.")
    }
    ProblemBanner {
        Layout.fillWidth: true
        code: root.model.problem
    }
    Label {
        objectName: "desksNone"
        visible: !root.model.busy && root.model.known && root.model.desks.length === 0
        Layout.fillWidth: true
        text: qsTr("No computer is enrolled.")
    }
    Spinner {
        visible: root.model.busy && !root.model.known
        Layout.alignment: Qt.AlignHCenter
    }
    Repeater {
        model: root.model.desks

        Card {
            id: entry
            required property deskView modelData
            required property int index
            property bool asked: false // whether it shall really go
            Layout.fillWidth: true

            RowLayout {
                Layout.fillWidth: true
                spacing: Theme.space.medium

                Icon {
                    Layout.alignment: Qt.AlignTop
                    implicitWidth: Theme.px(28)
                    implicitHeight: Theme.px(28)
                    name: "desk"
                    color: Theme.colour.brand
                }
                ColumnLayout {
                    Layout.fillWidth: true
                    spacing: 2

                    Label {
                        Layout.fillWidth: true
                        role: Label.Heading
                        wrapMode: Text.Wrap
                        text: entry.modelData.name
                    }
                    Label {
                        visible: entry.modelData.network !== ""
                        Layout.fillWidth: true
                        role: Label.Small
                        soft: true
                        wrapMode: Text.WrapAnywhere
                        text: entry.modelData.network
                    }
                    Label {
                        Layout.fillWidth: true
                        role: Label.Small
                        soft: true
                        text: qsTr("Since %1").arg(Wording.minute(entry.modelData.enrolledAt))
                    }
                    Label {
                        objectName: "deskWaits" + entry.index
                        visible: entry.modelData.waits
                        Layout.fillWidth: true
                        role: Label.Small
                        color: Theme.colour.warn
                        text: qsTr("Waits for your company's administrator. Until then it may ask you for nothing.")
                    }
                    Label {
                        Layout.fillWidth: true
                        role: Label.Tiny
                        soft: true
                        wrapMode: Text.Wrap
                        text: qsTr("Number %1").arg(Wording.grouped(entry.modelData.id))
                    }
                }
            }
            Label {
                visible: entry.asked
                Layout.fillWidth: true
                text: qsTr("It can then ask you for nothing, not even for what you have scanned already, until you enrol it again.")
            }
            Button {
                objectName: "deskRemove" + entry.index
                Layout.fillWidth: true
                kind: entry.asked ? Button.Danger : Button.Plain
                enabled: !root.model.busy
                text: entry.asked ? qsTr("Yes, remove it") : qsTr("Remove")
                onClicked: {
                    if (entry.asked) root.model.remove(entry.modelData.id);
                    entry.asked = !entry.asked;
                }
            }
        }
    }

    foot: Button {
        objectName: "desksRefresh"
        Layout.fillWidth: true
        kind: Button.Plain
        busy: root.model.busy
        enabled: !root.model.busy
        text: qsTr("Look again")
        onClicked: root.model.refresh()
    }
}
