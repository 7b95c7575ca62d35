pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Hufu.Controls
import Hufu.PhoneModels
import Hufu.Shell

// Who can help with what, and what to tell them.
PageFrame {
    id: root

    required property CentreModel model
    required property SupportModel support

    title: qsTr("Help")
    backVisible: true
    onBack: root.model.close()

    function contact(kind: string): string {
        switch (kind) {
        case "person": return qsTr("In charge");
        case "group": return qsTr("Group");
        case "hours": return qsTr("Hours");
        default: return qsTr("Hotline");
        }
    }

    component Case: ColumnLayout {
        id: part
        required property string title
        required property string text
        Layout.fillWidth: true
        spacing: 2

        Label {
            Layout.fillWidth: true
            strong: true
            text: part.title
        }
        Label {
            Layout.fillWidth: true
            role: Label.Small
            soft: true
            text: part.text
        }
    }

    Card {
        Layout.fillWidth: true
        spacing: Theme.space.hair

        ListRow {
            objectName: "supportDiagnosis"
            visible: root.model.account !== ""
            symbol: "pulse"
            text: qsTr("Run the self-test")
            detail: qsTr("Finds what keeps an approval from going through")
            onClicked: root.model.open(CentreModel.Diagnosis)
        }
        Line {
            visible: root.model.account !== ""
        }
        ListRow {
            objectName: "supportErrors"
            symbol: "list"
            text: qsTr("All error codes")
            detail: qsTr("HF-100 and so on: the cause, and what to do")
            onClicked: root.model.open(CentreModel.Errors)
        }
    }
    Card {
        Layout.fillWidth: true

        Label {
            Layout.fillWidth: true
            role: Label.Heading
            text: qsTr("Whom to ask")
        }
        Fact {
            objectName: "supportCode"
            name: qsTr("Tell them this code")
            value: root.support.code === 0 ? "" : Catalogue.name(root.support.code)
            fixed: true
        }
        Repeater {
            model: root.support.contacts

            Fact {
                required property contactView modelData
                required property int index
                objectName: "supportContact" + index
                name: root.contact(modelData.kind)
                value: Language.name === "en" ? modelData.en : modelData.zh
            }
        }
        Fact {
            objectName: "supportChat"
            name: qsTr("Chat")
            value: root.support.chat
        }
        Button {
            objectName: "supportOpenChat"
            visible: root.support.chat !== ""
            Layout.fillWidth: true
            kind: Button.Plain
            symbol: "globe"
            text: qsTr("Open the chat in the browser")
            onClicked: Qt.openUrlExternally(root.support.chat)
        }
        Label {
            objectName: "supportNobody"
            visible: root.support.contacts.length === 0 && root.support.chat === ""
            Layout.fillWidth: true
            text: qsTr("The server has not told yet whom to ask. Ask your company's administrator.")
        }
    }
    Card {
        Layout.fillWidth: true

        Label {
            Layout.fillWidth: true
            role: Label.Heading
            text: qsTr("Your company's administrator helps")
        }
        Case {
            title: qsTr("The phone is lost or stolen")
            text: qsTr("1. At once, from any other phone or computer: tell your administrator, who chooses “Suspend” beside your certificate in the console, or call the hotline that stands above, in the console and at the portal. Then nothing is signed or opened with the shield.\n2. Nobody signs without your PIN meanwhile. If somebody knows it, say so.\n3. Found again: your administrator resumes it. Otherwise the grant is ended in the console, which shows who else opens its sealed bids, and a new grant activates your next phone.")
        }
        Case {
            title: qsTr("The phone is sold or given away")
            text: qsTr("First revoke the certificate (Me, Certificate), unless you go on with it elsewhere, then take the shield off the phone (Me, “Log out”).")
        }
        Case {
            title: qsTr("The PIN is forgotten")
            text: qsTr("Nobody can read it back, and unlocking only helps who knows it. Do not guess: ask your administrator for a new grant. Its link makes new keys under a new PIN, on this phone or another. Sealed bids that only the forgotten PIN opens stay shut; who else opens each, the console's hand-over page says.")
        }
        Case {
            objectName: "supportRenewal"
            title: qsTr("The certificate ends")
            text: Wording.join(Wording.renewal(false), qsTr("The old keys stay and go on opening what is sealed for them."))
        }
        Case {
            title: qsTr("A new phone")
            text: qsTr("While this one works: Me, Certificate, “Renew or change the phone”: it shows a code for the new one. Without it your administrator grants a new certificate and sends you an activation link.")
        }
        Case {
            title: qsTr("Somebody sent you a code to scan")
            text: qsTr("Refuse it with \"I did not start this\", and tell the administrator.")
        }
    }
    // What is sent is read before it is sent.
    Card {
        visible: root.support.possible
        Layout.fillWidth: true

        Label {
            Layout.fillWidth: true
            role: Label.Heading
            text: qsTr("Send a case to support")
        }
        TextField {
            id: words
            visible: root.support.number === ""
            Layout.fillWidth: true
            caption: qsTr("What went wrong? (optional)")
            field.objectName: "caseWords"
            maximumLength: 200
        }
        Label {
            objectName: "caseFacts"
            visible: root.support.number === ""
            Layout.fillWidth: true
            role: Label.Small
            soft: true
            text: qsTr("Sent with it, besides the last error codes: %1").arg(root.support.facts)
        }
        Label {
            visible: root.support.number === ""
            Layout.fillWidth: true
            role: Label.Small
            soft: true
            text: qsTr("No name, number, file or key.")
        }
        ProblemBanner {
            Layout.fillWidth: true
            code: root.support.problem
        }
        Button {
            objectName: "caseSend"
            visible: root.support.number === ""
            Layout.fillWidth: true
            kind: Button.Plain
            symbol: "message"
            busy: root.support.busy
            enabled: !root.support.busy
            text: qsTr("Send")
            onClicked: root.support.send(words.text, Language.name)
        }
        Banner {
            visible: root.support.number !== ""
            Layout.fillWidth: true
            kind: Banner.Good
            title: qsTr("Sent")
            text: qsTr("Name this number when you call:")
        }
        Label {
            objectName: "caseNumber"
            visible: root.support.number !== ""
            Layout.alignment: Qt.AlignHCenter
            role: Label.Title
            text: root.support.number
        }
    }
    Card {
        Layout.fillWidth: true

        Label {
            Layout.fillWidth: true
            role: Label.Heading
            text: qsTr("Tell whoever helps you")
        }
        Fact {
            objectName: "supportAccount"
            name: qsTr("Account number")
            value: Wording.grouped(root.model.account)
            fixed: true
        }
        Fact {
            name: qsTr("Version")
            value: Settings.version
        }
        Label {
            Layout.fillWidth: true
            role: Label.Small
            soft: true
            text: qsTr("Never tell anybody your PIN or an SMS code. Nobody who helps you needs them.")
        }
    }
}
