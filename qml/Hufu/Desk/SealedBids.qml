pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Hufu.Controls
import Hufu.DeskModels

// The bids that wait for their opening: how long still, and whether they would open.
Card {
    id: root

    required property BidListModel model
    signal openAsked()

    function countdown(milliseconds: real): string {
        const two = value => String(value).padStart(2, "0");
        const seconds = Math.max(0, Math.floor(milliseconds / 1000));
        const clock = two(Math.floor(seconds % 86400 / 3600)) + ":" + two(Math.floor(seconds / 60) % 60) + ":" + two(seconds % 60);
        return seconds < 86400 ? clock : qsTr("%n day(s)", "", Math.floor(seconds / 86400)) + " " + clock;
    }
    function light(cause: int): string {
        switch (cause) {
        case BidListModel.Ready: return qsTr("Would open");
        case BidListModel.KeyMissing: return qsTr("Only others can open it");
        case BidListModel.Blocked: return qsTr("The phone is frozen: ask your administrator");
        case BidListModel.Locked: return qsTr("The phone is locked after wrong PINs, and may be so at the opening. Ask your administrator to have it unlocked, or a recipient to open the bid");
        case BidListModel.ServerAway: return qsTr("The server does not answer: nothing opens now");
        case BidListModel.ClockWrong: return qsTr("This computer's clock is wrong: nothing opens until it is set");
        case BidListModel.RehearsalDue: return qsTr("Test due: on the phone under Sealed bids open this one, then Test now");
        case BidListModel.OpenNow: return qsTr("Its hour has come");
        default: return qsTr("Not known");
        }
    }

    visible: root.model.bids.length > 0

    Label {
        Layout.fillWidth: true
        role: Label.Heading
        text: qsTr("Sealed bids")
    }
    ProblemBanner {
        Layout.fillWidth: true
        code: root.model.problem
    }
    Repeater {
        model: root.model.bids

        ColumnLayout {
            id: row
            required property sealedBidView modelData
            required property int index
            readonly property bool isTimed: !isNaN(row.modelData.openingAt.getTime())
            readonly property real remaining: row.isTimed ? row.modelData.openingAt.getTime() - root.model.now : 0
            readonly property bool isDue: row.isTimed && row.remaining <= 0
            readonly property int kind: row.modelData.light === BidListModel.Red ? Banner.Danger : row.modelData.light === BidListModel.Amber ? Banner.Warn : Banner.Good
            property bool asked: false // whether it is really not wanted
            objectName: "sealedBid" + row.index
            Layout.fillWidth: true
            spacing: 2

            RowLayout {
                Layout.fillWidth: true
                spacing: Theme.space.medium

                Label {
                    Layout.fillWidth: true
                    strong: true
                    text: row.modelData.project + (row.modelData.package !== "" ? " · " + row.modelData.package : "")
                }
                Chip {
                    objectName: "sealedBidLeft" + row.index
                    visible: row.isTimed
                    kind: row.kind
                    text: row.isDue ? qsTr("Open now") : root.countdown(row.remaining)
                }
            }
            Label {
                Layout.fillWidth: true
                role: Label.Small
                soft: true
                text: row.modelData.number + " · " + row.modelData.file
                    + (row.isTimed ? "\n" + qsTr("Opening %1").arg(Qt.formatDateTime(row.modelData.openingAt, "yyyy-MM-dd HH:mm")) : "")
                    + "\n" + qsTr("Who can open it: %1").arg(Array.from(row.modelData.recipients).join(qsTr(", ")))
            }
            Label {
                objectName: "sealedBidLight" + row.index
                Layout.fillWidth: true
                role: Label.Small
                color: row.kind === Banner.Danger ? Theme.colour.danger : row.kind === Banner.Warn ? Theme.colour.warn : Theme.colour.good
                text: root.light(row.modelData.cause)
            }
            ProblemBanner {
                objectName: "sealedBidKept" + row.index
                Layout.fillWidth: true
                code: row.modelData.id === root.model.kept ? root.model.keptWhy : 0
            }
            // Beside each other where the window has room for them, else below each other.
            Flow {
                id: acts
                Layout.fillWidth: true
                spacing: Theme.space.small

                Button {
                    objectName: "sealedBidOpen" + row.index
                    width: Math.min(implicitWidth, acts.width)
                    visible: row.isDue && row.modelData.cause !== BidListModel.KeyMissing
                    symbol: "open"
                    text: qsTr("Open now")
                    onClicked: root.openAsked()
                }
                Label {
                    width: acts.width
                    visible: row.asked
                    role: Label.Small
                    text: qsTr("Nobody will be reminded of it any more.")
                }
                Button {
                    objectName: "sealedBidKeep" + row.index
                    width: Math.min(implicitWidth, acts.width)
                    visible: row.asked
                    kind: Button.Quiet
                    text: qsTr("Keep it")
                    onClicked: row.asked = false
                }
                Button {
                    objectName: "sealedBidWithdraw" + row.index
                    width: Math.min(implicitWidth, acts.width)
                    visible: row.modelData.own
                    kind: Button.Quiet
                    text: row.asked ? qsTr("Withdraw it") : qsTr("Not wanted any more")
                    onClicked: {
                        if (row.asked)
                            root.model.withdraw(row.modelData.id);
                        else
                            row.asked = true;
                    }
                }
            }
        }
    }
}
