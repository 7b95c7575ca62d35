pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Hufu.Controls
import Hufu.PhoneModels

// The whole request. Refuse and approve are equally large. A desk that is not enrolled turns the page red.
PageFrame {
    id: root

    required property ApproveModel model
    readonly property requestView request: root.model.request
    readonly property bool red: !root.request.deskKnown && root.request.flow !== "phone" && root.request.act !== "enrol"

    title: Wording.request(root.request.act)
    subtitle: root.request.platformName
    ground: root.red ? Theme.colour.dangerSoft : Theme.colour.ground
    headerInk: root.red ? Theme.colour.danger : Theme.colour.ink

    CountdownBar {
        Layout.fillWidth: true
        secondsLeft: root.model.secondsLeft
        secondsTotal: root.model.secondsTotal
    }
    Banner {
        objectName: "unknownDesk"
        visible: root.red
        Layout.fillWidth: true
        kind: Banner.Danger
        title: qsTr("This computer is not one of yours")
        text: qsTr("Go on only if you sit at it now and started this yourself. Somebody may have sent you this code.")
    }
    Card {
        visible: root.request.digits !== ""
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
        }
    }
    Banner {
        visible: root.model.reconnecting
        Layout.fillWidth: true
        kind: Banner.Warn
        symbol: "cloud"
        title: qsTr("The connection broke")
        text: qsTr("Reconnecting automatically. Nothing was signed.")
    }
    Label {
        Layout.fillWidth: true
        visible: text !== ""
        text: Wording.meaning(root.request.act)
    }

    Card {
        Layout.fillWidth: true

        Fact {
            name: qsTr("Platform")
            value: root.request.platformName + (root.request.platformId !== "" ? "  (" + root.request.platformId + ")" : "")
        }
        Fact {
            name: qsTr("Project")
            value: root.request.projectName + (root.request.projectId !== "" ? "  (" + root.request.projectId + ")" : "")
        }
        Fact {
            name: qsTr("Package")
            value: root.request.projectPackage
        }
        Fact {
            name: qsTr("Company")
            value: root.request.company
        }
        Fact {
            name: qsTr("Person")
            value: root.request.person
        }
        Fact {
            name: qsTr("Deadline")
            value: Wording.moment(root.request.deadline)
            valueColour: Theme.colour.bronze
        }
        Fact {
            name: qsTr("Form of the signature")
            value: root.request.form === "bare" ? qsTr("Plain signature over the file") : root.request.form === "cms" ? qsTr("CMS, detached") : ""
        }
    }

    Label {
        visible: root.request.files.length > 0
        role: Label.Heading
        text: qsTr("%n file(s)", "", root.request.files.length)
    }
    Repeater {
        model: root.request.files

        Card {
            id: file
            required property int index
            required property fileView modelData
            property bool included: true
            Layout.fillWidth: true
            spacing: Theme.space.small
            opacity: file.included ? 1 : 0.55

            RowLayout {
                Layout.fillWidth: true
                spacing: Theme.space.medium

                Icon {
                    Layout.alignment: Qt.AlignTop
                    implicitWidth: 26
                    implicitHeight: 26
                    name: "file"
                    color: Theme.colour.brand
                }
                Label {
                    Layout.fillWidth: true
                    strong: true
                    wrapMode: Text.WrapAnywhere
                    text: file.modelData.name
                }
            }
            Label {
                Layout.fillWidth: true
                role: Label.Small
                soft: true
                text: Wording.size(file.modelData.size)
                    + (file.modelData.pages > 0 ? "  ·  " + qsTr("%n page(s)", "", file.modelData.pages) : "")
            }
            Fact {
                name: "SM3"
                value: Wording.grouped(file.modelData.sm3)
                fixed: true
            }
            CheckBox {
                objectName: "include" + file.index
                visible: root.request.files.length > 1
                Layout.fillWidth: true
                checked: true
                text: qsTr("Include this file")
                onToggled: {
                    file.included = checked;
                    root.model.setIncluded(file.index, checked);
                }
            }
        }
    }

    Card {
        visible: root.request.deskName !== "" || root.request.flow === "page"
        Layout.fillWidth: true

        RowLayout {
            Layout.fillWidth: true
            visible: root.request.deskName !== ""
            spacing: Theme.space.medium

            Icon {
                implicitWidth: 26
                implicitHeight: 26
                name: "desk"
                color: root.red ? Theme.colour.danger : Theme.colour.brand
            }
            Label {
                Layout.fillWidth: true
                strong: true
                text: root.request.deskName
            }
            Chip {
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
        visible: root.request.smsWanted || root.request.livenessWanted
        role: Label.Small
        soft: true
        text: root.request.livenessWanted ? qsTr("After approving you pass a face check and enter your PIN.")
                                          : qsTr("After approving you enter a code from an SMS and your PIN.")
    }
    Button {
        objectName: "approveNotMine"
        Layout.alignment: Qt.AlignHCenter
        kind: Button.Quiet
        symbol: "alert"
        text: qsTr("I did not start this")
        onClicked: root.model.refuse(ApproveModel.NotMine)
    }

    foot: RowLayout {
        Layout.fillWidth: true
        spacing: Theme.space.medium

        Button {
            objectName: "approveNo"
            Layout.fillWidth: true
            Layout.preferredWidth: 1
            kind: Button.Danger
            text: qsTr("Refuse")
            onClicked: root.model.refuse(ApproveModel.Person)
        }
        Button {
            objectName: "approveYes"
            Layout.fillWidth: true
            Layout.preferredWidth: 1
            enabled: root.request.files.length === 0 || root.model.included > 0
            text: qsTr("Approve")
            onClicked: root.model.approve()
        }
    }
}
