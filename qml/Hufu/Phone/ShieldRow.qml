pragma ComponentBehavior: Bound

import QtQuick
import Hufu.Controls
import Hufu.PhoneModels

// One of the phone's shields in its colour: the company, the person, and what is to be looked after.
ListRow {
    id: root

    required property shieldView shield
    readonly property bool frozen: root.shield.cause === HomeModel.Frozen || root.shield.cause === HomeModel.Copied
    readonly property bool stopped: root.shield.cause !== HomeModel.Looking // its server said so when the list was shown

    symbol: "company"
    filled: true
    symbolColour: Theme.tone(root.shield.tone)
    text: root.shield.name !== "" ? root.shield.name : root.shield.company !== "" ? root.shield.company : qsTr("Not activated yet")
    detail: (root.shield.name !== "" ? root.shield.company + "\n" : "") + root.shield.person + (root.shield.bids > 0 ? "\n" + qsTr("%n sealed bid(s) wait", "", root.shield.bids) : "")
        + (root.shield.bidsLight === HomeModel.Amber || root.shield.bidsLight === HomeModel.Red ? "\n" + qsTr("Test due") : "")
    condition: root.shield.damaged ? qsTr("Damaged") : !root.shield.active ? qsTr("Not finished") : root.frozen ? qsTr("Frozen") : root.shield.former ? qsTr("Opens only") : root.shield.cause === HomeModel.CertificateRevoked ? qsTr("Revoked") : root.stopped ? qsTr("Cannot sign") : root.shield.current ? qsTr("In use") : Wording.daysLeft(root.shield.daysLeft)
    conditionKind: root.stopped ? Banner.Danger
                 : !root.shield.active || root.shield.daysLeft <= 30 ? (root.shield.active && root.shield.daysLeft <= 0 ? Banner.Danger : Banner.Warn)
                                                                     : Banner.Good
}
