pragma ComponentBehavior: Bound

import QtQuick
import Hufu.Controls
import Hufu.DeskModels
import Hufu.Shell

// A sealing was cut off, and its envelopes are not where they would be: only the person knows whether they came to be and were moved.
Banner {
    id: root

    required property StatusModel model
    readonly property int shown: 6 // names

    visible: root.model.lost.length > 0
    kind: Banner.Warn
    title: Catalogue.title(root.model.lostCode, Language.name) + " (" + Catalogue.name(root.model.lostCode) + ")"
    text: qsTr("These envelopes are not in %1:").arg(root.model.lostFolder)

    Label {
        objectName: "lostNames"
        width: root.room
        role: Label.Small
        text: Array.from(root.model.lost).slice(0, root.shown).join("\n")
            + (root.model.lost.length > root.shown ? "\n" + qsTr("and %n more", "", root.model.lost.length - root.shown) : "")
    }
    Label {
        width: root.room
        role: Label.Small
        soft: true
        text: qsTr("If you have moved or uploaded them, their bids stay on the list. If they never came to be, withdraw the bids and seal the files again: the files are unchanged.")
    }
    ButtonPair {
        width: root.room

        Button {
            objectName: "lostElsewhere"
            kind: Button.Plain
            text: qsTr("They are elsewhere")
            onClicked: root.model.answerLost(false)
        }
        Button {
            objectName: "lostWithdraw"
            kind: Button.Plain
            text: qsTr("Withdraw the bids")
            onClicked: root.model.answerLost(true)
        }
    }
}
