pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Dialogs
import QtQuick.Layouts
import QtQuick.Templates as T
import Hufu.Controls
import Hufu.DeskModels
import Hufu.Shell

// Is this desk enrolled, and what can it ask the phone for.
PageFrame {
    id: root

    required property StatusModel model
    required property BidListModel bids
    signal visitAsked(page: int)

    component Act: T.AbstractButton {
        id: act
        required property string symbol
        required property string caption
        Layout.fillWidth: true
        implicitHeight: Math.max(76, implicitContentHeight + 2 * Theme.space.medium)
        enabled: root.model.enrolled
        focusPolicy: Qt.StrongFocus
        Accessible.role: Accessible.Button
        Accessible.name: act.text
        Accessible.description: act.caption
        Keys.onReturnPressed: act.clicked()
        Accessible.onPressAction: if (act.enabled) act.clicked()
        background: Rectangle {
            radius: Theme.radius
            color: act.down ? Theme.colour.sunken : Theme.colour.surface
            border.width: act.visualFocus ? 2 : 1
            border.color: act.visualFocus ? Theme.colour.bronze : Theme.colour.edge
        }
        contentItem: RowLayout {
            spacing: Theme.space.large

            Rectangle {
                Layout.leftMargin: Theme.space.large
                implicitWidth: 44
                implicitHeight: 44
                radius: Theme.radiusSmall
                color: act.enabled ? Theme.colour.brandSoft : Theme.colour.sunken

                Icon {
                    anchors.centerIn: parent
                    name: act.symbol
                    color: act.enabled ? Theme.colour.brand : Theme.colour.inkFaint
                }
            }
            ColumnLayout {
                Layout.fillWidth: true
                spacing: 0

                Label {
                    Layout.fillWidth: true
                    role: Label.Heading
                    text: act.text
                    Accessible.ignored: true // the button says it
                    color: act.enabled ? Theme.colour.ink : Theme.colour.inkFaint
                }
                Label {
                    Layout.fillWidth: true
                    role: Label.Small
                    text: act.caption
                    Accessible.ignored: true
                    color: act.enabled ? Theme.colour.inkSoft : Theme.colour.inkFaint
                }
            }
            Icon {
                Layout.rightMargin: Theme.space.large
                implicitWidth: 20
                implicitHeight: 20
                name: "next"
                color: Theme.colour.inkFaint
            }
        }
    }

    title: qsTr("Hufu desk")
    subtitle: root.model.enrolled ? root.model.deskName : qsTr("Not enrolled yet")

    Banner {
        objectName: "statusRemoved"
        visible: root.model.removed && !root.model.enrolled
        Layout.fillWidth: true
        kind: Banner.Warn
        title: qsTr("This computer was removed")
        text: qsTr("On the phone or by the company's administrator: it can ask for nothing until it is enrolled again. (%1)").arg(Catalogue.name(214))
    }
    Banner {
        objectName: "statusWaits"
        visible: root.model.waits
        Layout.fillWidth: true
        kind: Banner.Warn
        title: qsTr("This computer waits for your administrator")
        text: qsTr("Your company asks an administrator to approve each computer: in the console, on the page Computers, by the number below. Until then it can ask for nothing.")
    }
    ProblemBanner { // the rows below say more
        Layout.fillWidth: true
        code: root.model.serverStanding === StatusModel.Bad ? root.model.problem : root.model.clockStanding === StatusModel.Bad ? 505 : 0
    }
    LostEnvelopes {
        objectName: "statusLost"
        Layout.fillWidth: true
        model: root.model
    }
    Card {
        visible: !root.model.enrolled
        Layout.fillWidth: true

        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.space.large

            Image {
                source: "qrc:/qt/qml/Hufu/Controls/icons/hufu.svg"
                sourceSize.width: 56
                sourceSize.height: 56
            }
            Label {
                Layout.fillWidth: true
                text: qsTr("Enrol this computer with your phone once. Then it may ask for signatures and open files; until then it can do nothing.")
            }
        }
        TextField {
            id: name
            Layout.fillWidth: true
            caption: qsTr("Name of this computer, as you will see it on the phone")
            field.objectName: "deskName"
            maximumLength: 60
            text: root.model.deskName
        }
        Button {
            objectName: "statusEnrol"
            Layout.fillWidth: true
            symbol: "desk"
            enabled: name.text.trim() !== ""
            text: qsTr("Enrol this computer")
            onClicked: root.model.enrol(name.text)
        }
    }
    SealedBids {
        objectName: "statusBids"
        Layout.fillWidth: true
        model: root.bids
        onOpenAsked: {
            dialog.purpose = "open";
            dialog.open();
        }
    }
    HealthCard {
        Layout.fillWidth: true
        model: root.model
    }
    Act {
        objectName: "statusLogin"
        symbol: "login"
        text: qsTr("Log in")
        caption: qsTr("Prove with your phone who you are")
        onClicked: root.model.login()
    }
    Act {
        objectName: "statusSignCms"
        symbol: "pen"
        text: qsTr("Sign files")
        caption: qsTr("A signature file for each (.p7s), up to 64 at once; of a colleague's signature file: yours is added")
        onClicked: {
            dialog.purpose = "cms";
            dialog.open();
        }
    }
    Act {
        objectName: "statusSignBare"
        symbol: "key"
        text: qsTr("Plain SM2 signature")
        caption: qsTr("Over the file itself (.sig), at most 1 MiB in all")
        onClicked: {
            dialog.purpose = "bare";
            dialog.open();
        }
    }
    Act {
        objectName: "statusStamp"
        symbol: "seal"
        text: qsTr("Stamp PDFs")
        caption: qsTr("One or several, with the seals that are granted to you, also across the edges")
        onClicked: {
            dialog.purpose = "stamp";
            dialog.open();
        }
    }
    Act {
        objectName: "statusSeal"
        symbol: "lock"
        text: qsTr("Seal a bid")
        caption: qsTr("Encrypted envelopes (.hufu) for you and your colleagues")
        onClicked: {
            dialog.purpose = "seal";
            dialog.open();
        }
    }
    Act {
        objectName: "statusEncrypt"
        symbol: "lock"
        text: qsTr("Encrypt files")
        caption: qsTr("For colleagues, or for anybody by their certificate (.p7m); no bids")
        onClicked: {
            dialog.purpose = "encrypt";
            dialog.open();
        }
    }
    Act {
        objectName: "statusOpen"
        symbol: "open"
        text: qsTr("Open encrypted files")
        caption: qsTr("Bid envelopes (.hufu), other software's (.p7m) or SM2 ciphertext")
        onClicked: {
            dialog.purpose = "open";
            dialog.open();
        }
    }
    Act {
        objectName: "statusEnrolMore"
        visible: root.model.enrolled
        symbol: "desk"
        text: qsTr("Enrol this computer")
        caption: qsTr("For one more person, or anew after a renewal or with another phone")
        onClicked: root.model.enrol(root.model.deskName)
    }

    foot: RowLayout {
        Layout.fillWidth: true

        ColumnLayout {
            Layout.fillWidth: true
            spacing: 0

            Label {
                Layout.fillWidth: true
                role: Label.Tiny
                color: Theme.colour.inkFaint
                visible: root.model.enrolled
                text: qsTr("Computer's number %1").arg(root.model.deskId.replace(/(.{8})(?=.)/g, "$1 "))
            }
        }
        IconButton {
            objectName: "statusHistory"
            symbol: "history"
            colour: Theme.colour.inkSoft
            text: qsTr("History")
            onClicked: root.visitAsked(DeskScreens.History)
        }
        IconButton {
            objectName: "statusHelp"
            symbol: "help"
            colour: Theme.colour.inkSoft
            text: qsTr("Help")
            onClicked: root.visitAsked(DeskScreens.Help)
        }
        IconButton {
            objectName: "statusSettings"
            symbol: "gear"
            colour: Theme.colour.inkSoft
            text: qsTr("Settings")
            onClicked: root.visitAsked(DeskScreens.Settings)
        }
        Button {
            objectName: "switchLanguage"
            kind: Button.Quiet
            symbol: "globe"
            text: Language.name === "en" ? "中文" : "English"
            onClicked: Language.choose(Language.name === "en" ? "zh_CN" : "en")
        }
    }

    FileDialog {
        id: dialog
        property string purpose
        nameFilters: dialog.purpose === "stamp" ? [qsTr("PDF documents (*.pdf *.PDF)"), qsTr("All files (*)")] : [qsTr("All files (*)")]
        fileMode: FileDialog.OpenFiles
        acceptLabel: qsTr("Choose")
        onAccepted: {
            if (dialog.purpose === "open")
                root.model.open(dialog.selectedFiles);
            else if (dialog.purpose === "seal")
                root.model.seal(dialog.selectedFiles);
            else if (dialog.purpose === "encrypt")
                root.model.encrypt(dialog.selectedFiles);
            else if (dialog.purpose === "stamp")
                root.model.stamp(dialog.selectedFiles);
            else
                root.model.sign(dialog.selectedFiles, dialog.purpose === "bare");
        }
    }
}
