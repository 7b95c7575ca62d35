pragma ComponentBehavior: Bound

import QtQuick
import Hufu.Controls
import Hufu.PhoneModels

// One line of the history.
ListRow {
    id: root

    required property historyView entry

    symbol: root.entry.approved ? Wording.symbol(root.entry.act) : "cross"
    symbolColour: root.entry.approved ? Theme.colour.brand : Theme.colour.danger
    text: Wording.request(root.entry.act)
    detail: (root.entry.platform !== "" ? root.entry.platform + "\n" : "") + Wording.minute(root.entry.at)
    condition: Wording.isOff(root.entry.compared) ? Wording.compared(root.entry.compared) : Wording.result(root.entry.approved, root.entry.code)
    conditionKind: root.entry.approved && !Wording.isOff(root.entry.compared) ? Banner.Good : Banner.Danger
}
