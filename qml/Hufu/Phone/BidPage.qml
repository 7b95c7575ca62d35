pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Hufu.Controls
import Hufu.PhoneModels

// One sealed bid: how long until its opening, whether this phone will open it, who else can.
PageFrame {
    id: root

    required property BidsModel model
    readonly property bidView bid: root.model.bid
    readonly property bool isTimed: !isNaN(root.bid.openingAt.getTime())
    readonly property real remaining: root.isTimed ? root.bid.openingAt.getTime() - root.model.now : 0
    readonly property bool isTried: !isNaN(root.model.rehearsed.getTime())

    title: root.bid.project
    backVisible: true
    onBack: root.model.close()

    Card {
        visible: root.bid.awaited && root.isTimed
        Layout.fillWidth: true
        spacing: Theme.space.hair

        Label {
            Layout.fillWidth: true
            role: Label.Small
            soft: true
            horizontalAlignment: Text.AlignHCenter
            text: root.remaining > 0 ? qsTr("Until the opening") : qsTr("Its hour has come")
        }
        Headline {
            objectName: "bidCountdown"
            Layout.fillWidth: true
            role: Label.Display
            horizontalAlignment: Text.AlignHCenter
            color: Wording.lightColour(root.bid.light)
            text: root.remaining > 0 ? Wording.countdown(root.remaining) : qsTr("Open it at the computer")
        }
    }
    Banner {
        objectName: "bidLight"
        Layout.fillWidth: true
        kind: !root.bid.awaited || !root.bid.mine ? Banner.Info : root.bid.light === HomeModel.Red ? Banner.Danger : root.bid.light === HomeModel.Amber ? Banner.Warn : Banner.Good
        title: root.bid.awaited ? Wording.bidLight(root.bid.mine, root.bid.cause) : Wording.bidState(root.bid.state)
        text: root.bid.awaited ? Wording.bidAdvice(root.bid.mine, root.bid.cause) : ""
    }
    Banner {
        objectName: "bidAlone"
        visible: root.bid.awaited && root.bid.mine && root.bid.recipients.length === 1
        Layout.fillWidth: true
        kind: Banner.Warn
        title: qsTr("Only you can open it")
        text: qsTr("Without this phone and its PIN it stays shut for good. Keep both at hand until the opening.")
    }
    Card {
        Layout.fillWidth: true

        Fact {
            name: qsTr("Project")
            value: root.bid.project
        }
        Fact {
            name: qsTr("Number")
            value: root.bid.number
        }
        Fact {
            name: qsTr("Package")
            value: root.bid.package
        }
        Fact {
            objectName: "bidOpening"
            name: qsTr("Opening")
            value: root.isTimed ? Wording.moment(root.bid.openingAt) : qsTr("No opening hour is known")
        }
        Fact {
            objectName: "bidRecipients"
            name: qsTr("Who can open it")
            value: Array.from(root.bid.recipients).join(qsTr(", "))
        }
        Fact {
            objectName: "bidReason"
            name: qsTr("Why nobody else")
            value: root.bid.soleReason
        }
        Fact {
            objectName: "bidRehearsed"
            name: qsTr("Last test on this phone")
            value: root.isTried ? Wording.moment(root.model.rehearsed) : qsTr("Never")
        }
        Fact {
            name: qsTr("File")
            value: root.bid.file + " · " + Wording.size(root.bid.size)
        }
        Fact {
            name: qsTr("Sealed")
            value: Wording.moment(root.bid.sealedAt) + (root.bid.own ? "" : " · " + qsTr("by a colleague"))
        }
    }

    foot: Button {
        objectName: "bidTest"
        visible: root.bid.awaited && root.bid.mine
        Layout.fillWidth: true
        kind: root.bid.rehearsalDue ? Button.Primary : Button.Plain
        symbol: "open"
        text: qsTr("Test now")
        onClicked: root.model.rehearse()
    }
}
