pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Dialogs
import QtQuick.Layouts
import Hufu.Controls
import Hufu.DeskModels

// A web page, or a program of this computer, asks: may it speak with the desk at all, or which bids to open for it.
PageFrame {
    id: root

    required property SiteModel model
    readonly property bool opens: root.model.question === SiteModel.Open

    title: root.opens ? qsTr("Open encrypted files") : qsTr("A question of a site")

    Card {
        Layout.fillWidth: true

        Label {
            Layout.fillWidth: true
            role: Label.Small
            soft: true
            text: root.model.program ? qsTr("A program of this computer that calls itself") : qsTr("The web page in your browser at")
        }
        Label {
            objectName: "siteOrigin"
            Layout.fillWidth: true
            role: Label.Title
            wrapMode: Text.WrapAnywhere
            text: root.model.origin
        }
        Label {
            Layout.fillWidth: true
            text: root.opens ? qsTr("asks you to open your sealed bids.") : qsTr("would like to use this computer's Hufu.")
        }
    }
    Card {
        visible: root.opens && (root.model.project !== "" || root.model.hint !== "")
        Layout.fillWidth: true

        Fact {
            name: qsTr("Project")
            value: root.model.project
        }
        Fact {
            name: qsTr("It says")
            value: root.model.hint
        }
    }
    Card {
        visible: !root.opens
        Layout.fillWidth: true

        Repeater {
            model: [qsTr("It can see whether this computer is ready, and begin sealing or opening bids."),
                    qsTr("It sees no files: you choose them here."),
                    qsTr("It can sign nothing: each act is shown in this window and approved on your phone.")]

            RowLayout {
                id: line
                required property string modelData
                Layout.fillWidth: true
                spacing: Theme.space.medium

                Icon {
                    Layout.alignment: Qt.AlignTop
                    implicitWidth: Theme.px(22)
                    implicitHeight: Theme.px(22)
                    name: "check"
                    color: Theme.colour.good
                }
                Label {
                    Layout.fillWidth: true
                    text: line.modelData
                }
            }
        }
    }
    Banner {
        visible: !root.opens
        Layout.fillWidth: true
        kind: Banner.Warn
        text: qsTr("Allow it only if you know this address and have just opened it yourself.")
    }
    Banner {
        visible: root.opens
        Layout.fillWidth: true
        text: qsTr("The opened files stay on this computer. What you hand to the site is yours to choose there.")
    }

    foot: [
        Button {
            objectName: "siteChoose"
            visible: root.opens
            Layout.fillWidth: true
            symbol: "open"
            text: qsTr("Choose the sealed bids (.hufu)")
            onClicked: dialog.open()
        },
        ButtonPair {
            visible: !root.opens
            Layout.fillWidth: true

            Button {
                objectName: "siteRefuse"
                kind: Button.Plain
                text: qsTr("Do not allow")
                onClicked: root.model.refuse()
            }
            Button {
                objectName: "siteAllow"
                text: qsTr("Allow")
                onClicked: root.model.allow()
            }
        },
        Button {
            objectName: "siteCancel"
            visible: root.opens
            Layout.fillWidth: true
            kind: Button.Plain
            text: qsTr("Cancel")
            onClicked: root.model.refuse()
        }
    ]

    FileDialog {
        id: dialog
        fileMode: FileDialog.OpenFiles
        acceptLabel: qsTr("Choose")
        onAccepted: root.model.openFiles(dialog.selectedFiles)
    }
}
