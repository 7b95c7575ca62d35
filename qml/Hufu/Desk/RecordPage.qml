pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Hufu.Controls
import Hufu.DeskModels
import Hufu.Shell

// One record of the history, whole.
PageFrame {
    id: root

    required property HistoryModel model
    readonly property recordView record: root.model.record

    title: Words.act(root.record.act)
    backVisible: true
    onBack: root.model.closeRecord()

    Banner {
        objectName: "recordResult"
        Layout.fillWidth: true
        kind: !root.record.done ? Banner.Danger : root.record.failed > 0 ? Banner.Warn : Banner.Good
        title: !root.record.done && root.record.problem !== 0 ? Catalogue.title(root.record.problem, Language.name)
                                                              : Words.result(root.record.done, root.record.problem, root.record.failed)
        text: root.record.problem !== 0 ? Catalogue.cause(root.record.problem, Language.name)
            : !root.record.done ? qsTr("It was given up in this window. Nothing was signed or opened here.")
            : root.record.failed > 0 ? qsTr("%n file(s) came to nothing.", "", root.record.failed) : ""
    }
    Button {
        objectName: "recordExplain"
        visible: root.record.problem !== 0
        Layout.fillWidth: true
        kind: Button.Plain
        symbol: "help"
        text: qsTr("%1: what to do").arg(Catalogue.name(root.record.problem))
        onClicked: Explain.open(root.record.problem)
    }
    Card {
        Layout.fillWidth: true

        Fact {
            name: qsTr("When")
            value: Qt.formatDateTime(root.record.at, "yyyy-MM-dd HH:mm:ss")
        }
        Fact {
            name: qsTr("Person")
            value: root.record.person
        }
        Fact {
            name: qsTr("Project")
            value: root.record.project
        }
    }
    Card {
        visible: root.record.items.length > 0
        Layout.fillWidth: true

        Repeater {
            model: root.record.items

            RowLayout {
                id: row
                required property recordItemView modelData
                required property int index
                Layout.fillWidth: true
                spacing: Theme.space.medium

                Icon {
                    Layout.alignment: Qt.AlignTop
                    implicitWidth: Theme.px(22)
                    implicitHeight: Theme.px(22)
                    name: row.modelData.problem !== 0 ? "alert" : "file"
                    color: row.modelData.problem !== 0 ? Theme.colour.danger : Theme.colour.inkSoft
                }
                ColumnLayout {
                    Layout.fillWidth: true
                    spacing: 0

                    Label {
                        Layout.fillWidth: true
                        wrapMode: Text.WrapAnywhere
                        text: row.modelData.name
                    }
                    Label {
                        visible: row.modelData.out !== ""
                        Layout.fillWidth: true
                        role: Label.Small
                        soft: true
                        wrapMode: Text.WrapAnywhere
                        text: qsTr("became %1").arg(row.modelData.out)
                    }
                    Label {
                        objectName: "recordSender" + row.index
                        visible: row.modelData.standing !== ""
                        Layout.fillWidth: true
                        role: Label.Small
                        color: Words.isDoubtful(row.modelData.standing) ? Theme.colour.danger : Theme.colour.inkSoft
                        text: Words.sealedBy(row.modelData.standing, row.modelData.sender)
                    }
                    Label {
                        visible: row.modelData.problem !== 0
                        Layout.fillWidth: true
                        role: Label.Small
                        color: Theme.colour.danger
                        text: Catalogue.name(row.modelData.problem) + "  " + Catalogue.title(row.modelData.problem, Language.name)
                    }
                }
                IconButton {
                    objectName: "recordItemExplain" + row.index
                    visible: row.modelData.problem !== 0
                    symbol: "help"
                    text: qsTr("%1: what to do").arg(Catalogue.name(row.modelData.problem))
                    onClicked: Explain.open(row.modelData.problem)
                }
            }
        }
    }
    ResultFolder {
        Layout.fillWidth: true
        folder: root.record.folder
        address: root.record.address
    }
}
