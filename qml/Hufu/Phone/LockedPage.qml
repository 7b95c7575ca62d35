pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Hufu.Controls
import Hufu.PhoneModels

PageFrame {
    id: root

    required property LockedModel model
    required property EvidenceModel evidence
    readonly property bool over: root.model.secondsLeft === 0

    centred: true
    heading: standing

    Rectangle {
        Layout.alignment: Qt.AlignHCenter
        visible: !Theme.elder
        implicitWidth: Theme.px(84)
        implicitHeight: Theme.px(84)
        radius: width / 2
        color: root.over ? Theme.colour.goodSoft : Theme.colour.warnSoft

        Icon {
            anchors.centerIn: parent
            width: Theme.px(42)
            height: width
            name: root.over ? "open" : "lock"
            color: root.over ? Theme.colour.good : Theme.colour.warn
        }
    }
    Headline {
        id: standing
        objectName: "lockedTitle"
        Layout.fillWidth: true
        Accessible.role: Accessible.Heading
        Accessible.name: text
        Accessible.focusable: true
        horizontalAlignment: Text.AlignHCenter
        text: root.over ? qsTr("You can try again") : qsTr("Locked for a while")
    }
    Label {
        objectName: "lockCountdown"
        visible: !root.over
        Layout.fillWidth: true
        horizontalAlignment: Text.AlignHCenter
        role: Label.Display
        font.pixelSize: Theme.size.display * 1.3
        text: Wording.clock(root.model.secondsLeft)
    }
    Label {
        objectName: "failures"
        Layout.fillWidth: true
        horizontalAlignment: Text.AlignHCenter
        soft: true
        text: qsTr("The PIN was wrong %n time(s) in a row.", "", root.model.failures)
    }
    Label {
        objectName: "triesLeft"
        visible: root.model.triesLeft >= 0
        Layout.fillWidth: true
        horizontalAlignment: Text.AlignHCenter
        text: qsTr("%n try(ies) left before the shield freezes", "", root.model.triesLeft)
    }
    Card {
        Layout.fillWidth: true

        Label {
            objectName: "lockNext"
            visible: root.model.triesLeft === 1 || root.model.nextLock > 0
            Layout.fillWidth: true
            role: Label.Small
            strong: true
            text: root.model.triesLeft === 1 ? qsTr("One more wrong PIN freezes the shield.")
                                             : qsTr("One more wrong PIN locks it for %1.").arg(Wording.span(root.model.nextLock))
        }
        Label {
            Layout.fillWidth: true
            role: Label.Small
            text: qsTr("The server keeps the time; restarting the phone changes nothing.")
        }
        Label {
            Layout.fillWidth: true
            role: Label.Small
            text: qsTr("A right PIN sets the count back to zero.")
        }
        Label {
            Layout.fillWidth: true
            role: Label.Small
            text: qsTr("Locked for 30 minutes or more and in a hurry? Ask your administrator to approve; the server's operator checks your identity and unlocks.")
        }
    }
    EvidenceRow {
        Layout.fillWidth: true
        model: root.evidence
    }

    foot: Button {
        objectName: "lockedClose"
        Layout.fillWidth: true
        kind: root.over ? Button.Primary : Button.Plain
        text: qsTr("Go to the home page")
        onClicked: root.model.close()
    }
}
