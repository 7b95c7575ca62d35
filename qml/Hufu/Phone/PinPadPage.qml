pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Hufu.Controls
import Hufu.PhoneModels

// The PIN that stands for the approval.
PageFrame {
    id: root

    required property PinModel model
    required property ApproveModel request // what the PIN approves, and how long it may take
    required property BidsModel bids
    property bool covered: false // somebody records the screen
    readonly property int waiting: Array.from(root.bids.awaited).filter(bid => bid.mine).length
    readonly property bool approves: root.model.purpose === PinModel.Approve && root.request.secondsLeft > 0

    title: qsTr("Enter your PIN")
    subtitle: root.approves ? Wording.request(root.request.request.act) : ""
    backVisible: true
    onBack: root.model.cancel()
    // What stands is read first, and the keys after it: the first digit hides it, but where that would move the keys under the finger.
    readonly property bool isRoomy: root.model.length === 0 || root.footScrolls
    readonly property bool failed: root.model.problem !== 0 && root.isRoomy
    readonly property bool guarded: root.model.triesLeft >= 0 && root.model.triesLeft <= 5 && root.waiting > 0 && root.isRoomy
    readonly property bool told: root.failed || root.guarded
    onToldChanged: if (root.told) Qt.callLater(root.toTop) // qmllint disable type
    givesKeyboard: true
    Component.onCompleted: {
        pad.forceActiveFocus();
        if (root.told) Qt.callLater(root.toTop); // qmllint disable type
    }

    RecordedBanner {
        visible: root.covered
    }
    ProblemBanner {
        objectName: "pinProblem"
        Layout.fillWidth: true
        visible: root.failed
        code: root.model.problem
        text: root.model.triesLeft >= 0 ? qsTr("%n try(ies) left before the shield freezes", "", root.model.triesLeft)
            : code === 504 ? qsTr("The PIN was not sent, and nothing was signed. Make room on the phone, then type it again.") : problem.cause
    }
    // The opening guard: a phone that freezes opens no bid.
    Banner {
        objectName: "pinBids"
        visible: root.guarded
        Layout.fillWidth: true
        kind: Banner.Warn
        title: qsTr("A frozen shield opens no bid")
        text: qsTr("%n sealed bid(s) wait for this phone. If you are not sure of the PIN, stop here and ask your administrator.", "", root.waiting)
    }
    CountdownBar {
        visible: root.approves
        Layout.fillWidth: true
        secondsLeft: root.request.secondsLeft
        secondsTotal: root.request.secondsTotal
    }
    Icon {
        Layout.alignment: Qt.AlignHCenter
        visible: !Theme.elder && !root.told
        implicitWidth: Theme.px(48)
        implicitHeight: Theme.px(48)
        name: "shield"
        color: Theme.colour.brand
    }
    Label {
        objectName: "pinSentence"
        Layout.fillWidth: true
        visible: !root.told
        horizontalAlignment: Text.AlignHCenter
        soft: true
        text: {
            switch (root.model.purpose) {
            case PinModel.Resume: return qsTr("The PIN that you chose, to finish the activation.");
            case PinModel.ChangeOld: return qsTr("The PIN that you have now.");
            case PinModel.Recover: return qsTr("With it all shares are renewed, and the copy is worth nothing.");
            case PinModel.Former: return qsTr("The PIN from before the change that was not finished.");
            default: return qsTr("With it your half of the key does its part.");
            }
        }
    }
    PinDots {
        Layout.alignment: Qt.AlignHCenter
        Layout.topMargin: Theme.space.medium
        Layout.bottomMargin: Theme.space.medium
        length: root.model.length
        least: root.model.least
    }
    Banner {
        objectName: "pinFinger"
        visible: root.model.recognition !== PinModel.NotAsked && root.model.length === 0
        Layout.fillWidth: true
        kind: Banner.Warn
        title: root.model.recognition === PinModel.SetChanged ? qsTr("Fingers or faces were changed on this phone") : qsTr("Not recognised")
        text: root.model.recognition === PinModel.SetChanged ? qsTr("The PIN that was kept for them is gone. Type it, and switch this on again under the shield's name.")
                                                             : qsTr("Try again, or type the PIN.")
    }
    Button {
        objectName: "pinUseFinger"
        visible: root.model.fingers && root.model.length === 0
        Layout.fillWidth: true
        kind: Button.Plain
        symbol: "face"
        text: qsTr("Use finger or face")
        onClicked: root.model.useFingers()
    }

    foot: PinPad {
        id: pad
        Layout.fillWidth: true
        ready: root.model.ready
        covered: root.covered
        onPressed: digit => root.model.press(digit)
        onErased: root.model.erase()
        onSubmitted: root.model.submit()
    }
}
