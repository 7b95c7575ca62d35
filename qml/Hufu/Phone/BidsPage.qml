pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Hufu.Controls
import Hufu.PhoneModels

// Every sealed bid of this person, the next opening first.
PageFrame {
    id: root

    required property BidsModel model

    title: qsTr("Sealed bids")
    backVisible: true
    onBack: root.model.close()

    Label {
        objectName: "bidsCount"
        Layout.fillWidth: true
        role: Label.Small
        soft: true
        text: root.model.bids.length === 0 ? qsTr("Nothing yet. What you seal, or others for you, is listed here until its opening.")
            : qsTr("%n bid(s)", "", root.model.bids.length) + qsTr(", as the server told %1").arg(Wording.minute(root.model.fetched))
    }
    Card {
        visible: root.model.bids.length > 0
        Layout.fillWidth: true
        spacing: Theme.space.hair

        Repeater {
            model: root.model.bids

            BidRow {
                required property var modelData
                required property int index
                objectName: "bid" + index
                bid: modelData
                now: root.model.now
                onClicked: root.model.open(modelData)
            }
        }
    }
}
