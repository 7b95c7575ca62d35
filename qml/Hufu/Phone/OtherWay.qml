pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Hufu.Controls

// In simple mode a page asks for one act; what else it offers is one press away, and comes round again.
Button {
    id: root

    required property list<string> parts // what the page offers, in this order
    property int at: 0
    // Of the page: whether it shows what belongs to this part. All at once unless the mode is simple.
    function reads(name: string): bool {
        return !Theme.elder || root.parts[root.part] === name;
    }
    readonly property int part: Math.min(root.at, root.parts.length - 1)
    readonly property int turn: Theme.elder ? root.part : 0 // as the page's
    readonly property int turns: Theme.elder ? root.parts.length : 1

    objectName: "otherWay"
    visible: Theme.elder && root.parts.length > 1
    Layout.fillWidth: true
    kind: Button.Quiet
    symbol: "next"
    text: qsTr("Something else (%1 of %2)").arg(root.part + 1).arg(root.parts.length)
    onClicked: root.at = (root.part + 1) % root.parts.length
}
