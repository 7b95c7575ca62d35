pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Hufu.Controls
import Hufu.PhoneModels

// Every approval and refusal that this phone keeps, to be searched, filtered and saved.
PageFrame {
    id: root

    required property HistoryModel model
    property int which: 0 // all, approved, refused
    readonly property string wanted: search.text.trim().toLowerCase()
    readonly property list<var> shown: {
        let fitting = [];
        for (const entry of root.model.entries)
            if (root.fits(entry)) fitting.push(entry);
        return fitting;
    }

    function fits(entry: historyView): bool {
        if (root.which === 1 && !entry.approved || root.which === 2 && entry.approved) return false;
        const words = Wording.request(entry.act) + " " + entry.words + " " + Wording.minute(entry.at) + " "
            + Wording.result(entry.approved, entry.code);
        return words.toLowerCase().includes(root.wanted);
    }

    title: qsTr("Records")
    backVisible: true
    onBack: root.model.close()

    // What the server has and this phone has not.
    Banner {
        objectName: "historyForeign"
        visible: root.model.records.foreign.length > 0
        Layout.fillWidth: true
        kind: Banner.Danger
        title: qsTr("%n act(s) not from this phone", "", root.model.records.foreign.length)
        text: qsTr("The server approved them with your keys, and this phone knows nothing of them. Unless you did them on this phone before its data was set back:\n1. Have your administrator freeze this phone shield, at once.\n2. Change the PIN.\n3. Tell the support the numbers below.")
    }
    Banner {
        objectName: "historyBroken"
        visible: root.model.records.broken
        Layout.fillWidth: true
        kind: Banner.Danger
        title: qsTr("The server's records are not those of before")
        text: qsTr("They were written anew, or their end is gone. Ask the support whether a backup was restored. The records on this phone stay as they are.")
    }
    Repeater {
        model: root.model.records.foreign

        Card {
            id: foreign
            required property foreignView modelData
            required property int index
            objectName: "historyForeign" + foreign.index
            Layout.fillWidth: true

            Fact {
                name: qsTr("Act")
                value: foreign.modelData.act !== "" ? Wording.request(foreign.modelData.act) : qsTr("Not known")
            }
            Fact {
                name: qsTr("When")
                value: Wording.moment(foreign.modelData.at)
            }
            Fact {
                name: qsTr("Number")
                value: Wording.grouped(foreign.modelData.session)
                fixed: true
            }
        }
    }
    Button {
        objectName: "historyForeignRead"
        visible: root.model.records.unread
        Layout.fillWidth: true
        kind: Button.Plain
        text: qsTr("I have read it")
        onClicked: root.model.read()
    }
    TextField {
        id: search
        visible: root.model.entries.length > 0
        Layout.fillWidth: true
        caption: qsTr("Search")
        placeholder: qsTr("Platform, project, computer, file, act, date or HF code")
        field.objectName: "historySearch"
    }
    Choice {
        objectName: "historyFilter"
        visible: root.model.entries.length > 0
        Layout.fillWidth: true
        caption: qsTr("Show")
        options: [qsTr("All"), qsTr("Approved"), qsTr("Refused or failed")]
        current: root.which
        onChosen: index => root.which = index
    }
    Label {
        objectName: "historyCount"
        Layout.fillWidth: true
        role: Label.Small
        soft: true
        text: root.model.entries.length === 0 ? qsTr("Nothing yet. What you approve or refuse is listed here.")
            : root.shown.length === 0 ? qsTr("Nothing fits.") : qsTr("%n record(s)", "", root.shown.length)
    }
    Label {
        objectName: "historyKept"
        visible: root.model.entries.length > 0
        Layout.fillWidth: true
        role: Label.Small
        soft: true
        text: qsTr("This phone keeps the newest %1 acts; of older ones among them it may no longer have the list of files. Search and table cover all that it keeps. Your company's log in the console keeps all.").arg(root.model.most)
    }
    Label {
        objectName: "historyCompared"
        visible: root.model.entries.length > 0
        Layout.fillWidth: true
        role: Label.Small
        soft: true
        text: root.model.comparing ? qsTr("Being compared with the server's records …")
            : isNaN(root.model.records.comparedAt.getTime()) ? qsTr("Not compared with the server yet")
            : qsTr("Compared with the server's records: %1").arg(Wording.minute(root.model.records.comparedAt))
    }
    ProblemBanner {
        objectName: "historyComparison"
        Layout.fillWidth: true
        code: root.model.comparisonProblem
    }
    Card {
        visible: root.shown.length > 0
        Layout.fillWidth: true
        spacing: Theme.space.hair

        Repeater {
            model: root.shown

            HistoryRow {
                required property var modelData
                required property int index
                objectName: "historyRow" + index
                entry: modelData
                onClicked: root.model.open(modelData)
            }
        }
    }
    Banner {
        objectName: "historySaved"
        visible: root.model.savedAs !== ""
        Layout.fillWidth: true
        kind: Banner.Good
        title: qsTr("Saved")
        text: root.model.savedAs
    }
    ProblemBanner {
        Layout.fillWidth: true
        code: root.model.problem
    }

    foot: ButtonPair {
        visible: root.model.entries.length > 0
        Layout.fillWidth: true

        Button {
            objectName: "historyCompare"
            kind: Button.Plain
            busy: root.model.comparing
            enabled: !root.model.comparing
            text: qsTr("Compare")
            onClicked: root.model.compare()
        }
        Button {
            objectName: "historySave"
            kind: Button.Plain
            symbol: "export"
            text: qsTr("Save as a table")
            onClicked: root.model.save()
        }
    }
}
