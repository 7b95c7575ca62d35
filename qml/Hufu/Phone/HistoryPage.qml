pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Dialogs
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
        const words = Wording.request(entry.act) + " " + entry.platform + " " + entry.summary + " " + Wording.minute(entry.at) + " "
            + Wording.result(entry.approved, entry.code);
        return words.toLowerCase().includes(root.wanted);
    }

    title: qsTr("Records")
    backVisible: true
    onBack: root.model.close()

    TextField {
        id: search
        visible: root.model.entries.length > 0
        Layout.fillWidth: true
        caption: qsTr("Search")
        placeholder: qsTr("Platform, file, act, date or HF code")
        field.objectName: "historySearch"
    }
    Choice {
        objectName: "historyFilter"
        visible: root.model.entries.length > 0 && !Theme.elder
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

    foot: Button {
        objectName: "historySave"
        visible: root.model.entries.length > 0
        Layout.fillWidth: true
        kind: Button.Plain
        symbol: "export"
        text: qsTr("Save as a table")
        onClicked: dialog.open()
    }

    FileDialog {
        id: dialog
        fileMode: FileDialog.SaveFile
        defaultSuffix: "csv"
        nameFilters: [qsTr("Table") + " (*.csv)"]
        onAccepted: root.model.save(dialog.selectedFile)
    }
}
