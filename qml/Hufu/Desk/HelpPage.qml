pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Hufu.Controls
import Hufu.DeskModels
import Hufu.Shell

// Whom to ask, what to tell them, and what helps without them.
PageFrame {
    id: root

    required property SupportModel model

    function contact(kind: string): string {
        switch (kind) {
        case "person": return qsTr("In charge");
        case "group": return qsTr("Group");
        case "hours": return qsTr("Hours");
        default: return qsTr("Hotline");
        }
    }

    title: qsTr("Help")
    backVisible: true
    onBack: root.model.close()

    Card {
        Layout.fillWidth: true

        ListRow {
            objectName: "helpDiagnosis"
            symbol: "pulse"
            text: qsTr("Diagnosis")
            detail: qsTr("Finds what keeps an act from going through; report and log for support")
            onClicked: root.model.diagnose()
        }
    }
    Card {
        Layout.fillWidth: true

        Label {
            Layout.fillWidth: true
            role: Label.Heading
            text: qsTr("Whom to ask")
        }
        Repeater {
            model: root.model.contacts

            Fact {
                required property contactView modelData
                required property int index
                objectName: "helpContact" + index
                name: root.contact(modelData.kind)
                value: Language.name === "en" ? modelData.en : modelData.zh
            }
        }
        Fact {
            objectName: "helpChat"
            name: qsTr("Chat")
            value: root.model.chat
        }
        Button {
            objectName: "helpOpenChat"
            visible: root.model.chat !== ""
            Layout.fillWidth: true
            kind: Button.Plain
            symbol: "globe"
            text: qsTr("Open the chat in the browser")
            onClicked: Qt.openUrlExternally(root.model.chat)
        }
        Label {
            visible: root.model.contacts.length === 0 && root.model.chat === ""
            Layout.fillWidth: true
            text: qsTr("The server has not told yet whom to ask. Ask your company's administrator.")
        }
        Label {
            Layout.fillWidth: true
            role: Label.Small
            soft: true
            text: qsTr("Never tell anybody your PIN or an SMS code. Nobody who helps you needs them.")
        }
    }
    // What is sent is read before it is sent.
    Card {
        Layout.fillWidth: true

        Label {
            Layout.fillWidth: true
            role: Label.Heading
            text: qsTr("Send a case to support")
        }
        TextField {
            id: words
            visible: root.model.number === ""
            Layout.fillWidth: true
            caption: qsTr("What went wrong? (optional)")
            field.objectName: "caseWords"
            maximumLength: 200
            text: root.model.words
            onTextChanged: root.model.words = words.text
        }
        Label {
            objectName: "caseFacts"
            visible: root.model.number === ""
            Layout.fillWidth: true
            role: Label.Small
            soft: true
            text: qsTr("Sent with it, besides the last error codes: %1").arg(root.model.facts)
        }
        Label {
            visible: root.model.number === ""
            Layout.fillWidth: true
            role: Label.Small
            soft: true
            text: qsTr("No name, number, file or key.")
        }
        ProblemBanner {
            Layout.fillWidth: true
            code: root.model.problem
        }
        Button {
            objectName: "caseSend"
            visible: root.model.number === ""
            Layout.fillWidth: true
            kind: Button.Plain
            symbol: "message"
            busy: root.model.busy
            enabled: !root.model.busy
            text: qsTr("Send")
            onClicked: root.model.send(words.text, Language.name)
        }
        Banner {
            visible: root.model.number !== ""
            Layout.fillWidth: true
            kind: Banner.Good
            title: qsTr("Sent")
            text: qsTr("Name this number when you call:")
        }
        Label {
            objectName: "caseNumber"
            visible: root.model.number !== ""
            Layout.alignment: Qt.AlignHCenter
            role: Label.Title
            text: root.model.number
        }
    }
}
