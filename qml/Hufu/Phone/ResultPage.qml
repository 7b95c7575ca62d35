pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Hufu.Controls
import Hufu.PhoneModels

PageFrame {
    id: root

    required property ResultModel model
    required property EvidenceModel evidence
    readonly property bool own: Wording.isOwn(root.model.act)

    centred: true
    heading: done

    Rectangle {
        Layout.alignment: Qt.AlignHCenter
        implicitWidth: Theme.px(104)
        implicitHeight: Theme.px(104)
        radius: width / 2
        color: root.model.approved ? Theme.colour.goodSoft : Theme.colour.dangerSoft

        Icon {
            anchors.centerIn: parent
            width: Theme.px(56)
            height: width
            name: root.model.approved ? "check" : "cross"
            color: root.model.approved ? Theme.colour.good : Theme.colour.danger
        }
    }
    Headline {
        id: done
        objectName: "resultTitle"
        Accessible.role: Accessible.Heading
        Accessible.name: text
        Accessible.focusable: true
        Layout.fillWidth: true
        role: Label.Display
        horizontalAlignment: Text.AlignHCenter
        text: root.model.approved ? Wording.done(root.model.act) : root.own ? qsTr("Cancelled")
            : root.model.refusal === ResultModel.Attack ? qsTr("Refused and reported") : qsTr("Refused")
    }
    Label {
        Layout.fillWidth: true
        horizontalAlignment: Text.AlignHCenter
        soft: true
        visible: text !== ""
        text: root.model.platform
    }
    Label {
        objectName: "resultMeaning"
        Layout.fillWidth: true
        horizontalAlignment: Text.AlignHCenter
        text: {
            if (!root.model.approved) {
                if (root.own) return qsTr("Nothing was done.");
                switch (root.model.refusal) {
                case ResultModel.Attack: return qsTr("Nothing was signed. The server has recorded it as an attack: somebody else began this.");
                case ResultModel.Unheard: return qsTr("Nothing was signed. The server could not be told; the request ends by itself. If you did not start it, tell your administrator.");
                default: return qsTr("Nothing was signed. The computer has been told.");
                }
            }
            switch (root.model.act) {
            case "sign":
            case "seal": return qsTr("%n file(s) signed. The computer has the signature.", "", root.model.items);
            case "decrypt": return qsTr("%n file(s) opened for the computer alone.", "", root.model.items);
            case "encrypt": return qsTr("%n file(s) sealed. Now test whether this phone will open them in their hour.", "", root.model.items);
            case "login":
            case "confirm": return qsTr("Go on at the computer.");
            case "enrol": return qsTr("You can sign and open files from this computer now.");
            case "pinChange": return qsTr("From now on only the new PIN counts.");
            case "revoke": return qsTr("Nobody accepts it any more. If the phone goes to somebody else, take the shield off it now: Me, “Log out”.");
            case "recovery": return qsTr("All shares are new. The copy is worth nothing now.");
            case "rehearseSign": return qsTr("Phone, PIN and server work together. Nothing was signed for anybody.");
            case "rehearseDecrypt": return qsTr("Phone, PIN and server work together: what is sealed for you can be opened in its hour. Nothing of yours was opened.");
            default: return "";
            }
        }
    }
    Banner {
        objectName: "resultReported"
        visible: !root.model.approved && root.model.refusal === ResultModel.Attack
        Layout.fillWidth: true
        kind: Banner.Warn
        title: qsTr("What to do now")
        text: root.model.desk !== "" ? qsTr("Find out who uses \"%1\". If you do not know, ask your administrator to remove this computer, or to freeze the shield.").arg(root.model.desk)
                                     : qsTr("Close the web page that showed the code. If this happens again, tell your administrator.")
    }
    CareBanner {
        objectName: "resultCare"
        Layout.fillWidth: true
        care: root.model.care
    }
    Card {
        visible: root.model.digits !== ""
        Layout.fillWidth: true

        Label {
            Layout.fillWidth: true
            text: qsTr("Type these digits on the computer to finish")
        }
        Label {
            objectName: "digits"
            Layout.alignment: Qt.AlignHCenter
            role: Label.Display
            font.letterSpacing: 10
            text: root.model.digits
            Accessible.name: Wording.spelt(text)
        }
    }
    EvidenceRow {
        Layout.fillWidth: true
        model: root.evidence
    }

    foot: ColumnLayout {
        spacing: Theme.space.small

        Button {
            objectName: "resultRehearse"
            visible: root.model.approved && root.model.act === "encrypt"
            Layout.fillWidth: true
            symbol: "open"
            text: qsTr("Test now")
            onClicked: root.model.rehearse()
        }
        Button {
            objectName: "resultDone"
            Layout.fillWidth: true
            kind: root.model.approved && root.model.act === "encrypt" ? Button.Plain : Button.Primary
            text: qsTr("Done")
            onClicked: root.model.close()
        }
    }
}
