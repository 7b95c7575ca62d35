pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Hufu.Controls
import Hufu.PhoneModels

// The companies and certificates on this phone. The one that is chosen is shown at home and answers first when a code is scanned.
PageFrame {
    id: root

    required property ShieldsModel model

    title: qsTr("Phone shields")
    backVisible: true
    onBack: root.model.close()

    Label {
        Layout.fillWidth: true
        soft: true
        text: qsTr("Choose whom you act for. A computer that is enrolled for one of them finds it by itself when you scan.")
    }
    Repeater {
        model: root.model.shields

        Card {
            id: entry
            required property shieldView modelData
            Layout.fillWidth: true
            border.width: entry.modelData.current ? 2 : 1
            border.color: entry.modelData.current ? Theme.colour.brand : Theme.colour.line

            ShieldRow {
                objectName: "shield" + entry.modelData.index
                shield: entry.modelData
                arrow: false
                onClicked: root.model.choose(entry.modelData.index)
            }
            Button {
                objectName: "shieldMore" + entry.modelData.index
                Layout.fillWidth: true
                kind: Button.Quiet
                symbol: "gear"
                text: qsTr("Name, colour, remove")
                Accessible.description: entry.modelData.name !== "" ? entry.modelData.name : entry.modelData.company
                onClicked: root.model.open(entry.modelData)
            }
        }
    }
    Label {
        Layout.fillWidth: true
        role: Label.Small
        soft: true
        text: qsTr("Each has its own keys and its own PIN.")
    }

    foot: Button {
        objectName: "shieldAdd"
        Layout.fillWidth: true
        kind: Button.Plain
        symbol: "company"
        enabled: !root.model.full
        text: root.model.full ? qsTr("No more fit on this phone") : qsTr("Activate another")
        onClicked: root.model.add()
    }
}
