pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Hufu.Controls
import Hufu.PhoneModels

// The certificate as a card: who, for which company, until when.
Rectangle {
    id: root

    required property certificateView card
    property bool revoked: false
    // All of it in one, for who hears it.
    readonly property string said: Array.from([root.purpose, root.card.person, root.card.company, root.card.creditCode, root.days, root.term]).filter(part => part !== "").join(", ")
    readonly property string purpose: Wording.purpose(root.card, root.revoked)
    readonly property string days: root.revoked ? qsTr("Revoked") : Wording.daysLeft(root.card.daysLeft)
    readonly property string term: qsTr("Valid %1 to %2").arg(Wording.day(root.card.validFrom)).arg(Wording.day(root.card.validTo))

    implicitHeight: column.implicitHeight + 2 * Theme.space.page
    clip: true
    radius: Theme.radius + 4
    gradient: Gradient {
        GradientStop {
            position: 0
            color: Theme.tone(root.card.tone)
        }
        GradientStop {
            position: 1
            color: Theme.toneBottom(root.card.tone)
        }
    }
    Accessible.role: Accessible.StaticText
    Accessible.name: root.said

    Icon {
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        anchors.rightMargin: -14
        anchors.bottomMargin: -18
        width: 130
        height: 130
        opacity: 0.12
        name: "shield"
        color: Theme.colour.cardInk
    }
    component Days: Rectangle {
        implicitWidth: days.implicitWidth + 16
        implicitHeight: days.implicitHeight + 8
        radius: height / 2
        color: Theme.colour.cardInk

        Label {
            id: days
            anchors.centerIn: parent
            role: Label.Tiny
            strong: true
            wrapMode: Text.NoWrap
            color: Theme.toneBottom(root.card.tone)
            text: root.days
            Accessible.ignored: true // the card says it
        }
    }

    ColumnLayout {
        id: column
        x: Theme.space.page
        y: Theme.space.page
        width: root.width - 2 * Theme.space.page
        spacing: Theme.space.hair

        RowLayout {
            Layout.fillWidth: true

            Label {
                objectName: "cardKind"
                Layout.fillWidth: true
                role: Label.Small
                color: Theme.colour.cardInkSoft
                text: qsTr("Staff certificate · %1").arg(root.card.signAlgorithm)
                Accessible.ignored: true
            }
            Days {
                visible: !Theme.stacked
            }
        }
        Days {
            visible: Theme.stacked
        }
        Headline {
            objectName: "cardPerson"
            Layout.topMargin: Theme.space.medium
            Layout.fillWidth: true
            role: Label.Display
            color: Theme.colour.cardInk
            text: root.card.person
            Accessible.ignored: true
        }
        Label {
            objectName: "cardCompany"
            Layout.fillWidth: true
            color: Theme.colour.cardInk
            text: root.card.company
            Accessible.ignored: true
        }
        Label {
            Layout.fillWidth: true
            visible: root.card.creditCode !== ""
            role: Label.Small
            color: Theme.colour.cardInkSoft
            text: root.card.creditCode
            Accessible.ignored: true
        }
        Label {
            objectName: "cardPurpose"
            Layout.topMargin: Theme.space.medium
            Layout.fillWidth: true
            role: Label.Small
            color: Theme.colour.cardInk
            text: root.purpose
            Accessible.ignored: true
        }
        Label {
            Layout.fillWidth: true
            role: Label.Small
            color: Theme.colour.cardInkSoft
            text: root.term
            Accessible.ignored: true
        }
    }
}
