pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Hufu.Controls
import Hufu.PhoneModels

// The phone's notification: the opening of a bid is near, and nobody has tried yet.
Rectangle {
    id: root

    required property BidsModel model
    required property real room // height of the screen
    // With large letters on a small screen the page below must keep its place: how long there is says enough.
    readonly property bool brief: root.lies || root.width * root.room < 350 * heading.font.pixelSize * heading.font.pixelSize
    readonly property bool lies: root.width > root.room // then the answers stand beside it
    readonly property bidView bid: root.model.reminded
    readonly property real remaining: root.bid.openingAt.getTime() - root.model.now

    implicitHeight: column.implicitHeight + 2 * Theme.space.medium
    height: implicitHeight
    radius: Theme.radius
    color: Theme.colour.surface
    border.width: 2
    border.color: Theme.colour.warn
    Accessible.role: Accessible.AlertMessage
    Accessible.name: heading.text + " " + sentence.text

    GridLayout {
        id: column
        x: Theme.space.medium
        y: Theme.space.medium
        width: root.width - 2 * Theme.space.medium
        columns: root.lies ? 2 : 1
        columnSpacing: Theme.space.small
        rowSpacing: Theme.space.small

        Label {
            id: heading
            Layout.fillWidth: true
            strong: true
            color: Theme.colour.warn
            text: qsTr("Opening in %1").arg(Wording.countdown(root.remaining))
        }
        Label {
            id: sentence
            visible: !root.brief
            Layout.fillWidth: true
            text: (root.bid.shieldLabel !== "" ? qsTr("For %1.").arg(root.bid.shieldLabel) + " " : "")
                + qsTr("%1: test now whether this phone will open the bid.").arg(root.bid.project)
        }
        RowLayout {
            Layout.fillWidth: !root.lies
            Layout.preferredWidth: root.lies ? root.width / 2 : -1
            spacing: Theme.space.small

            Button {
                objectName: "reminderLater"
                Layout.fillWidth: true
                Layout.preferredWidth: 1
                kind: Button.Plain
                text: qsTr("Later")
                onClicked: root.model.dismissReminder()
            }
            Button {
                objectName: "reminderOpen"
                Layout.fillWidth: true
                Layout.preferredWidth: 1
                text: qsTr("Look")
                onClicked: root.model.openReminded()
            }
        }
    }
}
