pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Dialogs
import QtQuick.Layouts
import Hufu.Controls
import Hufu.DeskModels
import Hufu.Shell

// The self-test line by line; the report to be copied, and the log as a file, for support.
PageFrame {
    id: root

    required property DiagnosisModel model

    function name(kind: int): string {
        switch (kind) {
        case DiagnosisModel.Server: return qsTr("Connection to the server");
        case DiagnosisModel.Pin: return qsTr("The server's key");
        case DiagnosisModel.Clock: return qsTr("This computer's clock");
        case DiagnosisModel.Enrolment: return qsTr("Enrolment");
        case DiagnosisModel.Storage: return qsTr("Folder and disk");
        case DiagnosisModel.Keyring: return qsTr("Protection of this computer's key");
        default: return qsTr("Port for web pages");
        }
    }
    function finding(one: findingView): string {
        if (one.state === DiagnosisModel.Unknown) return qsTr("Not known");
        const good = one.state === DiagnosisModel.Good;
        switch (one.kind) {
        case DiagnosisModel.Server: return good ? qsTr("Answers after %1 ms").arg(one.value) : qsTr("No answer");
        case DiagnosisModel.Pin: return good ? qsTr("The pinned one") : qsTr("Another one: do not go on");
        case DiagnosisModel.Clock: return Words.clock(one.value);
        case DiagnosisModel.Enrolment: return !good ? qsTr("Not enrolled") : one.value > 0 ? qsTr("For %n person(s)", "", one.value) : qsTr("Enrolled");
        case DiagnosisModel.Storage: {
            if (one.value < 0) return good ? qsTr("Can be written") : qsTr("Cannot be written, or hardly anything is free");
            const free = (one.value / 1e9).toFixed(one.value < 1e10 ? 1 : 0);
            return good ? qsTr("Can be written, %1 GB free").arg(free) : qsTr("Cannot be written, or hardly anything is free: %1 GB").arg(free);
        }
        case DiagnosisModel.Keyring:
            if (!good) return qsTr("It does not open what it sealed, or others can read it");
            return one.value > 0 ? qsTr("In this desktop's keyring, which your log-in opens; a copy of the folder has no key")
                                 : qsTr("A file in its folder that this user alone can read; whoever copies the folder has the key");
        default: return good ? String(one.value) : qsTr("No web page can reach Hufu");
        }
    }

    title: qsTr("Diagnosis")
    backVisible: true
    onBack: root.model.close()

    Card {
        Layout.fillWidth: true
        spacing: Theme.space.hair

        Repeater {
            model: root.model.findings

            ListRow {
                required property findingView modelData
                required property int index
                readonly property bool bad: modelData.state === DiagnosisModel.Bad
                objectName: "finding" + index
                enabled: bad && modelData.code !== 0
                arrow: enabled
                symbol: bad ? "alert" : modelData.state === DiagnosisModel.Good ? "check" : "clock"
                symbolColour: bad ? Theme.colour.danger : modelData.state === DiagnosisModel.Good ? Theme.colour.good : Theme.colour.inkSoft
                text: root.name(modelData.kind)
                detail: root.finding(modelData)
                condition: bad && modelData.code !== 0 ? Catalogue.name(modelData.code) : ""
                conditionKind: Banner.Danger
                onClicked: Explain.open(modelData.code)
            }
        }
    }
    Card {
        Layout.fillWidth: true

        Label {
            Layout.fillWidth: true
            role: Label.Heading
            text: qsTr("What is copied")
        }
        Label {
            objectName: "diagnosisReport"
            Layout.fillWidth: true
            role: Label.Small
            font.family: "monospace"
            wrapMode: Text.Wrap
            text: root.model.report.trim()
        }
        Label {
            Layout.fillWidth: true
            role: Label.Small
            soft: true
            text: qsTr("The file has the log besides: what was asked of the server, when, and how it ended. Names, files, numbers and keys are in neither.")
        }
    }
    Banner {
        objectName: "diagnosisCopied"
        visible: root.model.copied
        Layout.fillWidth: true
        kind: Banner.Good
        title: qsTr("Copied")
        text: qsTr("Paste it into your message to support.")
    }
    Banner {
        objectName: "diagnosisSaved"
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

    foot: [
        Button {
            objectName: "diagnosisCopy"
            Layout.fillWidth: true
            symbol: "paste"
            text: qsTr("Copy the report")
            onClicked: root.model.copy()
        },
        Button {
            objectName: "diagnosisSave"
            Layout.fillWidth: true
            kind: Button.Plain
            symbol: "export"
            text: qsTr("Save report and log (zip)")
            onClicked: {
                // Now, and as the one that is current: Qt 6.4 takes no file for selected that is not there yet.
                dialog.currentFile = root.model.suggested();
                dialog.open();
            }
        },
        Button {
            objectName: "diagnosisRun"
            Layout.fillWidth: true
            kind: Button.Quiet
            text: qsTr("Test again")
            onClicked: root.model.run()
        }
    ]

    FileDialog {
        id: dialog
        fileMode: FileDialog.SaveFile
        defaultSuffix: "zip"
        nameFilters: ["Zip (*.zip)"]
        acceptLabel: qsTr("Save")
        onAccepted: root.model.save(dialog.selectedFile)
    }
}
