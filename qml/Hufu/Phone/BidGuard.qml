pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Hufu.Controls
import Hufu.PhoneModels

// Which sealed bids would stay shut for good if a shield's keys went, and the number, or the word, that shows they were read.
ColumnLayout {
    id: root

    required property ShieldsModel model
    readonly property var alone: root.model.alone
    readonly property bool isGuarded: root.alone.length > 0
    readonly property bool isOld: !root.isGuarded && root.model.word !== ""
    readonly property string typed: number.text
    readonly property bool answered: !(root.isGuarded || root.isOld) || number.text.trim() !== ""

    visible: !root.model.shield.damaged && (root.isGuarded || root.isOld || root.model.shared.length > 0 || root.model.elsewhere.length > 0)
    spacing: Theme.space.large

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
        title: qsTr("%n sealed bid(s) are for others as well", "", root.model.shared.length)
        text: qsTr("Whether their phone shields still open nobody has asked. Ask them first.") + "\n"
            + Array.from(root.model.shared).map(bid => bid.project + ": " + Array.from(bid.recipients).join(qsTr(", "))).join("\n")
    }
    Banner {
        objectName: "removalElsewhere"
        visible: root.model.elsewhere.length > 0
        Layout.fillWidth: true
        kind: Banner.Warn
        title: qsTr("%n sealed bid(s) another phone shield on this phone opens", "", root.model.elsewhere.length)
        text: qsTr("Keep that one until the openings are over.") + "\n" + Array.from(root.model.elsewhere).map(bid => bid.project).join("\n")
    }
    Banner {
        objectName: "removalOld"
        visible: root.isOld
        Layout.fillWidth: true
        kind: Banner.Danger
        title: isNaN(root.model.listedAt.getTime()) ? qsTr("The list of sealed bids was never fetched") : qsTr("The list of sealed bids is of %1").arg(Wording.minute(root.model.listedAt))
        text: qsTr("Nobody knows what was sealed for this phone shield since. Its keys may be the only ones that open it. Connect to the server: the list is fetched by itself.")
    }
    TextField {
        id: number
        visible: root.isGuarded || root.isOld
        Layout.fillWidth: true
        caption: root.isGuarded ? qsTr("To go on all the same, type the number of the project that opens first") : qsTr("To go on all the same, type %1").arg(root.model.word)
        field.objectName: "removalNumber"
        problem: !root.model.numberWrong ? "" : root.isGuarded ? qsTr("That is not the number.") : qsTr("Type %1 as it stands above.").arg(root.model.word)
    }
}
