pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Hufu.Controls
import Hufu.PhoneModels

// Whether one is ready, the one big act, the certificate, and what was last. In simple mode the act alone.
PageFrame {
    id: root

    required property HomeModel model
    required property BidsModel bids
    required property ShieldsModel shields
    readonly property bool several: root.shields.shields.length > 1
    readonly property bool formerAlone: Array.from(root.shields.shields).every(shield => shield.current || shield.former)
    readonly property int bidsShown: Theme.elder ? 1 : 2
    readonly property int cause: root.model.readiness.cause
    // A computer is of no use to it: this has to be seen to first.
    readonly property bool stopped: {
        switch (root.cause) {
        case HomeModel.CertificateOver:
        case HomeModel.CertificateRevoked:
        case HomeModel.SeatOver:
        case HomeModel.Barred:
        case HomeModel.SignDestroyed:
        case HomeModel.Frozen:
        case HomeModel.Copied: return true;
        default: return false;
        }
    }

    title: qsTr("Hufu phone shield")

    Light {
        id: light
        objectName: "homeReadiness"
        readiness: root.model.readiness
        alarm: root.model.alarm
        Layout.fillWidth: true
        onClicked: {
            if (light.isHeldBack) return root.model.openHistory();
            switch (root.cause) {
            case HomeModel.CertificateRevoked:
            case HomeModel.SeatOver:
            case HomeModel.Barred:
            case HomeModel.TriesFew: return Explain.open(root.model.readiness.code);
            default: return root.model.openReadiness();
            }
        }
    }
    CareBanner {
        objectName: "homeCare"
        said: root.cause === HomeModel.PinWorn || root.cause === HomeModel.SignDestroyed
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

    Banner {
        objectName: "homeAlarm"
        visible: root.model.alarm
        Layout.fillWidth: true
        kind: Banner.Danger
        title: qsTr("The server's records and this phone's differ")
        text: qsTr("Something was done with your keys that this phone does not know of, or the records were changed. Look at it now.")
    }
    Button {
        objectName: "homeAlarmLook"
        visible: root.model.alarm
        Layout.fillWidth: true
        kind: Button.Danger
        symbol: "history"
        text: qsTr("Look at the records")
        onClicked: root.model.openHistory()
    }
    Banner {
        objectName: "homeUndecided"
        visible: root.model.undecided
        Layout.fillWidth: true
        kind: Banner.Warn
        title: qsTr("The last request broke off")
        text: qsTr("Nothing was signed or opened. At the computer press Cancel and begin again, then scan the new code.")
    }
    Banner {
        objectName: "homeFormer"
        visible: root.model.card.former
        Layout.fillWidth: true
        title: qsTr("These keys open only")
        text: qsTr("Choose your newer keys in the list of phone shields for everything else.")
    }
    Banner {
        objectName: "homeRenewal"
        visible: root.model.reminder > 0 && root.cause !== HomeModel.CertificateEnds // the light says it then
        Layout.fillWidth: true
        kind: Banner.Warn
        title: qsTr("The certificate ends in %n day(s)", "", root.model.card.daysLeft)
        text: Wording.renewalWithOldKeys()
    }
    Button {
        objectName: "homeRenewalRead"
        visible: root.model.reminder > 0
        Layout.fillWidth: true
        kind: Button.Plain
        text: qsTr("I have read it")
        onClicked: root.model.dismissReminder()
    }
    Button {
        objectName: "homeRenew"
        visible: root.model.reminder > 0
        Layout.fillWidth: true
        symbol: "key"
        text: qsTr("Look at the certificate")
        onClicked: root.model.openCertificate()
    }
    // The others on this phone end unseen otherwise.
    Repeater {
        model: root.shields.shields

        ColumnLayout {
            id: due
            required property shieldView modelData
            visible: due.modelData.reminder > 0
            Layout.fillWidth: true
            spacing: Theme.space.small

            Banner {
                Layout.fillWidth: true
                kind: Banner.Warn
                title: qsTr("The certificate for %1 ends in %n day(s)", "", due.modelData.daysLeft).arg(due.modelData.name !== "" ? due.modelData.name : due.modelData.company)
                text: Wording.join(qsTr("Choose it in the list of companies."), Wording.renewal(false))
            }
            Button {
                objectName: "homeOtherRead" + due.modelData.index
                Layout.fillWidth: true
                kind: Button.Plain
                text: qsTr("I have read it")
                onClicked: root.shields.readReminder(due.modelData.index, due.modelData.reminder)
            }
        }
    }
    // Whom the next approval is for, where it could be another.
    Card {
        visible: root.several
        Layout.fillWidth: true

        ListRow {
            objectName: "homeShields"
            symbol: "company"
            filled: true
            symbolColour: Theme.tone(root.model.card.tone)
            text: root.model.card.label
            detail: root.model.card.former ? qsTr("Touch to choose your newer keys")
                                           : root.formerAlone ? qsTr("Your former keys are kept: they open what was sealed for them") : qsTr("Touch to act for another company")
            readonly property bool testDue: root.shields.otherLight === HomeModel.Amber || root.shields.otherLight === HomeModel.Red
            condition: testDue ? qsTr("Test due") : root.shields.othersStopped ? qsTr("Another cannot sign") : ""
            conditionKind: root.shields.otherLight === HomeModel.Red || !testDue ? Banner.Danger : Banner.Warn
            onClicked: root.shields.openList()
        }
    }
    T.AbstractButton {
        id: scanButton
        objectName: "homeScan"
        Layout.fillWidth: true
        implicitHeight: Math.max(Theme.elder ? 220 : 128, implicitContentHeight + 2 * Theme.space.large)
        focusPolicy: Qt.StrongFocus
        text: qsTr("Scan")
        Accessible.role: Accessible.Button
        Accessible.name: scanButton.text
        Accessible.description: scanHint.text
        Keys.onReturnPressed: scanButton.clicked()
        Keys.onEnterPressed: scanButton.clicked()
        Accessible.onPressAction: if (scanButton.enabled) scanButton.clicked()
        onClicked: root.model.scan()
        background: Rectangle {
            radius: Theme.radius + 4
            color: scanButton.down ? Theme.colour.brandPressed : Theme.colour.brand

            FocusRing {
                visible: scanButton.visualFocus
                radius: parent.radius
            }
        }
        contentItem: Item {
            implicitHeight: scanRow.implicitHeight

            GridLayout {
                id: scanRow
                anchors.verticalCenter: parent.verticalCenter
                anchors.horizontalCenter: parent.horizontalCenter
                width: Math.min(implicitWidth, parent.width - 2 * Theme.space.large)
                columns: Theme.stacked ? 1 : 2
                columnSpacing: Theme.space.large
                rowSpacing: Theme.space.small

                Icon {
                    Layout.alignment: Qt.AlignHCenter
                    implicitWidth: Theme.px(54)
                    implicitHeight: Theme.px(54)
                    name: "scan"
                    color: Theme.colour.brandInk
                }
                ColumnLayout {
                    Layout.fillWidth: true
                    spacing: 0

                    Label {
                        Layout.fillWidth: true
                        role: Label.Title
                        horizontalAlignment: Theme.stacked ? Text.AlignHCenter : Text.AlignLeft
                        color: Theme.colour.brandInk
                        text: scanButton.text
                        Accessible.ignored: true // the button says it
                    }
                    Label {
                        id: scanHint
                        Layout.fillWidth: true
                        role: Label.Small
                        horizontalAlignment: Theme.stacked ? Text.AlignHCenter : Text.AlignLeft
                        color: Theme.colour.brandInk
                        text: qsTr("Log in, sign, open files")
                        Accessible.ignored: true
                    }
                }
            }
        }
    }

    Banner {
        objectName: "homeDesk"
        visible: root.model.deskMissing && !root.stopped
        Layout.fillWidth: true
        title: qsTr("Next: your computer")
        text: qsTr("Start Hufu on the computer that you work at, choose “Enrol this computer” there, and touch “Scan” here.")
    }
    Card {
        objectName: "homeBids"
        visible: root.bids.awaited.length > 0
        Layout.fillWidth: true
        spacing: Theme.space.hair

        Label {
            Layout.fillWidth: true
            role: Label.Heading
            text: qsTr("Sealed bids")
        }
        Repeater {
            model: Array.from(root.bids.awaited).slice(0, root.bidsShown)

            BidRow {
                required property var modelData
                required property int index
                objectName: "homeBid" + index
                bid: modelData
                now: root.bids.now
                onClicked: root.bids.open(modelData)
            }
        }
        Button {
            objectName: "homeAllBids"
            visible: root.bids.bids.length > root.bidsShown
            Layout.fillWidth: true // of itself it may be wider than the page
            kind: Button.Quiet
            text: qsTr("All sealed bids")
            onClicked: root.bids.openAll()
        }
    }

    T.AbstractButton {
        id: cardButton
        objectName: "homeCertificate"
        visible: !Theme.elder
        Layout.fillWidth: true
        implicitHeight: implicitContentHeight
        focusPolicy: Qt.StrongFocus
        text: qsTr("Certificate")
        Accessible.role: Accessible.Button
        Accessible.name: cardButton.text
        Accessible.description: certificateCard.said
        Keys.onReturnPressed: cardButton.clicked()
        Keys.onEnterPressed: cardButton.clicked()
        Accessible.onPressAction: if (cardButton.enabled) cardButton.clicked()
        onClicked: root.model.openCertificate()
        contentItem: CertificateCard {
            id: certificateCard
            card: root.model.card
            revoked: root.model.revoked
            Accessible.ignored: true // the button says it

            FocusRing {
                visible: cardButton.visualFocus
                radius: certificateCard.radius
                inner: Theme.colour.cardInk
            }
        }
    }

    Card {
        visible: !Theme.elder
        Layout.fillWidth: true
        spacing: Theme.space.hair

        Label {
            Layout.fillWidth: true
            role: Label.Heading
            text: qsTr("Recent")
        }
        Label {
            visible: root.model.history.length === 0
            Layout.fillWidth: true
            soft: true
            text: qsTr("Nothing yet. What you approve or refuse is listed here.")
        }
        Repeater {
            model: root.model.history

            HistoryRow {
                required property var modelData
                required property int index
                objectName: "homeRecent" + index
                entry: modelData
                onClicked: root.model.openEntry(modelData)
            }
        }
        Button {
            objectName: "homeHistory"
            visible: root.model.history.length > 0
            Layout.alignment: Qt.AlignHCenter
            kind: Button.Quiet
            text: qsTr("All records")
            onClicked: root.model.openHistory()
        }
    }

    foot: Button {
        objectName: "homeCentre"
        Layout.fillWidth: true
        kind: Button.Plain
        symbol: "person"
        text: Theme.elder ? qsTr("Everything else") : qsTr("Me: records, settings, help")
        onClicked: root.model.openCentre()
    }
}
