pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Hufu.Controls
import Hufu.PhoneModels

// The whole request. Refuse and approve are equally large. A desk that is not enrolled turns the page red. In simple
// mode the request is read part by part, and the last part approves.
PageFrame {
    id: root

    required property ApproveModel model
    readonly property requestView request: root.model.request
    readonly property bool red: !root.request.deskKnown && !root.own && root.request.act !== "enrol"
    // Begun on this phone by whoever holds it: then nobody else can have started it.
    readonly property bool own: root.request.flow === "phone"
    readonly property bool trial: root.own && !Wording.namesFiles(root.request.act)
    readonly property bool near: root.request.deadlineOver || (root.request.deadlineHours >= 0 && root.request.deadlineHours < 24)

    // What the person reads, in this order; several at once unless the mode is simple.
    readonly property list<string> parts: root.request.files.length > 0 ? (root.own ? ["what", "files"] : ["what", "files", "where"]) : root.own ? ["what"] : ["what", "where"]
    property int part: 0
    readonly property bool last: !Theme.elder || root.part === root.parts.length - 1
    function reads(name: string): bool {
        return !Theme.elder || root.parts[root.part] === name;
    }

    turn: Theme.elder ? root.part : 0
    turns: Theme.elder ? root.parts.length : 1
    title: Wording.request(root.request.act)
    subtitle: root.request.platformName
    ground: root.red ? Theme.colour.dangerSoft : Theme.colour.ground
    headerInk: root.red ? Theme.colour.danger : Theme.colour.ink

    // Something that is not as it always is.
    component Unusual: RowLayout {
        id: unusual
        required property string symbol
        required property string text
        required property bool holds // asked by the card around it, whose own visibility is in visible
        visible: unusual.holds
        Layout.fillWidth: true
        spacing: Theme.space.medium

        Icon {
            Layout.alignment: Qt.AlignTop
            implicitWidth: Theme.px(20)
            implicitHeight: Theme.px(20)
            name: unusual.symbol
            color: Theme.colour.warn
        }
        Label {
            Layout.fillWidth: true
            text: unusual.text
        }
    }

    CountdownBar {
        Layout.fillWidth: true
        secondsLeft: root.model.secondsLeft
        secondsTotal: root.model.secondsTotal
    }
    // Where the phone acts for several: for whom this is, in its colour.
    Rectangle {
        visible: root.request.tone >= 0
        Layout.fillWidth: true
        implicitHeight: whom.implicitHeight + 2 * Theme.space.small
        radius: Theme.radiusSmall
        color: Theme.tone(root.request.tone)

        Label {
            id: whom
            objectName: "approveWhom"
            x: Theme.space.medium
            y: Theme.space.small
            width: parent.width - 2 * x
            strong: true
            color: Theme.colour.cardInk
            text: root.request.company
        }
    }
    Banner {
        objectName: "otherShield"
        visible: root.request.otherShield && root.reads("what")
        Layout.fillWidth: true
        title: qsTr("Chosen for you")
        text: qsTr("This computer belongs to another of your certificates, so that one was taken. Its own PIN counts.")
    }
    Banner {
        objectName: "unknownDesk"
        visible: root.red && root.reads("what")
        Layout.fillWidth: true
        kind: Banner.Danger
        title: qsTr("This computer is not one of yours")
        text: qsTr("Go on only if you sit at it now and started this yourself. Somebody may have sent you this code.")
    }
    Card {
        visible: root.request.digits !== "" && root.reads("where")
        Layout.fillWidth: true
        border.color: Theme.colour.danger
        border.width: 2

        Label {
            Layout.fillWidth: true
            text: qsTr("Type these digits on the computer")
        }
        Label {
            objectName: "digits"
            Layout.alignment: Qt.AlignHCenter
            role: Label.Display
            font.letterSpacing: 10
            text: root.request.digits
            Accessible.name: Wording.spelt(text)
        }
    }
    Label {
        Layout.fillWidth: true
        visible: text !== "" && root.reads("what")
        text: Wording.meaning(root.request.act)
    }
    Card {
        objectName: "unusual"
        visible: root.reads("what") && (newDesk.holds || newPlatform.holds || severalFiles.holds || nearDeadline.holds || webPage.holds || early.holds)
        Layout.fillWidth: true
        color: Theme.colour.warnSoft
        border.color: Theme.colour.warn
        spacing: Theme.space.small

        Label {
            Layout.fillWidth: true
            strong: true
            color: Theme.colour.warn
            text: qsTr("Look twice")
        }
        Unusual {
            id: newDesk
            objectName: "unusualDesk"
            holds: root.request.act === "enrol" || root.request.deskNew
            symbol: "desk"
            text: root.request.deskNew ? qsTr("This computer's first request to this phone") : qsTr("A computer that has never asked you before")
        }
        Unusual {
            id: webPage
            objectName: "unusualPage"
            holds: root.request.flow === "page"
            symbol: "globe"
            text: qsTr("A web page showed the code, not the desktop client")
        }
        Unusual {
            id: newPlatform
            objectName: "unusualPlatform"
            holds: root.request.platformNew
            symbol: "company"
            text: qsTr("First time: this phone has approved nothing for this platform yet")
        }
        Unusual {
            id: severalFiles
            objectName: "unusualFiles"
            holds: root.request.files.length > 1
            symbol: "file"
            text: qsTr("%n files with one PIN: look at each", "", root.request.files.length)
        }
        Unusual {
            id: early
            objectName: "unusualEarly"
            holds: root.request.early
            symbol: "lock"
            text: qsTr("Its opening hour has not come: %1. Whoever opens it now reads the bid before then.").arg(Wording.minute(root.request.openingAt))
        }
        Unusual {
            id: nearDeadline
            objectName: "unusualDeadline"
            holds: root.near
            symbol: "clock"
            text: root.request.deadlineOver ? (root.request.act === "encrypt" ? qsTr("The hour of the bid opening is over") : qsTr("The deadline is over"))
                : root.request.deadlineHours < 1 ? qsTr("Less than an hour until the deadline") : qsTr("%n hour(s) until the deadline", "", root.request.deadlineHours)
        }
    }

    RequestFacts {
        visible: root.reads("what")
        Layout.fillWidth: true
        request: root.request
        near: root.near
    }

    Label {
        objectName: "approveFiles"
        visible: root.request.files.length > 0 && root.reads("files")
        Layout.fillWidth: true
        role: Label.Heading
        text: root.request.act === "confirm" ? qsTr("What you confirm")
            : root.trial ? qsTr("What is opened on trial") : qsTr("%n file(s)", "", root.request.files.length)
    }
    Repeater {
        model: root.request.files

        Card {
            id: file
            required property int index
            required property fileView modelData
            property bool included: root.model.isIncluded(file.index)
            visible: root.reads("files")
            Layout.fillWidth: true
            spacing: Theme.space.small

            RowLayout {
                objectName: "approveFileName"
                visible: !root.trial
                Layout.fillWidth: true
                spacing: Theme.space.medium

                Icon {
                    Layout.alignment: Qt.AlignTop
                    implicitWidth: Theme.px(26)
                    implicitHeight: Theme.px(26)
                    name: file.included ? "file" : "cross"
                    color: file.included ? Theme.colour.brand : Theme.colour.danger
                }
                Label {
                    Layout.fillWidth: true
                    strong: true
                    soft: !file.included
                    font.strikeout: !file.included
                    wrapMode: Text.Wrap
                    text: file.modelData.name
                }
            }
            Label {
                objectName: "approveFileSize"
                visible: text !== ""
                Layout.fillWidth: true
                role: Label.Small
                soft: true
                text: Wording.fileSize(root.request.act, file.modelData)
            }
            Repeater {
                model: file.modelData.seals

                SealUse {
                    required property sealUseView modelData
                    objectName: "approveSeal"
                    Layout.fillWidth: true
                    Layout.topMargin: Theme.space.small
                    seal: modelData
                }
            }
            Fact {
                objectName: "approveFileDigest"
                name: Wording.digest(root.request.act)
                value: Wording.grouped(file.modelData.sm3)
                fixed: true
            }
            CheckBox {
                objectName: "include" + file.index
                visible: root.request.files.length > 1
                Layout.fillWidth: true
                checked: root.model.isIncluded(file.index)
                text: qsTr("Include this file")
                Accessible.name: text + ", " + file.modelData.name
                onToggled: {
                    file.included = checked;
                    root.model.setIncluded(file.index, checked);
                }
            }
        }
    }

    Card {
        visible: root.reads("where") && (root.request.deskName !== "" || root.request.flow === "page")
        Layout.fillWidth: true

        GridLayout {
            Layout.fillWidth: true
            visible: root.request.deskName !== ""
            columns: Theme.stacked ? 2 : 3
            columnSpacing: Theme.space.medium

            Icon {
                implicitWidth: Theme.px(26)
                implicitHeight: Theme.px(26)
                name: "desk"
                color: root.red ? Theme.colour.danger : Theme.colour.brand
            }
            Label {
                Layout.fillWidth: true
                strong: true
                text: root.request.deskName
            }
            Chip {
                Layout.columnSpan: Theme.stacked ? 2 : 1
                kind: root.red ? Banner.Danger : root.request.act === "enrol" ? Banner.Warn : Banner.Good
                text: root.red ? qsTr("Unknown") : root.request.act === "enrol" ? qsTr("New") : qsTr("Enrolled")
            }
        }
        Label {
            visible: root.request.flow === "page"
            Layout.fillWidth: true
            text: qsTr("The code was shown by a web page.")
        }
        Fact {
            name: qsTr("Computer's number")
            value: Wording.grouped(root.request.deskId)
            fixed: true
        }
        Fact {
            name: qsTr("Network")
            value: root.request.network
        }
        Fact {
            name: qsTr("Started")
            value: Wording.moment(root.request.created)
        }
    }
    Label {
        Layout.fillWidth: true
        visible: root.last && (root.request.smsWanted || root.request.livenessWanted)
        role: Label.Small
        soft: true
        text: root.request.livenessWanted ? qsTr("After approving you pass a face check and enter your PIN.")
                                          : root.request.smsWanted ? qsTr("After approving you enter a code from an SMS and your PIN.") : ""
    }
    Button {
        objectName: "approveNotMine"
        visible: root.reads("where") && !root.own
        Layout.fillWidth: true
        kind: Button.Plain
        symbol: "alert"
        text: qsTr("I did not start this")
        onClicked: root.model.refuse(ApproveModel.NotMine)
    }
    Label {
        objectName: "approveNotMineMeans"
        visible: root.reads("where") && !root.own
        Layout.fillWidth: true
        horizontalAlignment: Text.AlignHCenter
        role: Label.Small
        soft: true
        text: qsTr("Nothing is signed, and the server is told that it was not you.")
    }

    foot: [
        Button {
            objectName: "approveBack"
            visible: Theme.elder && root.part > 0
            Layout.fillWidth: true
            kind: Button.Quiet
            symbol: "back"
            text: qsTr("Back")
            onClicked: root.part -= 1
        },
        ButtonPair {
            Layout.fillWidth: true

            Button {
                objectName: "approveNo"
                kind: Button.Danger
                text: root.own ? qsTr("Cancel") : qsTr("Refuse")
                onClicked: root.model.refuse(ApproveModel.Person)
            }
            Button {
                objectName: root.last ? "approveYes" : "approveNext"
                enabled: !root.last || root.request.files.length === 0 || root.model.included > 0
                text: root.last ? qsTr("Approve") : qsTr("Go on (%1 of %2)").arg(root.part + 1).arg(root.parts.length)
                onClicked: {
                    if (root.last) root.model.approve();
                    else root.part += 1;
                }
            }
        }
    ]
}
