pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Hufu.Controls
import Hufu.DeskModels

PageFrame {
    id: root

    required property OutcomeModel model

    centred: true

    Rectangle {
        Layout.alignment: Qt.AlignHCenter
        implicitWidth: 112
        implicitHeight: 112
        radius: 56
        color: Theme.colour.goodSoft

        Icon {
            anchors.centerIn: parent
            width: 60
            height: 60
            name: "check"
            color: Theme.colour.good
        }
    }
    Label {
        objectName: "outcomeTitle"
        Layout.fillWidth: true
        role: Label.Display
        horizontalAlignment: Text.AlignHCenter
        text: {
            switch (root.model.act) {
            case "enrol": return qsTr("Computer enrolled");
            case "login": return qsTr("Logged in");
            case "sign": return qsTr("Signed");
            case "decrypt": return qsTr("Opened");
            default: return "";
            }
        }
    }
    Label {
        Layout.fillWidth: true
        horizontalAlignment: Text.AlignHCenter
        soft: true
        text: {
            switch (root.model.act) {
            case "enrol": return qsTr("From now on this computer can ask your phone for signatures and open files.");
            case "login": return qsTr("The signature over the log-in was checked on this computer.");
            case "sign": return qsTr("The signature was checked on this computer before it was written.");
            case "decrypt": return qsTr("The content came sealed for this computer alone.");
            default: return "";
            }
        }
    }
    Card {
        visible: root.model.signer !== "" || root.model.file !== ""
        Layout.fillWidth: true

        Fact {
            name: qsTr("Person")
            value: root.model.signer
        }
        Fact {
            objectName: "outcomeFile"
            name: qsTr("File")
            value: root.model.file
        }
        Fact {
            name: qsTr("Signature (r, s)")
            value: root.model.detail.replace(/(.{8})(?=.)/g, "$1 ")
            fixed: true
        }
    }

    Banner {
        objectName: "outcomeRenamed"
        visible: root.model.renamed
        Layout.fillWidth: true
        title: qsTr("Saved under another name")
        text: qsTr("A file of the usual name was there already. It was left as it is.")
    }

    foot: Button {
        objectName: "outcomeDone"
        Layout.fillWidth: true
        text: qsTr("Done")
        onClicked: root.model.close()
    }
}
