pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Hufu.Controls
import Hufu.PhoneModels

// A shield goes off this phone: what that means, which sealed bids would stay shut for good, and the number that shows they were read.
PageFrame {
    id: root

    required property ShieldsModel model
    readonly property shieldView shield: root.model.shield
    readonly property var alone: root.model.alone
    readonly property bool isGuarded: root.alone.length > 0

    title: qsTr("Take it off this phone")
    subtitle: root.shield.name !== "" ? root.shield.name : root.shield.company
    backVisible: true
    onBack: root.model.close()

    Label {
        Layout.fillWidth: true
        text: qsTr("Nobody is logged in here: between two acts nothing stays open, and each act asks for your PIN. To hand the phone on, take the shield off it.")
    }
    Label {
        Layout.fillWidth: true
        soft: true
        text: qsTr("Its keys and records are wiped from this phone and cannot be brought back. The certificate stays valid at the server until your administrator revokes it. To use it again you need a new activation code.")
    }
    Banner {
        objectName: "removalDamaged"
        visible: root.shield.damaged
        Layout.fillWidth: true
        kind: Banner.Danger
        title: qsTr("Its files cannot be read")
        text: qsTr("So nobody knows what is sealed for it. Nothing is removed; ask the support whether it can be mended.")
    }
    Banner {
        objectName: "removalAlone"
        visible: root.isGuarded
        Layout.fillWidth: true
        kind: Banner.Danger
        title: qsTr("%n sealed bid(s) would stay shut for good", "", root.alone.length)
        text: qsTr("Nobody else can open what is listed here. Wait until the openings are over.")
    }
    Repeater {
        model: root.alone

        Card {
            id: lost
            required property bidView modelData
            Layout.fillWidth: true

            Fact {
                name: qsTr("Project")
                value: lost.modelData.project
            }
            Fact {
                name: qsTr("Number")
                value: lost.modelData.number
            }
            Fact {
                name: qsTr("Opening")
                value: isNaN(lost.modelData.openingAt.getTime()) ? qsTr("No opening hour is known") : Wording.moment(lost.modelData.openingAt)
            }
        }
    }
    Banner {
        objectName: "removalShared"
        visible: root.model.shared.length > 0
        Layout.fillWidth: true
        kind: Banner.Warn
        title: qsTr("%n sealed bid(s) only others could open then", "", root.model.shared.length)
        text: Array.from(root.model.shared).map(bid => bid.project + ": " + Array.from(bid.recipients).join(qsTr(", "))).join("\n")
    }
    TextField {
        id: number
        visible: root.isGuarded
        Layout.fillWidth: true
        caption: qsTr("To go on all the same, type the number of the project that opens first")
        field.objectName: "removalNumber"
        problem: root.model.numberWrong ? qsTr("That is not the number.") : ""
    }
    ProblemBanner {
        Layout.fillWidth: true
        code: root.model.problem
    }

    foot: Button {
        objectName: "removalGo"
        Layout.fillWidth: true
        kind: Button.Danger
        enabled: !root.shield.damaged && (!root.isGuarded || number.text.trim() !== "")
        text: qsTr("Wipe it from this phone")
        onClicked: root.model.remove(number.text)
    }
}
