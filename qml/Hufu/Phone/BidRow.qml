pragma ComponentBehavior: Bound

import QtQuick
import Hufu.Controls
import Hufu.PhoneModels

// One sealed bid in a list, with the time that is left.
ListRow {
    id: root

    required property bidView bid
    required property real now
    readonly property bool isTimed: !isNaN(root.bid.openingAt.getTime())
    readonly property real remaining: root.isTimed ? root.bid.openingAt.getTime() - root.now : 0

    symbol: root.bid.awaited ? "lock" : root.bid.state === BidsModel.Opened ? "open" : "cross"
    symbolColour: Wording.lightColour(root.bid.light)
    text: root.bid.project + (root.bid.package !== "" ? " · " + root.bid.package : "")
    detail: root.bid.file + "\n" + (root.isTimed ? qsTr("Opening %1").arg(Wording.minute(root.bid.openingAt)) : qsTr("No opening hour is known"))
        + (root.bid.rehearsalDue ? "\n" + qsTr("Test due") : "")
    condition: !root.bid.awaited ? Wording.bidState(root.bid.state) : !root.isTimed ? "" : root.remaining <= 0 ? qsTr("Open now") : Wording.countdown(root.remaining)
    conditionKind: root.bid.light === HomeModel.Red ? Banner.Danger : root.bid.light === HomeModel.Amber ? Banner.Warn : Banner.Good
}
