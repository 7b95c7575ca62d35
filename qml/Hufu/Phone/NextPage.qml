pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Hufu.Controls
import Hufu.PhoneModels

// New keys for the same person: here beside the old ones, or on a new phone, for which this one vouches by showing it a code.
PageFrame {
    id: root

    required property NextModel model
    property bool covered: false // somebody records the screen

    turn: root.model.vouched ? 0 : other.turn
    turns: root.model.vouched ? 1 : other.turns
    title: root.model.vouched ? qsTr("For the new phone") : qsTr("Renew or change the phone")
    backVisible: !root.model.vouched
    onBack: root.model.close()

    RecordedBanner {
        visible: root.covered && root.model.vouched
    }
    Banner {
        objectName: "nextBids"
        visible: root.model.bids > 0
        Layout.fillWidth: true
        kind: Banner.Warn
        title: qsTr("%n sealed bid(s) wait for these keys", "", root.model.bids)
        text: qsTr("New keys do not open them. Keep this phone, and these keys on it, until their opening is over.")
    }
    Card {
        visible: !root.model.vouched && other.reads("here")
        Layout.fillWidth: true

        Label {
            Layout.fillWidth: true
            strong: true
            text: qsTr("Renew on this phone")
        }
        Label {
            Layout.fillWidth: true
            soft: true
            text: qsTr("A new key signs from then on, for another term. The old one stays here and goes on opening what was sealed for it.")
        }
        Button {
            objectName: "nextHere"
            Layout.fillWidth: true
            symbol: "key"
            enabled: !root.model.full
            text: root.model.full ? qsTr("No more fit on this phone") : qsTr("Renew")
            onClicked: root.model.renewHere()
        }
    }
    Card {
        visible: !root.model.vouched && other.reads("elsewhere")
        Layout.fillWidth: true

        Label {
            Layout.fillWidth: true
            strong: true
            text: qsTr("Move to a new phone")
        }
        Label {
            Layout.fillWidth: true
            soft: true
            text: qsTr("This phone vouches for the new one: it shows a code that the new phone reads. Once that is active, this one only opens any more.")
        }
        Button {
            objectName: "nextElsewhere"
            Layout.fillWidth: true
            kind: Button.Plain
            symbol: "phone"
            text: qsTr("Show a code for it")
            onClicked: root.model.moveOn()
        }
    }
    Label {
        visible: !root.model.vouched && (other.reads("here") || other.reads("elsewhere"))
        Layout.fillWidth: true
        role: Label.Small
        soft: true
        text: qsTr("Either way you type the PIN and an SMS code here, and prove your identity again for the new keys.")
    }
    Card {
        visible: !root.model.vouched && other.reads("lost")
        Layout.fillWidth: true

        Label {
            Layout.fillWidth: true
            strong: true
            text: qsTr("The phone is lost, or somebody else takes over")
        }
        Label {
            Layout.fillWidth: true
            soft: true
            text: qsTr("Your administrator stops this phone, and gives you a code for a new one after the identity check, or hands your tasks over to a colleague. The console then lists the sealed bids that nobody else could open.")
        }
    }
    Rectangle {
        visible: root.model.vouched && !root.covered
        Layout.fillWidth: true
        Layout.preferredHeight: Math.min(root.width - 2 * Theme.space.page, 440)
        radius: Theme.radius
        color: Theme.colour.paper
        border.width: 1
        border.color: Theme.colour.line

        Picture {
            objectName: "nextCode"
            anchors.fill: parent
            anchors.margins: 6
            sharp: true
            image: root.model.code // qmllint disable type
            Accessible.role: Accessible.Graphic
            Accessible.name: qsTr("Code for the new phone")
        }
    }
    Label {
        visible: root.model.vouched
        Layout.fillWidth: true
        text: qsTr("On the new phone open Hufu, touch “Activate this phone”, then “Scan”, and let it read this code. It is good for seven days and for you alone; show it to nobody else.")
    }

    foot: [
        OtherWay {
            id: other
            visible: Theme.elder && !root.model.vouched
            parts: ["here", "elsewhere", "lost"]
        },
        Button {
            objectName: "nextDone"
            Layout.fillWidth: true
            visible: root.model.vouched
            text: qsTr("The new phone has read it")
            onClicked: root.model.close()
        }
    ]
}
