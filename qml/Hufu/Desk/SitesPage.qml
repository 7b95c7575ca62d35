pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Hufu.Controls
import Hufu.DeskModels

// Which sites may use this computer's desk, and which were refused.
PageFrame {
    id: root

    required property SiteModel model

    title: qsTr("Sites")
    backVisible: true
    onBack: root.model.close()

    Label {
        Layout.fillWidth: true
        soft: true
        text: root.model.port > 0 ? qsTr("Web pages of this computer may ask at port %1. Only those you allow are answered.").arg(root.model.port)
                                  : qsTr("No web page can reach Hufu now: its ports are taken by other programs. Restart the computer if you need it.")
    }
    Card {
        Layout.fillWidth: true

        Label {
            objectName: "sitesNone"
            visible: root.model.sites.length === 0
            Layout.fillWidth: true
            soft: true
            text: qsTr("No site has asked yet.")
        }
        Repeater {
            model: root.model.sites

            RowLayout {
                id: row
                required property siteView modelData
                required property int index
                Layout.fillWidth: true
                spacing: Theme.space.medium

                ColumnLayout {
                    Layout.fillWidth: true
                    spacing: 2

                    Label {
                        Layout.fillWidth: true
                        wrapMode: Text.WrapAnywhere
                        text: row.modelData.origin
                    }
                    Chip {
                        kind: row.modelData.allowed ? Banner.Good : Banner.Danger
                        text: row.modelData.allowed ? qsTr("Allowed") : qsTr("Refused")
                    }
                }
                IconButton {
                    objectName: "siteRemove" + row.index
                    symbol: "cross"
                    text: qsTr("Remove %1").arg(row.modelData.origin)
                    onClicked: root.model.remove(row.modelData.origin)
                }
            }
        }
    }
    Label {
        visible: root.model.sites.length > 0
        Layout.fillWidth: true
        role: Label.Small
        soft: true
        text: qsTr("A site that you remove has to ask again.")
    }
}
