pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Hufu.Controls
import Hufu.DeskModels

// What this computer has asked phones for, and how each ended.
PageFrame {
    id: root

    required property HistoryModel model
    readonly property string wanted: search.text.trim().toLowerCase()
    readonly property list<var> shown: {
        let fitting = [];
        for (const record of root.model.records)
            if (root.fits(record)) fitting.push(record);
        return fitting;
    }
    property bool asked: false // whether all of it shall really go

    function fits(record: recordView): bool {
        let words = Words.act(record.act) + " " + record.person + " " + record.project + " " + Words.minute(record.at) + " "
            + Words.result(record.done, record.problem, record.failed);
        for (const item of record.items)
            words += " " + item.name + " " + item.out;
        return words.toLowerCase().includes(root.wanted);
    }
    function files(items: list<var>): string {
        if (items.length === 0) return "";
        return items.length === 1 ? items[0].name : qsTr("%1 and %n more", "", items.length - 1).arg(items[0].name);
    }

    title: qsTr("History")
    backVisible: true
    onBack: root.model.close()

    TextField {
        id: search
        visible: root.model.records.length > 0
        Layout.fillWidth: true
        caption: qsTr("Search")
        placeholder: qsTr("File, person, project, date or HF code")
        field.objectName: "historySearch"
    }
    ProblemBanner {
        Layout.fillWidth: true
        code: root.model.problem
    }
    Label {
        objectName: "historyCount"
        Layout.fillWidth: true
        role: Label.Small
        soft: true
        text: root.model.records.length === 0 ? qsTr("Nothing yet. What this computer asks phones for is listed here.")
            : root.shown.length === 0 ? qsTr("Nothing fits.") : qsTr("%n record(s)", "", root.shown.length)
    }
    Card {
        visible: root.shown.length > 0
        Layout.fillWidth: true
        spacing: Theme.space.hair

        Repeater {
            model: root.shown

            ListRow {
                required property var modelData
                required property int index
                readonly property bool whole: modelData.done && modelData.failed === 0
                objectName: "historyRow" + index
                symbol: Words.symbol(modelData.act)
                symbolColour: whole ? Theme.colour.brand : modelData.done ? Theme.colour.warn : Theme.colour.danger
                text: Words.act(modelData.act)
                detail: (modelData.items.length > 0 ? root.files(modelData.items) + "\n" : "") + Words.minute(modelData.at)
                condition: Words.result(modelData.done, modelData.problem, modelData.failed)
                conditionKind: whole ? Banner.Good : modelData.done ? Banner.Warn : Banner.Danger
                onClicked: root.model.open(modelData)
            }
        }
    }
    Label {
        Layout.fillWidth: true
        role: Label.Small
        soft: true
        text: qsTr("Kept on this computer alone, for you alone. The oldest records go first.")
    }

    foot: [
        Label {
            visible: root.asked
            Layout.fillWidth: true
            text: qsTr("Files and signatures stay where they are; only this list goes.")
        },
        Button {
            objectName: "historyClear"
            visible: root.model.records.length > 0
            Layout.fillWidth: true
            kind: root.asked ? Button.Danger : Button.Plain
            text: root.asked ? qsTr("Yes, delete the list") : qsTr("Delete the list")
            onClicked: {
                if (root.asked) root.model.clear();
                root.asked = !root.asked;
            }
        }
    ]
}
