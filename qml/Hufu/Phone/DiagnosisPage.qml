pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Hufu.Controls
import Hufu.PhoneModels
import Hufu.Shell

// The self-test line by line, and the report for support.
PageFrame {
    id: root

    required property DiagnosisModel model

    function name(kind: int): string {
        switch (kind) {
        case DiagnosisModel.Name: return qsTr("The server's name");
        case DiagnosisModel.ServerVersion: return qsTr("The server's version");
        case DiagnosisModel.Network: return qsTr("Connection to the server");
        case DiagnosisModel.Pin: return qsTr("The server's key");
        case DiagnosisModel.Clock: return qsTr("This phone's clock");
        case DiagnosisModel.Camera: return qsTr("Camera");
        case DiagnosisModel.Version: return qsTr("This phone's versions");
        default: return qsTr("Storage");
        }
    }
    function finding(check: checkView): string {
        if (check.kind === DiagnosisModel.Version) return check.text;
        if (check.kind === DiagnosisModel.Camera) return check.value > 0 ? qsTr("Sees a picture of %1 pixels across").arg(check.value) : check.value < 0 ? qsTr("Not known") : qsTr("Shows nothing: read the code from a picture or a paste");
        if (check.state === DiagnosisModel.Running) return qsTr("Looking…");
        if (check.state === DiagnosisModel.Unknown) return qsTr("Not known");
        switch (check.kind) {
        case DiagnosisModel.Name:
            if (check.state === DiagnosisModel.Bad) return qsTr("Nobody knows it: is this phone in a network?");
            return check.numeric ? qsTr("It is a number, %1: no name has to be looked up").arg(check.text) : qsTr("Leads to %1, told after %2 ms").arg(check.text).arg(check.value);
        case DiagnosisModel.ServerVersion: return check.text;
        case DiagnosisModel.Network: return check.state === DiagnosisModel.Good ? qsTr("Answers after %1 ms").arg(check.value) : qsTr("No answer");
        case DiagnosisModel.Pin: return check.state === DiagnosisModel.Good ? qsTr("The one from the activation, over TLS 1.3") : qsTr("Another one: do not go on");
        case DiagnosisModel.Clock: return qsTr("%1 s from the server's").arg(Math.abs(check.value).toFixed(1));
        default: return qsTr("%1 free").arg(Wording.size(check.value));
        }
    }

    title: qsTr("Self-test")
    backVisible: true
    onBack: root.model.close()

    Card {
        Layout.fillWidth: true
        spacing: Theme.space.hair

        Repeater {
            model: root.model.checks

            ListRow {
                required property checkView modelData
                required property int index
                readonly property bool bad: modelData.state === DiagnosisModel.Bad
                objectName: "check" + index
                enabled: bad
                arrow: bad
                symbol: bad ? "alert" : modelData.state === DiagnosisModel.Good ? "check" : "clock"
                symbolColour: bad ? Theme.colour.danger : modelData.state === DiagnosisModel.Good ? Theme.colour.good : Theme.colour.inkSoft
                text: root.name(modelData.kind)
                detail: root.finding(modelData)
                condition: bad ? Catalogue.name(modelData.code) : ""
                conditionKind: Banner.Danger
                onClicked: Explain.open(modelData.code)
            }
        }
    }
    Card {
        Layout.fillWidth: true

        Fact {
            name: qsTr("Version")
            value: "Hufu " + Settings.version
        }
        Label {
            Layout.fillWidth: true
            role: Label.Small
            soft: true
            text: qsTr("The report for support holds this test with each of its lines, versions, your last 20 acts with time and result, how many PINs were wrong, how account, seat and tries stand at the server, and up to 400 lines of what the app did last. Names, numbers and keys are left out.")
        }
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
            objectName: "diagnosisRun"
            Layout.fillWidth: true
            busy: root.model.running
            enabled: !root.model.running
            text: qsTr("Test again")
            onClicked: root.model.run()
        },
        Button {
            objectName: "diagnosisSave"
            Layout.fillWidth: true
            kind: Button.Plain
            symbol: "export"
            text: qsTr("Save the report")
            onClicked: root.model.save()
        }
    ]
}
