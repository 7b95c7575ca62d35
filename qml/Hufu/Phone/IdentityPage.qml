pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Hufu.Controls
import Hufu.PhoneModels

PageFrame {
    id: root

    required property IdentityModel model
    required property ApproveModel request // whose time runs on, where the check is part of an act
    readonly property bool ofAnAct: !root.model.smsWanted && root.request.secondsLeft > 0
    readonly property list<string> prompts: [qsTr("Good light, the whole face in the circle"), qsTr("Blink"), qsTr("Turn your head slowly to one side")]
    // In simple mode the code first, then the face.
    property bool codeGiven: false
    readonly property int failure: root.model.problem
    onFailureChanged: if (root.failure !== 0) root.codeGiven = false
    readonly property bool both: root.model.smsWanted && root.model.faceWanted
    readonly property bool asksCode: root.model.smsWanted && !(Theme.elder && root.both && root.codeGiven)
    readonly property bool codeWhole: code.text.length === 6
    readonly property bool asksFace: root.model.faceWanted && !(Theme.elder && root.both && !root.codeGiven)

    turn: Theme.elder && root.both && root.codeGiven ? 1 : 0
    turns: Theme.elder && root.both ? 2 : 1
    title: qsTr("Identity check")
    subtitle: root.ofAnAct ? Wording.request(root.request.request.act) : ""
    backVisible: true
    onBack: {
        if (Theme.elder && root.both && root.codeGiven) {
            root.model.stopCheck();
            root.codeGiven = false;
        } else {
            root.model.cancel();
        }
    }

    CountdownBar {
        objectName: "identityCountdown"
        visible: root.ofAnAct
        Layout.fillWidth: true
        secondsLeft: root.request.secondsLeft
        secondsTotal: root.request.secondsTotal
    }
    Label {
        objectName: "identityWhy"
        visible: root.ofAnAct
        Layout.fillWidth: true
        horizontalAlignment: Text.AlignHCenter
        soft: true
        text: qsTr("This act asks for your face besides your PIN: your company's policy wants it. Nothing is signed until you have typed the PIN.")
    }
    TextField {
        id: code
        visible: root.asksCode
        Layout.fillWidth: true
        large: true
        caption: qsTr("Code sent to %1").arg(root.model.number)
        field.objectName: "smsField"
        inputMethodHints: Qt.ImhDigitsOnly
        maximumLength: 6
    }
    Button {
        objectName: "resend"
        Layout.fillWidth: true
        visible: root.asksCode
        kind: Button.Quiet
        enabled: root.model.resendAfter === 0 && !root.model.busy
        text: root.model.resendAfter > 0 ? qsTr("Send again in %n second(s)", "", root.model.resendAfter) : qsTr("Send again")
        onClicked: root.model.resend()
    }
    ProblemBanner {
        id: trouble
        readonly property bool isBroken: root.model.problem === 500 || root.model.problem === 502 // nothing can be signed here yet
        Layout.fillWidth: true
        code: root.model.problem
        text: !trouble.isBroken ? trouble.problem.cause : root.model.smsWanted ? qsTr("Nothing is lost. Try once more; if the code is refused then, have a new one sent.")
                                                               : qsTr("Nothing is lost, and nothing was signed. Start the check once more.")
    }
    ColumnLayout {
        visible: root.asksFace
        Layout.fillWidth: true
        spacing: Theme.space.large

        Rectangle {
            Layout.alignment: Qt.AlignHCenter
            implicitWidth: Theme.elder ? 120 : 168
            implicitHeight: implicitWidth
            radius: width / 2
            color: Theme.colour.sunken
            border.width: 3
            border.color: root.model.busy ? Theme.colour.bronze : Theme.colour.brand

            Icon {
                anchors.centerIn: parent
                width: parent.width * 0.55
                height: width
                name: "face"
                color: Theme.colour.brand
            }
        }
        Label {
            Layout.fillWidth: true
            role: Label.Heading
            horizontalAlignment: Text.AlignHCenter
            objectName: "identityPrompt"
            text: root.model.step > 0 ? root.prompts[root.model.step - 1] : root.model.busy ? qsTr("Checking…") : root.asksCode && !root.codeWhole ? qsTr("First the code from the SMS") : qsTr("Look into the camera")
            Accessible.role: root.model.step > 0 ? Accessible.AlertMessage : Accessible.StaticText
            Accessible.name: text
        }
        // What the service will ask for, one after the other.
        Repeater {
            model: root.prompts

            RowLayout {
                id: prompt
                required property int index
                required property string modelData
                readonly property bool now: root.model.step === prompt.index + 1
                readonly property bool done: root.model.step > prompt.index + 1 || root.model.busy && root.model.step === 0
                Layout.fillWidth: true
                spacing: Theme.space.medium

                Rectangle {
                    Layout.alignment: Qt.AlignTop
                    implicitWidth: Theme.px(24)
                    implicitHeight: implicitWidth
                    radius: width / 2
                    color: prompt.now ? Theme.colour.brand : Theme.colour.brandSoft

                    Label {
                        anchors.centerIn: parent
                        visible: !prompt.done
                        role: Label.Tiny
                        strong: true
                        color: prompt.now ? Theme.colour.brandInk : Theme.colour.brand
                        text: prompt.index + 1
                    }
                    Icon {
                        anchors.centerIn: parent
                        visible: prompt.done
                        width: Theme.px(14)
                        height: width
                        name: "check"
                        color: Theme.colour.brand
                    }
                }
                Label {
                    Layout.fillWidth: true
                    strong: prompt.now
                    text: prompt.modelData
                }
            }
        }
        Choice {
            objectName: "identityService"
            Layout.fillWidth: true
            caption: qsTr("Checked by")
            options: [qsTr("Alipay"), qsTr("Tencent Cloud"), qsTr("Hufu Face")]
            current: root.model.service - 1
            onChosen: index => root.model.service = index + 1
        }
        Label {
            Layout.fillWidth: true
            horizontalAlignment: Text.AlignHCenter
            role: Label.Small
            soft: true
            text: qsTr("The face service compares you with your identity card. No picture stays on this phone.")
        }
    }

    foot: Button {
        id: next
        objectName: "identityNext"
        Layout.fillWidth: true
        busy: root.model.busy
        enabled: !root.model.busy && (!root.model.smsWanted || root.codeWhole)
        symbol: root.asksFace ? "face" : ""
        text: root.asksFace ? qsTr("Start the check") : qsTr("Continue")
        onClicked: {
            if (root.both && !root.asksFace) root.codeGiven = true;
            else root.model.check(code.text);
        }
    }
}
