pragma ComponentBehavior: Bound

import QtQuick
import Hufu.Controls
import Hufu.PhoneModels

// For whom the act under way is, in its colour, where the phone acts for several. The page that is approved says it itself.
Rectangle {
    id: root

    required property Screens screens
    readonly property bool isOfAct: {
        switch (root.screens.page) {
        case Screens.Factor:
        case Screens.Identity:
        case Screens.PinPad:
        case Screens.PinChoose:
        case Screens.PinRepeat:
        case Screens.Working:
        case Screens.Result: return true;
        default: return false;
        }
    }

    visible: root.isOfAct && root.screens.whomTone >= 0
    height: root.visible ? label.implicitHeight + Theme.space.small : 0
    color: root.screens.whomTone >= 0 ? Theme.tone(root.screens.whomTone) : "transparent"

    Label {
        id: label
        objectName: "whom"
        x: Theme.space.page
        anchors.verticalCenter: parent.verticalCenter
        width: root.width - 2 * x
        role: Label.Small
        strong: true
        color: Theme.colour.cardInk
        text: root.screens.whom
    }
}
